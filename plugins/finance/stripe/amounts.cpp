#include "amounts.hpp"

#include <algorithm>
#include <array>
#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <stdexcept>

namespace orderhub::stripe {
namespace {

// Not those of ISO 4217: MGA has none here, ISK has two, whose digits are always 00.
constexpr std::array<std::string_view, 15> kNone{"BIF", "CLP", "DJF", "GNF", "JPY",
                                                 "KMF", "KRW", "MGA", "PYG", "RWF",
                                                 "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 5> kThree{"BHD", "JOD", "KWD", "OMR", "TND"};

/// Nothing for UGX if nobody has said.
std::optional<int> decimals_of(std::string_view currency, std::optional<int> ugx_decimals) {
    if (currency == "UGX") return ugx_decimals;
    if (std::ranges::find(kNone, currency) != kNone.end()) return 0;
    return std::ranges::find(kThree, currency) != kThree.end() ? 3 : 2;
}

bool is_zeros(std::string_view text) {
    return text.find_first_not_of('0') == text.npos;
}

sdk::Stop impossible(std::string_view amount, std::string_view currency, std::string_view why) {
    return sdk::rejected("amount_not_possible",
                         "Stripe cannot move exactly " + std::string(amount) + " " +
                             std::string(currency) + ": " + std::string(why));
}

/// Digits only.
std::int64_t number(std::string_view digits, std::string_view amount, std::string_view currency) {
    constexpr std::size_t kMostDigits = 18;
    if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos)
        throw impossible(amount, currency, "expected a decimal like 12.34");
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() > kMostDigits) throw impossible(amount, currency, "it is too large");
    std::int64_t value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

}  // namespace

std::int64_t to_stripe(std::string_view amount, std::string_view currency,
                       std::optional<int> ugx_decimals) {
    const auto decimals = decimals_of(currency, ugx_decimals);
    if (!decimals)
        throw sdk::rejected(
            "ugx_decimals",
            "set ugx_decimals in the configuration: Stripe's documentation does not "
            "say clearly how many decimals UGX has there");
    const std::size_t point = std::min(amount.find('.'), amount.size());
    const auto wanted = static_cast<std::size_t>(*decimals);
    std::string digits(amount.substr(0, point));
    std::string fraction(amount.substr(std::min(point + 1, amount.size())));
    if (fraction.size() > wanted) {
        if (!is_zeros(std::string_view(fraction).substr(wanted)))
            throw impossible(amount, currency, "it has too many decimals");
        fraction.resize(wanted);
    }
    fraction.resize(wanted, '0');
    if (wanted == 3 && fraction.back() != '0')
        throw impossible(amount, currency, "the third decimal must be 0");
    const std::int64_t value = number(digits + fraction, amount, currency);
    if (value == 0) throw impossible(amount, currency, "it must be more than 0");
    return value;
}

std::optional<std::string> from_stripe(std::int64_t amount, std::string_view currency,
                                       std::optional<int> ugx_decimals) {
    const auto decimals = decimals_of(currency, ugx_decimals);
    if (!decimals || amount < 0) return std::nullopt;
    std::string digits = std::to_string(amount);
    const auto places = static_cast<std::size_t>(*decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, ".");
    try {
        return sdk::to_decimal(sdk::to_minor(digits, currency), currency);
    } catch (const std::invalid_argument&) {
        return std::nullopt;
    }
}

}  // namespace orderhub::stripe
