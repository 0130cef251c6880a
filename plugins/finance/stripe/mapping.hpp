// Stripe's documents as records and results, and what the hub leaves in them. No I/O.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace orderhub::stripe {

/// Metadata of a refund: the command's key, and the number of its order.
inline constexpr std::string_view kKeyName = "orderhub_key";
inline constexpr std::string_view kOrderName = "orderhub_order";

/// Metadata of a PaymentIntent: the keys of the commands that captured it, with spaces between.
inline constexpr std::string_view kCapturesName = "orderhub_captures";

bool is_captured_by(const Json& payment, std::string_view key);
/// What stands there once `key` has captured it, too; the oldest are left out where Stripe takes no
/// more.
std::string captures_with(const Json& payment, std::string_view key);

sdk::RefundCreate::Result to_result(const Json& refund);

/// Nothing for a refund that the hub did not ask for.
std::optional<sdk::Refund> to_record(const Json& refund, const Settings& settings,
                                     std::string observed_at);

/// The id of the refund that an event is about; empty if it is about something else.
std::string refund_of_event(const Json& event);

}  // namespace orderhub::stripe
