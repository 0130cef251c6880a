// Walking one of the shop's order lists, page by page, without losing rows that move while it is
// read.
#pragma once

#include <functional>
#include <string_view>

#include "client.hpp"
#include "cursor.hpp"

namespace orderhub::vendure {

struct Listing {
    json::object filter;
    std::string_view field;  ///< the instant that it is sorted by: updatedAt or orderPlacedAt
};

/// Hands rows from `position` on to `take`, oldest first, each once, and moves the position after
/// each; ends early when `take` says false. Every page starts again from the last instant, never at
/// an offset. True if the list's end was reached. Throws sdk::Stop.
bool walk(sdk::Call& call, Client& client, const Listing& listing, std::size_t page_size,
          Position& position, const std::function<bool(const json::object& row)>& take);

}  // namespace orderhub::vendure
