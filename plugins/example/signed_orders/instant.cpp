#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "mapping.hpp"

namespace orderhub::signed_orders {

std::string rfc3339(std::int64_t milliseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(milliseconds)};
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss time(at - day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return text.data();
}

bool is_instant(std::string_view text) {
    constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
    constexpr std::string_view kDigits = "0123456789";
    if (text.size() <= kForm.size() || !text.ends_with('Z')) return false;
    for (std::size_t i = 0; i < kForm.size(); ++i)
        if (kForm[i] == 'd' ? !kDigits.contains(text[i]) : text[i] != kForm[i]) return false;
    const auto number = [&](std::size_t at, std::size_t digits) {
        unsigned value = 0;
        std::from_chars(text.data() + at, text.data() + at + digits, value);
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number(0, 4))),
                                           std::chrono::month(number(5, 2)),
                                           std::chrono::day(number(8, 2))};
    if (!date.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) return false;
    const std::string_view rest = text.substr(kForm.size(), text.size() - kForm.size() - 1);
    return rest.empty() || (rest.front() == '.' && rest.size() > 1 && rest.size() <= 7 &&
                            rest.find_first_not_of(kDigits, 1) == rest.npos);
}

}  // namespace orderhub::signed_orders
