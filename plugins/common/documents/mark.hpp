// How far a list that is ordered by an instant of change has been read. Pure.
//
// Two traps are dealt with. Several rows share a stamp, so the list is read from a stamp on, that
// stamp included, and what was handed over is remembered. A row becomes visible when its
// transaction is committed, under the stamp of its begin: so what lies up to kOverlapMs behind the
// newest stamp is looked at again.
#pragma once

#include <cstdint>
#include <map>
#include <orderhub/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace orderhub::documents {

using sdk::Json;

inline constexpr std::int64_t kOverlapMs = 120'000;

/// How far one list has been read.
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

}  // namespace orderhub::documents
