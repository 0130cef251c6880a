// What changed since the last poll, by SystemModstamp. Pure but for next().
//
// Two traps are dealt with. Several rows share a stamp, so the list is read from a stamp on, that
// stamp included, and what was handed over is remembered. A row becomes visible when its
// transaction is committed, under the stamp of its begin: so what lies up to kOverlapMs behind the
// newest stamp is looked at again.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "salesforce_platform/client.hpp"

namespace orderhub::salesforce {

inline constexpr std::int64_t kOverlapMs = 120'000;

/// How far one object type has been read.
struct Mark {
    std::int64_t from_ms =
        0;  ///< whole seconds; every row with an earlier stamp has been handed over
    std::map<std::int64_t, std::set<std::string>> seen;  ///< ids handed over since, by their stamp

    bool has_seen(std::int64_t stamp_ms, std::string_view id) const;
    void see(std::int64_t stamp_ms, std::string_view id);

    /// Moves on, as far as the overlap allows. More than 2,000 remembered rows make it shorter, but
    /// the newest second is kept whole.
    void settle();

    friend bool operator==(const Mark&, const Mark&) = default;
};

Json to_json(const Mark& mark);
/// Throws JsonError if it is none that to_json made.
Mark to_mark(const Json& json);

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
