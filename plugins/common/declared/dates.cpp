#include "declared/dates.hpp"

#include "declared/decimal.hpp"

namespace orderhub::declared {
namespace {

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view kDirectives = "YmdHMSbz";

struct Parts {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    std::optional<int> offset;
};

bool take(std::optional<int> number, int& into) {
    if (number) into = *number;
    return number.has_value();
}

bool take_month(std::string_view& text, int& into) {
    const std::size_t at = text.size() < 3 ? kMonths.npos : kMonths.find(text.substr(0, 3));
    if (at == kMonths.npos || at % 3 != 0) return false;
    text.remove_prefix(3);
    into = static_cast<int>(at / 3) + 1;
    return true;
}

/// "+01:00", "-0730", "Z" at the begin.
bool take_offset(std::string_view& text, std::optional<int>& into) {
    const std::size_t size = text.starts_with('Z') ? 1 : text.size() > 3 && text[3] == ':' ? 6 : 5;
    into = sdk::detail::offset_minutes(text.substr(0, size));
    text.remove_prefix(std::min(size, text.size()));
    return into.has_value();
}

bool take_part(char directive, std::string_view& text, Parts& parts) {
    switch (directive) {
        case 'Y':
            return take(sdk::detail::take_number(text, 4), parts.year);
        case 'm':
            return take(sdk::detail::take_number(text, 2), parts.month);
        case 'd':
            return take(sdk::detail::take_number(text, 2), parts.day);
        case 'H':
            return take(sdk::detail::take_number(text, 2), parts.hour);
        case 'M':
            return take(sdk::detail::take_number(text, 2), parts.minute);
        case 'S':
            return take(sdk::detail::take_number(text, 2), parts.second);
        case 'b':
            return take_month(text, parts.month);
        default:
            return take_offset(text, parts.offset);
    }
}

std::optional<Parts> parts_of(std::string_view text, std::string_view form) {
    Parts parts;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == '%') {
            if (!take_part(form[++i], text, parts)) return std::nullopt;
        } else if (!sdk::detail::take_one_of(text, form.substr(i, 1))) {
            return std::nullopt;
        }
    }
    return text.empty() ? std::optional(parts) : std::nullopt;
}

std::optional<std::int64_t> from_unix(std::string_view text, int places) {
    const auto value = to_decimal(text);
    const auto scaled = value ? multiply(*value, {places == 3 ? 1000 : 1, 0}) : std::nullopt;
    const auto whole = scaled ? round(*scaled, 0) : std::nullopt;
    constexpr std::int64_t kYear10000 = 253'402'300'800'000;
    if (!whole || whole->digits < 0 || whole->digits >= kYear10000) return std::nullopt;
    return whole->digits;
}

/// The digits of one directive from "2026-11-23T10:00:00.000Z".
std::string part_of(const std::string& instant, char directive) {
    switch (directive) {
        case 'Y':
            return instant.substr(0, 4);
        case 'm':
            return instant.substr(5, 2);
        case 'd':
            return instant.substr(8, 2);
        case 'H':
            return instant.substr(11, 2);
        case 'M':
            return instant.substr(14, 2);
        case 'S':
            return instant.substr(17, 2);
        case 'b':
            return std::string(kMonths.substr(
                static_cast<std::size_t>(std::stoi(instant.substr(5, 2)) - 1) * 3, 3));
        default:
            return "+0000";
    }
}

}  // namespace

bool is_date_format(std::string_view form) {
    if (form == "rfc3339" || form == "unix" || form == "unix_ms") return true;
    bool any = false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != '%') continue;
        if (++i == form.size() || kDirectives.find(form[i]) == kDirectives.npos) return false;
        any = true;
    }
    return any;
}

std::optional<std::int64_t> parse_date(std::string_view text, std::string_view form,
                                       std::string_view offset) {
    if (form == "unix") return from_unix(text, 3);
    if (form == "unix_ms") return from_unix(text, 0);
    if (form == "rfc3339") {
        if (const auto at = sdk::from_rfc3339(text)) return at;
        return offset.empty() ? std::nullopt
                              : sdk::from_rfc3339(std::string(text) + std::string(offset));
    }
    const auto parts = parts_of(text, form);
    if (!parts) return std::nullopt;
    const auto at = sdk::detail::to_ms(parts->year, parts->month, parts->day, parts->hour,
                                       parts->minute, parts->second);
    const int ahead = parts->offset.value_or(
        sdk::detail::offset_minutes(offset.empty() ? "Z" : offset).value_or(0));
    return at ? std::optional(*at - std::int64_t{ahead} * 60'000) : std::nullopt;
}

sdk::Json format_date(std::int64_t milliseconds, std::string_view form) {
    if (form == "unix") return milliseconds / 1000;
    if (form == "unix_ms") return milliseconds;
    const std::string instant = sdk::to_rfc3339(milliseconds);
    if (form == "rfc3339") return instant;
    std::string text;
    for (std::size_t i = 0; i < form.size(); ++i)
        text += form[i] == '%' ? part_of(instant, form[++i]) : std::string(1, form[i]);
    return text;
}

}  // namespace orderhub::declared
