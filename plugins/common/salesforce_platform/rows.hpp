// Reading the rows that a query gives. Pure.
#pragma once

#include <orderhub/json.hpp>
#include <string_view>
#include <vector>

namespace orderhub::salesforce {

/// The rows of a sub-query that came whole; none for null.
inline const std::vector<sdk::Json>& rows_at(const sdk::Json& row, std::string_view relation) {
    static const std::vector<sdk::Json> kNone;
    const sdk::Json& list = row[relation];
    return list["records"].is_array() ? list["records"].items() : kNone;
}

}  // namespace orderhub::salesforce
