#include "amount.hpp"

#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <stdexcept>

namespace orderhub::ubl {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kRateUnits = 10'000;
constexpr std::int64_t kRateUnitsInOne = 100 * kRateUnits;

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

[[noreturn]] void refuse(std::string_view field, const std::string& why) {
    throw sdk::rejected("invalid_document", std::string(field) + ": " + why);
}

std::int64_t minor_of(std::string_view text, std::string_view currency, std::string_view field) {
    std::string why;
    try {
        return sdk::to_minor(text, currency);
    } catch (const std::invalid_argument& reason) {
        why = reason.what();
    }
    refuse(field, why + " (" + std::string(currency) + ")");
}

Hundredths narrow(Wide value) {
    constexpr Wide kMost = INT64_MAX;
    if (value > kMost || value < -kMost) refuse("amount", "it is too large");
    return static_cast<Hundredths>(value);
}

Wide rounded(Wide numerator, Wide denominator) {
    const Wide half = denominator / 2;
    return (numerator < 0 ? numerator - half : numerator + half) / denominator;
}

}  // namespace

Hundredths to_hundredths(std::string_view text, std::string_view currency, std::string_view field) {
    const std::int64_t minor = minor_of(text, currency, field);
    const int exponent = sdk::currency_exponent(currency);
    if (exponent <= 2) return narrow(Wide{minor} * power_of_ten(2 - exponent));
    const std::int64_t step = power_of_ten(exponent - 2);
    if (minor % step != 0)
        throw sdk::rejected("BR-DEC", std::string(field) +
                                          ": expected at most two decimals, which " +
                                          "is all that EN 16931 can write, and not " +
                                          std::string(text) + " " + std::string(currency));
    return minor / step;
}

std::string to_text(Hundredths amount, std::string_view currency) {
    if (smallest_step(currency) == 100 && amount % 100 == 0) return std::to_string(amount / 100);
    return sdk::to_decimal(amount, "EUR");
}

std::string to_currency_text(Hundredths amount, std::string_view currency) {
    const int exponent = sdk::currency_exponent(currency);
    const std::int64_t minor = exponent < 2 ? amount / power_of_ten(2 - exponent)
                                            : narrow(Wide{amount} * power_of_ten(exponent - 2));
    return sdk::to_decimal(minor, currency);
}

Hundredths smallest_step(std::string_view currency) {
    return sdk::currency_exponent(currency) == 0 ? 100 : 1;
}

Hundredths sum(Hundredths left, Hundredths right) {
    return narrow(Wide{left} + right);
}

Rate to_rate(std::string_view text) {
    const std::size_t point = text.find('.');
    std::string digits(text.substr(0, point));
    std::string decimals = point == text.npos ? "" : std::string(text.substr(point + 1));
    decimals.resize(4, '0');
    digits += decimals;
    return {std::stoll(digits)};
}

std::string to_text(Rate rate) {
    std::string text = std::to_string(rate.e4 / kRateUnits);
    std::string decimals = std::to_string(kRateUnits + rate.e4 % kRateUnits).substr(1);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    return decimals.empty() ? text : text + "." + decimals;
}

Hundredths tax_on(Hundredths base, Rate rate) {
    return narrow(rounded(Wide{base} * rate.e4, kRateUnitsInOne));
}

}  // namespace orderhub::ubl
