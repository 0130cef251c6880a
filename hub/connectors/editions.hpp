// Puts one version of a configured connector together. Any thread.
#pragma once

#include <memory>
#include <string>

#include "hub/connectors/edition.hpp"

namespace orderhub::connectors {

/// A library's manifest, from its section; a library without one is loaded for it. Errors as
/// Host::inspect.
Result<Manifest> read_manifest(const std::string& path);

/// Reads the library and checks the settings; nothing is started. With `before`, the edition that
/// this one is to follow, the library is the one that is in the file now, and the limits of the
/// outside system go on to hold. Errors as Host::add.
Result<std::shared_ptr<Edition>> make_edition(Services& services, const InstanceSettings& settings,
                                              const Edition* before);

}  // namespace orderhub::connectors
