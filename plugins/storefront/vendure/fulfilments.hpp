// fulfilment.create and fulfilment.update. Vendure knows fulfilments of sold units only, and no key
// of ours on them: see notes.hpp for how they are found again, and for units at no charge.
#pragma once

#include "reader.hpp"

namespace orderhub::vendure {

/// As execute_refund.
void execute_fulfilment_create(sdk::Call& call, const Config& config, Client& client,
                               const sdk::Command& command);
void execute_fulfilment_update(sdk::Call& call, const Config& config, Client& client,
                               const sdk::Command& command);

}  // namespace orderhub::vendure
