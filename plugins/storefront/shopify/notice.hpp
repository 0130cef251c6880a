// Webhooks: which order one is about. What it says of the order is not believed but read. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace orderhub::shopify {

/// The order's number, wherever the topics have it: an order itself, a refund's, a fulfilment's or
/// a transaction's order_id, a return's order, an edit's order_id. Nothing for a body that is about
/// no order, or no longer (orders/delete). Throws JsonError for one that is no JSON object.
std::optional<std::string> order_of_notice(std::string_view body);

}  // namespace orderhub::shopify
