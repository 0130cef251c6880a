// An order, and what an action does to it, for people.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "hub/cli/table.hpp"

namespace orderhub::cli {

std::string order_page(const boost::json::value& order);

/// The steps of one action, or of all if `action_id` is empty.
Table steps_table(const boost::json::value& order, const std::string& action_id);

}  // namespace orderhub::cli
