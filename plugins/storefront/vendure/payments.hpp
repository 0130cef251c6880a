// payment.capture and payment.reverse. Vendure moves a payment as a whole and shows its state, so
// that nothing else is needed to find either again.
#pragma once

#include "reader.hpp"

namespace orderhub::vendure {

/// As execute_refund.
void execute_capture(sdk::Call& call, const Config& config, Client& client,
                     const sdk::Command& command);
void execute_reverse(sdk::Call& call, const Config& config, Client& client,
                     const sdk::Command& command);

}  // namespace orderhub::vendure
