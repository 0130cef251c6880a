// Instants: milliseconds since 1970 <-> the texts of RFC 3339 and of HTTP.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::sdk {

namespace detail {

/// The digits at the begin of `text`, exactly `count` of them; moves behind them.
inline std::optional<int> take_number(std::string_view& text, std::size_t count) {
    int value = 0;
    if (text.size() < count) return std::nullopt;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}
inline bool take_one_of(std::string_view& text, std::string_view characters) {
    if (text.empty() || characters.find(text.front()) == characters.npos) return false;
    text.remove_prefix(1);
    return true;
}
inline std::optional<std::int64_t> to_ms(int year, int month, int day, int hour, int minute, int second) {
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const auto at = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
    return duration_cast<milliseconds>(at.time_since_epoch()).count();
}
/// "+02:00", "-0730" or "Z" as minutes ahead of UTC; nothing else may follow.
inline std::optional<int> offset_minutes(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    const int sign = text.starts_with('-') ? -1 : 1;
    if (!take_one_of(text, "+-")) return std::nullopt;
    const auto hours = take_number(text, 2);
    take_one_of(text, ":");
    const auto minutes = take_number(text, 2);
    if (!hours || !minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
    return sign * (*hours * 60 + *minutes);
}

}  // namespace detail

/// "2026-11-23T10:00:00.000Z", as records want it.
inline std::string to_rfc3339(std::int64_t milliseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(milliseconds)};
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss time(at - day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return text.data();
}

/// "2026-11-23T11:00:00+01:00", "2026-11-23 10:00:00Z": any offset, any number of decimals (cut to milliseconds).
/// Nothing if it is no instant; a text without an offset is none, because nobody knows which hour it means.
inline std::optional<std::int64_t> from_rfc3339(std::string_view text) {
    using detail::take_number;
    using detail::take_one_of;
    const auto year = take_number(text, 4);
    if (!year || !take_one_of(text, "-")) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take_one_of(text, "-")) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || !take_one_of(text, "Tt ")) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take_one_of(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || !take_one_of(text, ":")) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second) return std::nullopt;
    int fraction = 0;
    if (take_one_of(text, ".,"))
        for (int weight = 100; !text.empty() && text.front() >= '0' && text.front() <= '9'; weight /= 10)
            fraction += weight * *take_number(text, 1);
    const auto at = detail::to_ms(*year, *month, *day, *hour, *minute, *second);
    const auto offset = detail::offset_minutes(text);
    if (!at || !offset) return std::nullopt;
    return *at + fraction - std::int64_t{*offset} * 60'000;
}

/// "Mon, 23 Nov 2026 10:00:00 GMT", as in the headers Date, Last-Modified and Retry-After. Nothing for other forms.
inline std::optional<std::int64_t> from_http_date(std::string_view text) {
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
    text.remove_prefix(5);
    const auto day = detail::take_number(text, 2);
    const std::size_t month = kMonths.find(text.substr(1, 3));
    text.remove_prefix(5);
    const auto year = detail::take_number(text, 4);
    text.remove_prefix(1);
    const auto hour = detail::take_number(text, 2);
    text.remove_prefix(1);
    const auto minute = detail::take_number(text, 2);
    text.remove_prefix(1);
    const auto second = detail::take_number(text, 2);
    if (!day || month % 3 != 0 || !year || !hour || !minute || !second) return std::nullopt;
    return detail::to_ms(*year, static_cast<int>(month / 3) + 1, *day, *hour, *minute, *second);
}

}  // namespace orderhub::sdk
