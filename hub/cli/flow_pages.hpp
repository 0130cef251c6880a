// Flows and their runs for a person to read.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "hub/cli/table.hpp"

namespace orderhub::cli {

/// All flows, and what is wrong with files that were refused.
std::string flows_page(const boost::json::value& flows);

Table runs_table();
std::vector<std::string> run_row(const boost::json::value& run);
/// A run with its steps.
std::string run_page(const boost::json::value& run);

/// What a flow would do.
std::string simulation_page(const boost::json::value& simulation);

}  // namespace orderhub::cli
