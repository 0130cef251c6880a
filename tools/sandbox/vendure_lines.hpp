#pragma once

#include <boost/json.hpp>

#include "vendure_types.hpp"

namespace orderhub::sandbox::vendure {

/// Adds an order's lines, shipping lines, discounts, promotions and tax summary to its document.
void add_lines(json::object& order_document, const State& state, const Order& order);

}  // namespace orderhub::sandbox::vendure
