// Lines of an order, exact to the minor unit. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "mapping.hpp"

namespace orderhub::salesforce_commerce {

/// Items with their discounts, and the taxes of both.
std::vector<sdk::OrderLine> order_lines(const OrderRows& rows, const std::string& currency);

/// Item summaries: what is left of each. The platform gives one tax for all; it is split between
/// list price and discounts in proportion.
std::vector<sdk::OrderLine> summary_lines(const Json& summary, const std::string& currency);

}  // namespace orderhub::salesforce_commerce
