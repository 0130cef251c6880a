// Exact money. Inside one order all figures share its currency, so they are counts of its minor
// unit.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::domain {

/// A currency of ISO 4217 and the digits after its decimal point (0, 2, 3 or 4).
struct Currency {
    std::string code;
    int exponent = 2;
    friend bool operator==(const Currency&, const Currency&) = default;
};

/// Error: Invalid unless `code` is three upper-case letters.
Result<Currency> currency(std::string_view code);

/// A signed count of minor units. Arithmetic that does not fit throws std::overflow_error.
class Minor {
public:
    constexpr Minor() = default;
    constexpr explicit Minor(std::int64_t count) : count_(count) {}
    constexpr std::int64_t count() const { return count_; }

    Minor& operator+=(Minor other);
    Minor& operator-=(Minor other);
    friend Minor operator+(Minor a, Minor b) { return a += b; }
    friend Minor operator-(Minor a, Minor b) { return a -= b; }
    friend Minor operator-(Minor a) { return Minor{} - a; }
    friend constexpr auto operator<=>(Minor, Minor) = default;

private:
    std::int64_t count_ = 0;
};

/// An amount before tax, its tax, and both together; ex + tax = inc always.
struct Amount {
    Minor ex;
    Minor tax;
    Minor inc;

    Amount& operator+=(const Amount& other);
    Amount& operator-=(const Amount& other);
    friend Amount operator+(Amount a, const Amount& b) { return a += b; }
    friend Amount operator-(Amount a, const Amount& b) { return a -= b; }
    friend Amount operator-(const Amount& a) { return Amount{} - a; }
    friend bool operator==(const Amount&, const Amount&) = default;
    bool adds_up() const { return ex + tax == inc; }
    bool is_zero() const { return *this == Amount{}; }
};

/// "12.34" -> 1234. Error: Invalid for anything but a decimal with at most the currency's digits
/// that fits.
Result<Minor> parse_decimal(std::string_view text, const Currency& currency);
/// 1234 -> "12.34".
std::string to_decimal(Minor amount, const Currency& currency);

/// What is left of `total` when `kept` of `units` units stay: the nearest minor unit, halves away
/// from zero. So units taken one by one cost in sum exactly what they cost together, and the last
/// one takes the remainder. 0 <= kept <= units, units > 0.
Minor share(Minor total, std::int64_t kept, std::int64_t units);

/// Splits `total` in proportion to `weights` (none negative) by largest remainder; ties go to the
/// earlier one. The parts add up to `total`. If all weights are 0 the first takes all. Not for an
/// empty list.
std::vector<Minor> allocate(Minor total, std::span<const std::int64_t> weights);

}  // namespace orderhub::domain
