#include "decimal.hpp"

#include <fmt/format.h>

namespace orderhub::sandbox {
namespace {

Wide floor_div(Wide numerator, Wide denominator) {
    const Wide quotient = numerator / denominator;
    return (numerator % denominator < 0) ? quotient - 1 : quotient;
}

}  // namespace

std::int64_t round_half_up(Wide numerator, Wide denominator) {
    return static_cast<std::int64_t>(floor_div(2 * numerator + denominator, 2 * denominator));
}

std::int64_t round_half_even(Wide numerator, Wide denominator) {
    const Wide low = floor_div(numerator, denominator);
    const Wide twice = 2 * (numerator - low * denominator);
    const bool up = twice > denominator || (twice == denominator && low % 2 != 0);
    return static_cast<std::int64_t>(up ? low + 1 : low);
}

Wide power_of_ten(int exponent) {
    Wide value = 1;
    for (int i = 0; i < exponent; ++i)
        value *= 10;
    return value;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal out;
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    bool point = false;
    int count = 0;
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9' && ++count <= 18) {
            out.digits = out.digits * 10 + (c - '0');
            out.scale += point ? 1 : 0;
        } else {
            return std::nullopt;
        }
    }
    if (count == 0) return std::nullopt;
    if (negative) out.digits = -out.digits;
    return out;
}

std::string format_decimal(std::int64_t minor_units, int scale) {
    if (scale == 0) return fmt::format("{}", minor_units);
    const auto divisor = static_cast<std::uint64_t>(power_of_ten(scale));
    const std::uint64_t size = minor_units < 0 ? 0 - static_cast<std::uint64_t>(minor_units)
                                               : static_cast<std::uint64_t>(minor_units);
    return fmt::format("{}{}.{:0{}}", minor_units < 0 ? "-" : "", size / divisor, size % divisor,
                       scale);
}

int currency_exponent(std::string_view code) {
    if (code == "JPY") return 0;
    if (code == "BHD") return 3;
    return 2;
}

std::string quotient_text(std::int64_t numerator, std::int64_t denominator) {
    constexpr int kDecimals = 13;
    const std::int64_t scaled =
        round_half_up(Wide{numerator} * power_of_ten(kDecimals), denominator);
    std::string text = format_decimal(scaled, kDecimals);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace orderhub::sandbox
