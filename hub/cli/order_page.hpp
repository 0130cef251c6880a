// An order, and what an action does to it, for people.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "hub/cli/table.hpp"

namespace orderhub::cli {

std::string order_page(const boost::json::value& order);

/// The steps of one change order, or of all if `change_order` is empty.
Table steps_table(const boost::json::value& order, const std::string& change_order);

}  // namespace orderhub::cli
