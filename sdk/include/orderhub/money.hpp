// Decimal text <-> integer minor units, by the exponent of ISO 4217, and exact sums of money.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace orderhub::sdk {

/// Digits after the decimal point of a currency (ISO 4217 list one). Throws std::invalid_argument for a text that is
/// not three upper-case letters; a currency that is not listed with another exponent has 2.
inline int currency_exponent(std::string_view code) {
    if (code.size() != 3) throw std::invalid_argument("currency: expected three letters of ISO 4217");
    for (const char c : code)
        if (c < 'A' || c > 'Z') throw std::invalid_argument("currency: expected three letters of ISO 4217");
    constexpr std::array<std::string_view, 17> kNone{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                                     "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
    constexpr std::array<std::string_view, 7> kThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    constexpr std::array<std::string_view, 2> kFour{"CLF", "UYW"};
    if (std::binary_search(kNone.begin(), kNone.end(), code)) return 0;
    if (std::binary_search(kThree.begin(), kThree.end(), code)) return 3;
    return std::binary_search(kFour.begin(), kFour.end(), code) ? 4 : 2;
}

/// "12.34", "USD" -> 1234. Throws std::invalid_argument if the text has more digits after the point than the currency,
/// is not a decimal, or does not fit.
inline std::int64_t to_minor(std::string_view text, std::string_view currency) {
    const int exponent = currency_exponent(currency);
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1;
    bool any = false;
    for (const char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9') throw std::invalid_argument("amount: expected a decimal like 12.34");
        if (decimals >= 0 && ++decimals > exponent && c != '0')
            throw std::invalid_argument("amount: more decimals than the currency has");
        if (decimals > exponent) continue;
        if (value > (std::numeric_limits<std::int64_t>::max() - 9) / 10)
            throw std::invalid_argument("amount: too large");
        value = value * 10 + (c - '0');
        any = true;
    }
    if (!any) throw std::invalid_argument("amount: expected a decimal like 12.34");
    for (int have = decimals < 0 ? 0 : decimals; have < exponent; ++have) {
        if (value > std::numeric_limits<std::int64_t>::max() / 10)
            throw std::invalid_argument("amount: too large");
        value *= 10;
    }
    return negative ? -value : value;
}

/// 1234, "USD" -> "12.34"; 1234, "JPY" -> "1234".
inline std::string to_decimal(std::int64_t minor, std::string_view currency) {
    const auto exponent = static_cast<std::size_t>(currency_exponent(currency));
    const bool negative = minor < 0;
    std::uint64_t magnitude = negative ? ~static_cast<std::uint64_t>(minor) + 1 : static_cast<std::uint64_t>(minor);
    std::string digits = std::to_string(magnitude);
    if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
    if (exponent > 0) digits.insert(digits.size() - exponent, ".");
    return negative ? "-" + digits : digits;
}

/// An exact sum of money in one currency, in minor units. Sums of different currencies do not mix, and nothing
/// overflows: both throw std::invalid_argument.
class Amount {
public:
    /// "12.34", "EUR". Throws std::invalid_argument as to_minor does.
    Amount(std::string_view decimal, std::string currency)
        : minor_(to_minor(decimal, currency)), currency_(std::move(currency)) {}
    static Amount of_minor(std::int64_t minor, std::string currency) {
        Amount made("0", std::move(currency));
        made.minor_ = minor;
        return made;
    }

    std::int64_t minor() const { return minor_; }
    const std::string& currency() const { return currency_; }
    std::string text() const { return to_decimal(minor_, currency_); }  ///< "12.34"

    Amount& operator+=(const Amount& other) {
        if (currency_ != other.currency_) throw std::invalid_argument("amount: " + currency_ + " and " + other.currency_);
        if (__builtin_add_overflow(minor_, other.minor_, &minor_)) throw std::invalid_argument("amount: too large");
        return *this;
    }
    Amount& operator*=(std::int64_t times) {
        if (__builtin_mul_overflow(minor_, times, &minor_)) throw std::invalid_argument("amount: too large");
        return *this;
    }
    Amount operator-() const { return Amount(*this) *= -1; }
    Amount& operator-=(const Amount& other) { return *this += -other; }
    friend Amount operator+(Amount left, const Amount& right) { return left += right; }
    friend Amount operator-(Amount left, const Amount& right) { return left -= right; }
    friend Amount operator*(Amount amount, std::int64_t times) { return amount *= times; }
    friend bool operator==(const Amount&, const Amount&) = default;

private:
    std::int64_t minor_;
    std::string currency_;
};

}  // namespace orderhub::sdk
