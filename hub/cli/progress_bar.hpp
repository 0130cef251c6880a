// How far an import is, on one line of a terminal.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace orderhub::cli {

/// A bar with the share of "total" where the hub knows it, else one whose mark moves with `turn`,
/// and the number of records.
std::string progress_bar(const boost::json::value& import, unsigned turn);

}  // namespace orderhub::cli
