// From the hub's command to the receiver's JSON. Pure.
#pragma once

#include <orderhub/commands/order_forward.hpp>

namespace orderhub::order_sink {

/// {"externalId", "customerEmail", "total", "lines": [{"sku", "qty", "amount"}]}; amounts are
/// decimal text.
sdk::Json receivers_order(const sdk::OrderForward& command);

}  // namespace orderhub::order_sink
