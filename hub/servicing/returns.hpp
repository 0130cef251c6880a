// Return orders across orders, for a desk that has a parcel in its hands.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

/// What an order that expects goods back is found by: no order or parcel has such a number.
constexpr std::string_view kExpectedReturn = "expected return";

/// {"items": [{"order_id", "order_number", "order_version", "connector", "customer", "currency",
/// "return_order", "lines": [{"id", "name", "sku"}]}]}: of the orders that `text` finds (see
/// OrderQuery; a return order's number finds its own order too), each return order; all that are
/// expected if it is empty. At most `limit` orders, the newest.
boost::json::object returns_page(State& state, const std::string& text, std::uint32_t limit);

}  // namespace orderhub::servicing
