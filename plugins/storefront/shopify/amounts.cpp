#include "amounts.hpp"

#include <numeric>

namespace orderhub::shopify {
namespace {

__extension__ using Wide = __int128;

}  // namespace

Sum& Sum::operator+=(const Sum& other) {
    shown += other.shown;
    tax += other.tax;
    return *this;
}

Sum& Sum::operator-=(const Sum& other) {
    shown -= other.shown;
    tax -= other.tax;
    return *this;
}

std::int64_t Terms::minor(const Json& bag) const {
    const Json& money = bag["presentmentMoney"];
    if (money.is_null()) return 0;
    if (money.at("currencyCode").text() != currency)
        throw sdk::JsonError("an amount is in another currency than its order");
    const std::int64_t minor = sdk::to_minor(money.at("amount").text(), currency);
    constexpr std::int64_t kLargest =
        100'000'000'000'000'000;  // sums of a thousand do not overflow
    if (minor > kLargest / 10 || minor < -kLargest / 10)
        throw std::invalid_argument("amount: too large");
    return minor;
}

sdk::Money Terms::money(const Sum& sum) const {
    const std::int64_t ex = gross ? sum.shown - sum.tax : sum.shown;
    return {text(ex), text(sum.tax), text(inc(sum))};
}

std::string Terms::text(std::int64_t minor) const {
    return sdk::to_decimal(minor, currency);
}

std::int64_t share(std::int64_t amount, std::int64_t part, std::int64_t whole) {
    if (whole == 0) return 0;
    const Wide product = Wide{amount} * part * 2;
    const Wide divisor = Wide{whole} * 2;
    const bool negative = (product < 0) != (divisor < 0);
    const Wide half = divisor < 0 ? -whole : whole;
    const Wide rounded = negative ? product - half : product + half;
    return static_cast<std::int64_t>(rounded / divisor);
}

std::vector<std::int64_t> spread(std::int64_t amount, const std::vector<std::int64_t>& weights) {
    const std::int64_t whole = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::vector<std::int64_t> shares;
    std::int64_t weight_so_far = 0;
    std::int64_t given = 0;
    for (const std::int64_t weight : weights) {
        weight_so_far += weight;
        const std::int64_t up_to_here = share(amount, weight_so_far, whole);
        shares.push_back(up_to_here - given);
        given = up_to_here;
    }
    if (!shares.empty()) shares.front() += amount - given;
    return shares;
}

std::string percent_of(const Json& rate) {
    if (!rate.is_number()) return {};
    std::string digits = rate.text_or_digits();
    if (digits.find_first_not_of("0123456789.") != std::string::npos) return {};
    std::size_t point = digits.find('.');
    if (point == std::string::npos)
        point = digits.size();
    else
        digits.erase(point, 1);
    while (digits.size() < point + 2)
        digits += '0';
    constexpr std::size_t kPlaces = 4;
    std::string whole = digits.substr(0, point + 2);
    std::string fraction = digits.substr(point + 2, kPlaces);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    if (whole.size() > 3) return {};
    return fraction.empty() ? whole : whole + "." + fraction;
}

const std::vector<Json>& rows_of(const Json& from) {
    static const std::vector<Json> kNone;
    const Json& list = from.is_array() ? from : from["nodes"];
    return list.is_array() ? list.items() : kNone;
}

std::string text_at(const Json& from, std::string_view key) {
    return from[key].is_text() ? from[key].text() : std::string();
}

}  // namespace orderhub::shopify
