#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Exact arithmetic on amounts. Nothing here or in its callers touches binary floating point.
namespace orderhub::sandbox {

__extension__ using Wide = __int128;

/// digits / 10^scale, e.g. {-1025, 2} is -10.25.
struct Decimal {
    Wide digits = 0;
    int scale = 0;
};

/// numerator / denominator to the nearest integer, halves towards plus infinity: what
/// JavaScript's Math.round does, hence what Vendure does. The denominator is positive.
std::int64_t round_half_up(Wide numerator, Wide denominator);
/// The same with halves to the even neighbour: what Tryton's currency.round does.
std::int64_t round_half_even(Wide numerator, Wide denominator);
Wide power_of_ten(int exponent);

/// Reads "-10.25" or "3"; empty for anything else (exponents, spaces, more than 18 digits).
std::optional<Decimal> parse_decimal(std::string_view text);
/// "-10.25" for {-1025, 2}; always `scale` decimals.
std::string format_decimal(std::int64_t minor_units, int scale);
/// Number of minor-unit decimals of an ISO 4217 currency the sandbox knows (2 when it does not).
int currency_exponent(std::string_view code);

/// numerator/denominator with up to 13 decimals and no trailing zeros, for the one figure that
/// Vendure leaves unrounded (the net price of shipping quoted gross).
std::string quotient_text(std::int64_t numerator, std::int64_t denominator);

}  // namespace orderhub::sandbox
