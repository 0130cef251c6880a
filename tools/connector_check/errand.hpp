// One sample in a process that may be killed at any host call; what became durable is told at once.
#pragma once

#include "check.hpp"

namespace orderhub::kit {

/// `options.errand`: {"peer": address, "sample": name, "kill_at": number of the host call, 0:
/// never}.
void run_errand_here(const Options& options, const Subject& subject);

}  // namespace orderhub::kit
