// The kit as a whole.
#pragma once

#include "check.hpp"

namespace orderhub::kit {

/// Does what the options say, in the parent process or as one of its children. Gives the exit code.
int run_kit(const Options& options);

}  // namespace orderhub::kit
