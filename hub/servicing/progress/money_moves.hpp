// Internal to servicing: refunds, captures and reversals as the outside reports them.
#pragma once

#include "hub/domain/order.hpp"
#include "hub/servicing/codec/described.hpp"

namespace orderhub::servicing {

/// Moves money to a state if the table of moves allows it, over "sent" if nobody told of that. True
/// if it moved.
bool move_money(domain::MoneyState& state, domain::MoneyState to);

/// The same for a refund, which may also bounce (money_state.hpp).
bool move_refund(domain::MoneyState& state, domain::MoneyState to);

/// Raises the exception for a refund that the provider failed.
void raise_failed(domain::Order& order, const domain::Refund& refund, std::int64_t now);

// Money that a person took by other means ("record-payment") goes back by other means as well: a
// person does it, and says so by resolving the exception that asks for it.

bool was_recorded(const std::string& payment);
void ask_for_refund_by_hand(domain::Order& order, const domain::Refund& refund, std::int64_t now);
/// The exception was resolved: if it asked for a refund by hand, that has succeeded.
void finish_refund_by_hand(domain::Order& order, const std::string& exception, std::int64_t now);

}  // namespace orderhub::servicing
