#include "declared/decimal.hpp"

#include <algorithm>

namespace orderhub::declared {
namespace {

__extension__ using Wide = __int128;

constexpr int kMostPlaces = 9;
constexpr std::int64_t kMost = 999'999'999'999'999'999;

Wide power_of_ten(int exponent) {
    Wide power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

std::optional<Decimal> fitting(Wide digits, int places) {
    for (; places > kMostPlaces && digits % 10 == 0; --places)
        digits /= 10;
    if (digits > kMost || digits < -kMost || places > kMostPlaces) return std::nullopt;
    return Decimal{static_cast<std::int64_t>(digits), places};
}

Wide divided(Wide a, Wide b) {
    const bool negative = (a < 0) != (b < 0);
    const Wide top = a < 0 ? -a : a;
    const Wide bottom = b < 0 ? -b : b;
    const Wide half_up = (top * 2 + bottom) / (bottom * 2);
    return negative ? -half_up : half_up;
}

/// Both with the places of the finer one.
std::pair<Wide, Wide> aligned(const Decimal& a, const Decimal& b) {
    const int places = std::max(a.places, b.places);
    return {a.digits * power_of_ten(places - a.places), b.digits * power_of_ten(places - b.places)};
}

}  // namespace

std::optional<Decimal> to_decimal(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    Decimal value;
    bool has_point = false, has_digits = false;
    for (const char c : text) {
        if (c == '.' && !has_point && has_digits) {
            has_point = true;
            continue;
        }
        if (c < '0' || c > '9' || value.digits > kMost / 10 || value.places == kMostPlaces)
            return std::nullopt;
        value.digits = value.digits * 10 + (c - '0');
        value.places += has_point ? 1 : 0;
        has_digits = true;
    }
    if (!has_digits || text.ends_with('.')) return std::nullopt;
    if (negative) value.digits = -value.digits;
    return value;
}

std::optional<Decimal> number_to_decimal(std::string_view digits) noexcept {
    const std::size_t mark = digits.find_first_of("eE");
    if (mark == digits.npos) return to_decimal(digits);
    const auto value = to_decimal(digits.substr(0, mark));
    const auto exponent = to_decimal(digits.substr(mark + 1));
    constexpr std::int64_t kMostExponent = 18;
    if (!value || !exponent || exponent->digits > kMostExponent ||
        exponent->digits < -kMostExponent)
        return std::nullopt;
    const int places = value->places - static_cast<int>(exponent->digits);
    if (places >= 0) return fitting(value->digits, places);
    return fitting(value->digits * power_of_ten(-places), 0);
}

std::string to_text(const Decimal& value) {
    const auto places = static_cast<std::size_t>(value.places);
    std::string digits = std::to_string(value.digits < 0 ? -value.digits : value.digits);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, ".");
    return value.digits < 0 ? "-" + digits : digits;
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) noexcept {
    const auto [left, right] = aligned(a, b);
    return fitting(left + right, std::max(a.places, b.places));
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) noexcept {
    return add(a, {-b.digits, b.places});
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) noexcept {
    return fitting(static_cast<Wide>(a.digits) * b.digits, a.places + b.places);
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b, int places) noexcept {
    if (b.digits == 0 || places < 0 || places > kMostPlaces) return std::nullopt;
    const Wide top = a.digits * power_of_ten(places + b.places);
    return fitting(divided(top, b.digits * power_of_ten(a.places)), places);
}

std::optional<Decimal> round(const Decimal& value, int places) noexcept {
    return divide(value, {1, 0}, places);
}

int compare(const Decimal& a, const Decimal& b) noexcept {
    const auto [left, right] = aligned(a, b);
    return left < right ? -1 : left > right ? 1 : 0;
}

}  // namespace orderhub::declared
