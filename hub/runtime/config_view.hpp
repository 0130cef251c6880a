// The configuration as it was loaded, for those who run the hub.
#pragma once

#include <boost/json/object.hpp>

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

/// Every setting; of secrets only their names. A database's address is shown without what signs in.
boost::json::object config_view(const Config& config);

}  // namespace orderhub::runtime
