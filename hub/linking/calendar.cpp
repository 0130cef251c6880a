#include <array>
#include <charconv>

#include "hub/linking/dates.hpp"
#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

struct Civil {
    int year = 0;
    int month = 0;
    int day = 0;
};

// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
Civil civil(Day day) {
    const int shifted = day + 719'468;
    const int era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const int in_era = shifted - era * 146'097;
    const int year = (in_era - in_era / 1'460 + in_era / 36'524 - in_era / 146'096) / 365;
    const int in_year = in_era - (365 * year + year / 4 - year / 100);
    const int month = (5 * in_year + 2) / 153;
    const int real_month = month < 10 ? month + 3 : month - 9;
    return {year + era * 400 + (real_month <= 2 ? 1 : 0), real_month,
            in_year - (153 * month + 2) / 5 + 1};
}

bool digits_at(std::string_view text, std::size_t at, std::size_t count, int& value) {
    if (text.size() < at + count) return false;
    const char* begin = text.data() + at;
    const auto result = std::from_chars(begin, begin + count, value);
    return result.ec == std::errc{} && result.ptr == begin + count;
}

}  // namespace

Day day_of(std::int64_t ms) {
    return static_cast<Day>(ms >= 0 ? ms / kMsPerDay : (ms - kMsPerDay + 1) / kMsPerDay);
}

Day day_of(int year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int in_era = year - era * 400;
    const int in_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146'097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719'468;
}

int year_of(Day day) {
    return civil(day).year;
}

std::string date_text(Day day) {
    const Civil date = civil(day);
    const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day);
}

std::optional<std::int64_t> instant_of(std::string_view text) {
    text = trim(text);
    int year = 0, month = 0, day = 0;
    if (!digits_at(text, 0, 4, year) || !digits_at(text, 5, 2, month) ||
        !digits_at(text, 8, 2, day) || text[4] != '-' || text[7] != '-' || month < 1 ||
        month > 12 || day < 1 || day > 31)
        return std::nullopt;
    const std::int64_t midnight = day_of(year, month, day) * kMsPerDay;
    if (text.size() == 10) return midnight;
    int hour = 0, minute = 0, second = 0;
    if ((text[10] != 'T' && text[10] != ' ' && text[10] != 't') || !digits_at(text, 11, 2, hour) ||
        !digits_at(text, 14, 2, minute))
        return std::nullopt;
    std::size_t at = 16;
    if (digits_at(text, 17, 2, second)) at = 19;
    if (at < text.size() && text[at] == '.')
        while (++at < text.size() && is_digit(text[at])) {
        }
    int offset_hours = 0, offset_minutes = 0;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        if (!digits_at(text, at + 1, 2, offset_hours)) return std::nullopt;
        const std::size_t minutes_at = at + (at + 3 < text.size() && text[at + 3] == ':' ? 4 : 3);
        digits_at(text, minutes_at, 2, offset_minutes);
        const int sign = text[at] == '-' ? 1 : -1;
        minute += sign * (offset_hours * 60 + offset_minutes);
    }
    return midnight + ((hour * 60LL + minute) * 60 + second) * 1000;
}

}  // namespace orderhub::linking
