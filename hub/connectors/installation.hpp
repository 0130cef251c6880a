// Where this installation of the hub keeps what belongs to it.
#pragma once

#include <string>
#include <vector>

namespace orderhub::connectors {

/// The program orderhub-connector beside this one.
std::string connector_program();

/// The hub's own folders of connectors: `connectors` beside the folder of this program, and
/// lib/orderhub/connectors beside it once installed. Whoever can write there can replace the hub
/// itself, so what lies there needs no signature and runs in its process unless told otherwise.
std::vector<std::string> own_folders();

/// Whether a library lies in one of them.
bool is_own_library(const std::string& path);

}  // namespace orderhub::connectors
