// Plain tables for a terminal.
#pragma once

#include <boost/json/value.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::cli {

/// Columns as wide as their widest cell; trailing blanks are cut.
void print_table(std::ostream& out, const std::vector<std::string>& heads,
                 const std::vector<std::vector<std::string>>& rows);

/// What a JSON Pointer leads to, as text for a cell; empty for null or nothing. Control characters
/// become blanks, so that text from outside cannot steer the terminal.
std::string cell(const boost::json::value& from, std::string_view pointer);

}  // namespace orderhub::cli
