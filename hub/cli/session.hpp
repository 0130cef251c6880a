// What a command that asks the hub works with, and how it prints.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hub/cli/client.hpp"
#include "hub/cli/table.hpp"

namespace orderhub::cli {

struct Session {
    Client client;
    bool json = false;      ///< print the API's documents instead of tables
    bool terminal = false;  ///< stdout is one, so lines may be redrawn
};

/// To stdout, at once. False if nobody reads it any more.
bool print(std::string_view text);

/// Prints the document as it came, if --json asks for it, else what `page` makes of it.
Expected<int> show(const Session& session, const Answer& answer,
                   const std::function<std::string(const boost::json::value&)>& page);

/// Prints a page of {"items":[...], "next":...} as a table with one row for each item, or
/// `nothing`; says how to go on if there is more.
Expected<int> show_list(
    const Session& session, const Answer& answer, Table table,
    const std::function<std::vector<std::string>(const boost::json::value&)>& row,
    std::string_view nothing, std::string_view pointer = "/items");

}  // namespace orderhub::cli
