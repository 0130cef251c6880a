#include "hub/http/instant.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <ctime>

namespace orderhub::http {

namespace {

constexpr std::int64_t kSecond = 1000;

std::optional<unsigned> number(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    using namespace std::chrono;
    const year_month_day date(std::chrono::year(static_cast<int>(*year)),
                              std::chrono::month(*month), std::chrono::day(*day));
    if (!date.ok()) return std::nullopt;
    return duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count();
}

/// "10:00:00[.123]Z"
std::optional<std::int64_t> parse_time(std::string_view text) {
    if (text.size() < 9 || text[2] != ':' || text[5] != ':' || text.back() != 'Z')
        return std::nullopt;
    const auto hours = number(text.substr(0, 2));
    const auto minutes = number(text.substr(3, 2));
    const auto seconds = number(text.substr(6, 2));
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59)
        return std::nullopt;
    auto time = (std::int64_t{*hours} * 3600 + *minutes * 60 + *seconds) * kSecond;
    const auto fraction = text.substr(8, text.size() - 9);
    if (fraction.empty()) return time;
    const auto digits = number(fraction.substr(1));
    if (fraction.front() != '.' || !digits || fraction.size() > 4) return std::nullopt;
    constexpr unsigned kScale[]{100, 10, 1};
    return time + *digits * kScale[fraction.size() - 2];
}

}  // namespace

std::string rfc3339(std::int64_t instant_ms) {
    const auto milliseconds = ((instant_ms % kSecond) + kSecond) % kSecond;
    const auto seconds = static_cast<std::time_t>((instant_ms - milliseconds) / kSecond);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds), milliseconds);
}

std::optional<std::int64_t> parse_instant(std::string_view text) {
    const auto day = parse_day(text.substr(0, 10));
    if (!day || text.size() <= 10) return day;
    const auto time = text[10] == 'T' ? parse_time(text.substr(11)) : std::nullopt;
    if (!time) return std::nullopt;
    return *day + *time;
}

}  // namespace orderhub::http
