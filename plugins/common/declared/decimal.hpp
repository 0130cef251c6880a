// Exact decimals for expressions: amounts are texts such as "12.50" and never pass through a
// floating-point number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::declared {

/// `digits` scaled down by ten to the power of `places`. At most 18 digits and 9 places: what does
/// not fit is nothing.
struct Decimal {
    std::int64_t digits = 0;
    int places = 0;
};

/// "12.50", "-3", "+4": nothing for anything else, exponents included.
std::optional<Decimal> to_decimal(std::string_view text) noexcept;
/// A number of JSON, which may have an exponent: 2.42E1 is 24.2.
std::optional<Decimal> number_to_decimal(std::string_view digits) noexcept;
std::string to_text(const Decimal& value);

std::optional<Decimal> add(const Decimal& a, const Decimal& b) noexcept;
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) noexcept;
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) noexcept;
/// Rounded half away from zero, as invoices do. Nothing for a division by zero.
std::optional<Decimal> divide(const Decimal& a, const Decimal& b, int places) noexcept;
std::optional<Decimal> round(const Decimal& value, int places) noexcept;
/// Below, equal or above zero as a is below, equal to or above b.
int compare(const Decimal& a, const Decimal& b) noexcept;

}  // namespace orderhub::declared
