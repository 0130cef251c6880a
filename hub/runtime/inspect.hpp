// `orderhub connectors inspect`.
#pragma once

#include <string>

namespace orderhub::runtime {

/// Prints what a connector's library is, asks for and is signed with, without running any of its
/// code. `config_path`, if it is not empty, tells which keys are trusted. Exit code 1 if it is no
/// connector, or signed wrongly.
int inspect_connector(const std::string& library, const std::string& config_path, bool json);

}  // namespace orderhub::runtime
