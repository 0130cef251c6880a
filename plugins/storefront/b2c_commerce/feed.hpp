// Polling: the orders of a site by the instant of their last change.
#pragma once

#include <string>

#include "client.hpp"
#include "documents/mark.hpp"

namespace orderhub::b2c_commerce {

/// Emits the next orders, oldest change first, and moves the mark behind them. Pages go on from the
/// last stamp that was read, not by offset: an order that changes meanwhile moves to the end of the
/// list, and would shift what follows it.
void emit_changes(const Settings& settings, Client& client, sdk::Call& call, documents::Mark& mark);

/// Emits one order, if it was placed. A document that cannot be mapped is left out with an error in
/// the log, so that it does not hold up all others.
void emit_order(const Settings& settings, sdk::Call& call, const Json& order,
                const std::string& observed_at);

}  // namespace orderhub::b2c_commerce
