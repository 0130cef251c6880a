// From the hub's command to the receiver's JSON. Pure.
#pragma once

#include <boost/json.hpp>

namespace orderhub::order_sink {

/// {"externalId", "customerEmail", "total", "lines": [{"sku", "qty", "amount"}]}; amounts are
/// decimal text. `command` is an order.forward (sdk/schemas/commands).
boost::json::object receivers_order(const boost::json::object& command);

}  // namespace orderhub::order_sink
