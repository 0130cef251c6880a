// How refunds, captures and reversals move. The table is checked at compile time.
#pragma once

#include "hub/domain/order.hpp"

namespace orderhub::domain {

/// Whether money may move from one state to the other. `unknown` is left by looking it up, never by
/// starting again under a new key. A call that surely did nothing goes back to `reserved` and is
/// made again under its key. What a provider says by itself may overtake the answer to the call, so
/// `reserved` may end at once. `succeeded` and `failed` are final: money that the customer's bank
/// takes back later is a change of its own.
bool may_become(MoneyState from, MoneyState to);

/// Whether a refund may turn out to have failed after it had succeeded: a bank that cannot book the
/// money sends it back days later. Only on what the provider says by itself, never on an answer.
bool may_bounce(MoneyState from, MoneyState to);

/// Neither succeeded nor failed.
bool is_open(MoneyState state);
/// Holds its amount: everything but failed.
bool holds(MoneyState state);

}  // namespace orderhub::domain
