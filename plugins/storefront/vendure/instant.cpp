#include "instant.hpp"

#include <array>
#include <chrono>
#include <stdexcept>

namespace orderhub::vendure {
namespace {

[[noreturn]] void refuse() {
    throw std::invalid_argument("expected an instant like 2026-11-22T18:42:32.278Z");
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) refuse();
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') refuse();
        value = value * 10 + (c - '0');
    }
    return value;
}

void expect(std::string_view text, std::size_t at, char wanted) {
    if (at >= text.size() || text[at] != wanted) refuse();
}

int fraction_ms(std::string_view text) {
    if (text == "Z") return 0;
    if (text.size() < 3 || text.front() != '.' || text.back() != 'Z') refuse();
    int value = 0;
    for (std::size_t i = 0; i < 3; ++i)
        value = value * 10 + (i + 2 < text.size() ? digits(text, i + 1, 1) : 0);
    for (std::size_t i = 4; i + 1 < text.size(); ++i)
        digits(text, i, 1);
    return value;
}

std::string padded(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text;
}

}  // namespace

std::int64_t parse_instant(std::string_view text) {
    using namespace std::chrono;
    for (const auto& [at, wanted] : std::array<std::pair<std::size_t, char>, 5>{
             {{4, '-'}, {7, '-'}, {10, 'T'}, {13, ':'}, {16, ':'}}})
        expect(text, at, wanted);
    const year_month_day date{year{digits(text, 0, 4)},
                              month{static_cast<unsigned>(digits(text, 5, 2))},
                              day{static_cast<unsigned>(digits(text, 8, 2))}};
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) refuse();
    const milliseconds since = sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) +
                               seconds(second) + milliseconds(fraction_ms(text.substr(19)));
    return since.count();
}

std::string format_instant(std::int64_t value) {
    using namespace std::chrono;
    const sys_time<milliseconds> instant{milliseconds(value)};
    const auto midnight = floor<days>(instant);
    const year_month_day date(midnight);
    const hh_mm_ss clock(instant - midnight);
    return padded(int(date.year()), 4) + "-" + padded(unsigned(date.month()), 2) + "-" +
           padded(unsigned(date.day()), 2) + "T" + padded(clock.hours().count(), 2) + ":" +
           padded(clock.minutes().count(), 2) + ":" + padded(clock.seconds().count(), 2) + "." +
           padded(clock.subseconds().count(), 3) + "Z";
}

}  // namespace orderhub::vendure
