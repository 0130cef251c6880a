// What the author of a new connector has still to write.
#pragma once

#include <string>
#include <vector>

#include "check.hpp"

namespace orderhub::kit {

/// "FILE:LINE: words" for each marker `SCAFFOLD:` in the connector's folder (that of the check
/// file, or above its folder `check`), and in the manifest that the library holds.
std::vector<std::string> scaffold_markers(const Options& options);

}  // namespace orderhub::kit
