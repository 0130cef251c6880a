#include "amounts.hpp"

#include <orderhub/money.hpp>

namespace orderhub::signed_orders {

namespace json = boost::json;

std::int64_t Money::minor(const json::value& decimal) const {
    return sdk::to_minor(decimal.as_string(), currency);
}

std::string Money::text(std::int64_t minor) const {
    return sdk::to_decimal(minor, currency);
}

json::object Money::shown(const Amount& amount) const {
    return {{"ex", text(amount.inc - amount.tax)},
            {"tax", text(amount.tax)},
            {"inc", text(amount.inc)}};
}

Amount share(const Amount& whole, std::int64_t inc) {
    if (whole.inc == 0) return {inc, 0};
    // The product of two sums of money need not fit into 64 bits.
    const auto tax = static_cast<__int128>(whole.tax) * inc / whole.inc;
    return {inc, static_cast<std::int64_t>(tax)};
}

Amount with_tax_inside(std::int64_t inc, const json::value& rate) {
    // A currency of four decimals reads a rate of up to four.
    constexpr std::int64_t kHundredPercent = 1'000'000;
    const std::int64_t percent = sdk::to_minor(rate.as_string(), "CLF");
    const __int128 whole = kHundredPercent + percent;
    const __int128 tax = (static_cast<__int128>(inc) * percent * 2 + whole) / (whole * 2);
    return {inc, static_cast<std::int64_t>(tax)};
}

}  // namespace orderhub::signed_orders
