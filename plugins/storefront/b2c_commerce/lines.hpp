// Products, gift certificates and delivery of an order as lines that add up to its totals. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "settings.hpp"

namespace orderhub::b2c_commerce {

/// The lines of an order that is not cancelled. Throws std::exception for amounts that are no
/// numbers.
///
/// A line's own tax does not know of discounts of the whole order; what these take off the order's
/// tax is spread over the lines that they discount, so that the lines add up to the order's tax.
std::vector<sdk::OrderLine> to_lines(const Json& order, const std::string& currency);

/// The same lines without value, products without units: what they cost is what was cancelled.
std::vector<sdk::OrderLine> cancelled(std::vector<sdk::OrderLine> lines,
                                      const std::string& currency);

}  // namespace orderhub::b2c_commerce
