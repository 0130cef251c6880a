// order.cancel and refund.create. Vendure has no idempotency key and does either twice if asked
// twice, so each command leaves its key in the reason, and looks for it before it acts, at every
// attempt, and after any doubtful answer.
#pragma once

#include "reader.hpp"

namespace orderhub::vendure {

/// Throws sdk::Stop. Afterwards the order was emitted, unless only that last read failed: poll or
/// webhook brings it then.
void execute_refund(sdk::Call& call, const Config& config, Client& client,
                    const sdk::Command& command);
void execute_cancel(sdk::Call& call, const Config& config, Client& client,
                    const sdk::Command& command);

}  // namespace orderhub::vendure
