// The connectors and routes of the configuration, checked against the manifests. Internal to
// hub/runtime.
#pragma once

#include <vector>

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

/// Fills `connectors`, `routes` and `payments`; each fault becomes a complaint with what to write
/// instead.
void read_connectors(const YamlFile& file, const Inspect& inspect, Config& config,
                     std::vector<Complaint>& complaints);

}  // namespace orderhub::runtime
