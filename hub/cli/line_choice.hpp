// The lines that an action is about, as people write them: LINE:QTY.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "hub/cli/failure.hpp"

namespace orderhub::cli {

/// [{"line_id","quantity"}] for an order's document. LINE is a line's id or its SKU, which may
/// contain colons. Fails with kUsage, with kNotFound if the order has no such line, or with
/// kConflict if several lines have the SKU.
Expected<boost::json::array> choose_lines(const boost::json::value& order,
                                          const std::vector<std::string>& written);

/// The id of a line that is named by its id or its SKU. Fails like choose_lines().
Expected<std::string> choose_line(const boost::json::value& order, const std::string& named);

}  // namespace orderhub::cli
