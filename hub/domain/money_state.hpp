// How refunds, captures and reversals move. The table is checked at compile time.
#pragma once

#include "hub/domain/order.hpp"

namespace orderhub::domain {

/// Whether money may move from one state to the other. `unknown` is left by looking it up, never by
/// starting again under a new key.
bool may_become(MoneyState from, MoneyState to);

/// Neither succeeded nor failed.
bool is_open(MoneyState state);
/// Holds its amount: everything but failed.
bool holds(MoneyState state);

}  // namespace orderhub::domain
