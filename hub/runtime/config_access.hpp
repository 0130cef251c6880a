// The part of the configuration that says how people sign in.
#pragma once

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

/// Resolves the client's secret. Complains about an issuer without TLS and about roles that nobody
/// could have.
AccessConfig read_access(const YamlFile& file, std::vector<Complaint>& complaints);

}  // namespace orderhub::runtime
