// A customer's data erased.
#pragma once

#include <string>

#include "hub/cli/session.hpp"

namespace orderhub::cli {

/// Begins the erasure and follows it until it is done, or waits for work that is not over; the hub
/// goes on by itself, whether or not somebody looks.
Expected<int> erase_customer(Session& session, const std::string& id, const std::string& reason,
                             bool dry_run);

}  // namespace orderhub::cli
