// Internal to servicing: refunds, captures and reversals as the outside reports them.
#pragma once

#include "hub/domain/order.hpp"
#include "hub/servicing/described.hpp"

namespace orderhub::servicing {

/// Moves money to a state if the table of moves allows it, over "sent" if nobody told of that. True
/// if it moved.
bool move_money(domain::MoneyState& state, domain::MoneyState to);

/// Raises the exception for a refund that the provider failed.
void raise_failed(domain::Order& order, const domain::Refund& refund, std::int64_t now);

}  // namespace orderhub::servicing
