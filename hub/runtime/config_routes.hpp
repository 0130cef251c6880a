// Which connector carries out what, of the configuration. Internal to runtime.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

/// By instance name; nothing for those that could not be read, which have had their complaint.
using Manifests = std::map<std::string, std::optional<connectors::Manifest>>;

/// Fills `routes` and `payments`; each fault becomes a complaint.
void read_routes(const YamlFile& file, const Manifests& manifests, Config& config,
                 std::vector<Complaint>& complaints);
void read_payments(const YamlFile& file, const Manifests& manifests, Config& config,
                   std::vector<Complaint>& complaints);

}  // namespace orderhub::runtime
