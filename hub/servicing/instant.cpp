#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "hub/servicing/codec/codec.hpp"

namespace orderhub::servicing {

namespace {

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Digits only: std::from_chars alone would take "-1" for two of them.
bool number(std::string_view text, std::size_t at, std::size_t length, int& out) {
    const auto digits = text.substr(at, length);
    if (!is_digits(digits)) return false;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return true;
}

auto refuse(std::string_view example) {
    return fail(ErrorKind::Invalid, "bad_instant",
                "an instant must look like " + std::string(example));
}

/// Milliseconds of what stands between the seconds and the "Z": nothing, or a point and digits, of
/// which the first three count. Nothing if it is something else.
std::optional<int> read_fraction(std::string_view text) {
    if (text.empty()) return 0;
    if (text.front() != '.' || !is_digits(text.substr(1))) return std::nullopt;
    std::string digits(text.substr(1, 3));
    digits.resize(3, '0');
    int milliseconds = 0;
    number(digits, 0, 3, milliseconds);
    return milliseconds;
}

/// In place, because each event and each row has several instants: printf took a fiftieth of what
/// an order costs.
void write_digits(std::string& text, std::size_t at, std::size_t length, std::int64_t value) {
    for (std::size_t i = at + length; i-- > at; value /= 10)
        text[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

std::string to_rfc3339(std::int64_t milliseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds{milliseconds}};
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss time{instant - day};
    std::string text = "0000-00-00T00:00:00.000Z";
    write_digits(text, 0, 4, static_cast<int>(date.year()));
    write_digits(text, 5, 2, static_cast<unsigned>(date.month()));
    write_digits(text, 8, 2, static_cast<unsigned>(date.day()));
    write_digits(text, 11, 2, time.hours().count());
    write_digits(text, 14, 2, time.minutes().count());
    write_digits(text, 17, 2, time.seconds().count());
    write_digits(text, 20, 3, time.subseconds().count());
    return text;
}

Result<std::int64_t> from_rfc3339(std::string_view text) {
    using namespace std::chrono;
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    const bool shape = text.size() >= 20 && text.ends_with('Z') && text[4] == '-' &&
                       text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
                       number(text, 0, 4, y) && number(text, 5, 2, mo) && number(text, 8, 2, d) &&
                       number(text, 11, 2, h) && number(text, 14, 2, mi) && number(text, 17, 2, s);
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)},
                              day{static_cast<unsigned>(d)}};
    if (!shape || !date.ok() || h > 23 || mi > 59 || s > 60) return refuse("2026-01-31T12:00:00Z");
    const auto fraction = read_fraction(text.substr(19, text.size() - 20));
    if (!fraction) return refuse("2026-01-31T12:00:00.123Z");
    const auto instant = sys_days{date} + hours{h} + minutes{mi} + seconds{s};
    return duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count() + *fraction;
}

}  // namespace orderhub::servicing
