// Following the steps of an action until each has ended.
#pragma once

#include <chrono>
#include <string>

#include "hub/cli/session.hpp"

namespace orderhub::cli {

/// Shows each change of a step's state. kOk once all are done; kFailed if one was parked or
/// dropped, or if they did not end within `limit`. With --json it prints the order's document at
/// the end.
Expected<int> watch_steps(Session& session, const std::string& order_id,
                          const std::string& action_id, std::chrono::seconds limit);

}  // namespace orderhub::cli
