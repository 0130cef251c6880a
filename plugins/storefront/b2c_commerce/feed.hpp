// Polling: the orders of a site by the instant of their last change.
#pragma once

#include <orderhub/left_out.hpp>
#include <string>

#include "client.hpp"
#include "documents/mark.hpp"

namespace orderhub::b2c_commerce {

/// Emits the next orders, oldest change first, and moves the mark behind them. Pages go on from the
/// last stamp that was read, not by offset: an order that changes meanwhile moves to the end of the
/// list, and would shift what follows it.
void emit_changes(const Settings& settings, Client& client, sdk::Call& call, documents::Mark& mark,
                  sdk::LeftOut& left_out);

/// Emits one order, if it was placed. Throws if no record can be made of it.
void emit_order(const Settings& settings, sdk::Call& call, const Json& order,
                const std::string& observed_at);

}  // namespace orderhub::b2c_commerce
