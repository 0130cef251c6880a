// Amounts of the Admin API as exact minor units. Pure.
#pragma once

#include <cstdint>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::shopify {

/// An amount as the order shows its prices, with or without tax, and the tax on or in it.
struct Sum {
    std::int64_t shown = 0;
    std::int64_t tax = 0;

    Sum& operator+=(const Sum& other);
    Sum& operator-=(const Sum& other);
    friend Sum operator+(Sum left, const Sum& right) { return left += right; }
    friend Sum operator-(Sum left, const Sum& right) { return left -= right; }
    friend bool operator==(const Sum&, const Sum&) = default;
};

/// How an order's amounts are meant.
struct Terms {
    std::string currency;  ///< the customer's
    bool gross;            ///< shown prices include tax

    /// The customer's side of a MoneyBag; 0 if there is none. Throws JsonError for another
    /// currency, std::invalid_argument for what is no amount of it.
    std::int64_t minor(const Json& bag) const;
    std::int64_t inc(const Sum& sum) const { return gross ? sum.shown : sum.shown + sum.tax; }
    sdk::Money money(const Sum& sum) const;
    std::string text(std::int64_t minor) const;
};

/// The share of `part` in `whole` of an amount, rounded half away from 0. A `whole` of 0 has no
/// shares.
std::int64_t share(std::int64_t amount, std::int64_t part, std::int64_t whole);
/// An amount over weights, to the last unit; the first ones take what is left over.
std::vector<std::int64_t> spread(std::int64_t amount, const std::vector<std::int64_t>& weights);

/// "0.0825" -> "8.25"; empty for what is no plain fraction.
std::string percent_of(const Json& rate);

/// The nodes of a connection, or the items of a list; none if it is neither.
const std::vector<Json>& rows_of(const Json& from);
/// A text, empty if it is none.
std::string text_at(const Json& from, std::string_view key);

}  // namespace orderhub::shopify
