#include "instant.hpp"

#include <array>
#include <chrono>
#include <stdexcept>

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

using std::chrono::microseconds;

struct Civil {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t fraction = 0;  ///< microseconds
};

[[noreturn]] void refuse() {
    throw std::invalid_argument("expected an instant like 2026-11-22T18:42:32Z");
}

std::int64_t instant_of(const Civil& at) {
    using namespace std::chrono;
    const year_month_day date{year{at.year}, month{at.month}, day{at.day}};
    if (!date.ok() || at.hour > 23 || at.minute > 59 || at.second > 59) refuse();
    const microseconds since = sys_days(date).time_since_epoch() + hours(at.hour) +
                               minutes(at.minute) + seconds(at.second) + microseconds(at.fraction);
    return since.count();
}

Civil civil(std::int64_t instant) {
    using namespace std::chrono;
    const sys_time<microseconds> at{microseconds(instant)};
    const auto midnight = floor<days>(at);
    const year_month_day date(midnight);
    const hh_mm_ss clock(at - midnight);
    return {int(date.year()),          unsigned(date.month()),  unsigned(date.day()),
            clock.hours().count(),     clock.minutes().count(), clock.seconds().count(),
            clock.subseconds().count()};
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') refuse();
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Of ".25Z" or "Z".
std::int64_t fraction_of(std::string_view text) {
    if (text == "Z") return 0;
    if (text.size() < 3 || text.size() > 8 || text.front() != '.' || text.back() != 'Z') refuse();
    std::string decimals(text.substr(1, text.size() - 2));
    decimals.resize(6, '0');
    return digits(decimals, 0, 6);
}

std::string padded(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text;
}

}  // namespace

std::int64_t parse_instant(std::string_view text) {
    if (text.size() < 20) refuse();
    for (const auto& [at, wanted] : std::array<std::pair<std::size_t, char>, 5>{
             {{4, '-'}, {7, '-'}, {10, 'T'}, {13, ':'}, {16, ':'}}})
        if (text[at] != wanted) refuse();
    return instant_of({digits(text, 0, 4), static_cast<unsigned>(digits(text, 5, 2)),
                       static_cast<unsigned>(digits(text, 8, 2)), digits(text, 11, 2),
                       digits(text, 14, 2), digits(text, 17, 2), fraction_of(text.substr(19))});
}

std::string format_instant(std::int64_t instant) {
    const Civil at = civil(instant);
    return padded(at.year, 4) + '-' + padded(at.month, 2) + '-' + padded(at.day, 2) + 'T' +
           padded(at.hour, 2) + ':' + padded(at.minute, 2) + ':' + padded(at.second, 2) + '.' +
           padded(at.fraction, 6) + 'Z';
}

json::object datetime(std::int64_t instant) {
    const Civil at = civil(instant);
    return {{"__class__", "datetime"}, {"year", at.year},           {"month", at.month},
            {"day", at.day},           {"hour", at.hour},           {"minute", at.minute},
            {"second", at.second},     {"microsecond", at.fraction}};
}

std::int64_t microseconds_of(const json::value& value) {
    if (value.at("__class__").as_string() != "datetime")
        throw std::invalid_argument("not a datetime");
    const auto part = [&](std::string_view key) { return value.at(key).to_number<std::int64_t>(); };
    return instant_of({static_cast<int>(part("year")), static_cast<unsigned>(part("month")),
                       static_cast<unsigned>(part("day")), part("hour"), part("minute"),
                       part("second"), part("microsecond")});
}

}  // namespace orderhub::tryton
