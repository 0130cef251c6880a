// Which directories a connector asks for, and whether the operator granted them. A connector that
// runs within the hub's own process is not held to them; they say what it will touch, and where it
// runs apart they are what it can be let at.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"

namespace orderhub::connectors {

struct WantedDirectory {
    std::string path;
    std::string key;  ///< configuration key that names it; empty if the manifest does
};

/// What the manifest asks for; config:KEY becomes the path in that configuration key, if it is set.
std::vector<WantedDirectory> wanted_directories(const Manifest& manifest,
                                                const boost::json::object& config);

/// Whether `path` is absolute and one of `granted` or below one, as the names say: links are not
/// followed.
bool is_granted_directory(const std::vector<std::string>& granted, const std::string& path);

/// Errors: Denied "directory_not_granted" naming the first one that no grant covers.
Result<void> check_directories(const Manifest& manifest, const boost::json::object& config,
                               const std::vector<std::string>& granted);

}  // namespace orderhub::connectors
