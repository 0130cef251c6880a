// What changed since the last poll, by SystemModstamp.
#pragma once

#include <string>
#include <vector>

#include "documents/mark.hpp"
#include "salesforce_platform/client.hpp"

namespace orderhub::salesforce {

using documents::Mark;

/// A row that changed.
struct Change {
    std::string id;
    std::string owner;  ///< of a child: the id in `owner_field`
};

/// The list of one object type.
struct Feed {
    std::string object;       ///< "Case"
    std::string owner_field;  ///< "ParentId" of a child; empty: the row itself is what changed
    std::string condition;    ///< further SOQL condition, or empty
};

/// The next rows, oldest first, at most `most`; moves `mark` behind them.
std::vector<Change> next_changes(Client& client, const Feed& feed, Mark& mark, std::size_t most);

}  // namespace orderhub::salesforce
