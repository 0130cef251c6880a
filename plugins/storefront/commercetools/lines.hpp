// Line items and delivery of an order as lines that add up to its total. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "settings.hpp"

namespace orderhub::commercetools {

/// Minor units of `currency`; nothing for no amount. Of highPrecision the rounded amount counts.
/// Throws std::exception for another currency, or an amount that does not fit.
std::int64_t minor_of(const Json& money, const std::string& currency);

/// The word in the order's language, in the configured one, or in any.
std::string localized(const Settings& settings, const Json& order, const Json& text);

/// The lines of an order that is not cancelled. A custom line item below zero and the discount on
/// the order's total are spread over the other items. Throws std::exception for what is no amount.
std::vector<sdk::OrderLine> to_lines(const Settings& settings, const Json& order,
                                     const std::string& currency);

/// The same lines without value, products without units: what they cost is what was cancelled.
std::vector<sdk::OrderLine> cancelled(std::vector<sdk::OrderLine> lines,
                                      const std::string& currency);

/// The items of a list; none if there is no such list.
const std::vector<Json>& list_at(const Json& from, std::string_view key);

/// Every shippingInfo of the order with the id that its line has: one, or one for each method.
std::vector<std::pair<std::string, const Json*>> shipments(const Json& order);

}  // namespace orderhub::commercetools
