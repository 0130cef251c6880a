// The shop's documents as records. Pure.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "client.hpp"
#include "settings.hpp"

namespace orderhub::woocommerce {

/// The order's metadata that says that the hub has cancelled it: a full refund later makes its
/// status "refunded".
inline constexpr std::string_view kCancelledBy = "_orderhub_cancel";

/// The id of the fulfilment that stands for a completed order.
std::string completion_id(std::string_view order_id);

/// Instant of the order's last change.
std::int64_t changed_at(const Json& order);

bool is_cancelled(const Json& order);

/// Nothing for what is no order yet. Throws std::exception for a document that does not fit.
std::optional<sdk::Order> to_order(const Settings& settings, const Shown& shown);

}  // namespace orderhub::woocommerce
