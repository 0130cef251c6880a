// Which hosts a connector asks for, and whether the operator granted them. Internal to hub/runtime.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"

namespace orderhub::runtime {

struct WantedHost {
    std::string host;    ///< "host:port"
    std::string reason;  ///< " (its setting KEY)" or empty
};

/// The manifest's hosts; "config:KEY" becomes the host of the address in that setting, if it is
/// set.
std::vector<WantedHost> wanted_hosts(const connectors::Manifest& manifest,
                                     const boost::json::object& config);

/// "host" grants every port, "host:port" only that one.
bool is_granted(const std::vector<std::string>& granted, const std::string& wanted);

}  // namespace orderhub::runtime
