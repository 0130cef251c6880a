// All that the hub tells of one customer.
#pragma once

#include <string>

#include "hub/cli/session.hpp"

namespace orderhub::cli {

/// Prints {"customer": ..., "orders": [{"order", "events"}...], "cases": [...]}, as the API gives
/// each, while it reads them.
Expected<int> export_customer(Session& session, const std::string& id);

}  // namespace orderhub::cli
