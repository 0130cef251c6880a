// Where the poll goes on. Pure.
//
// RT numbers transactions in the order in which they begin, but they become visible in the order in
// which they are committed: a smaller id may appear after a larger one. So the last id alone would
// lose changes. The cursor keeps a floor, under which everything has been seen, and the ids above
// it that were seen; the floor follows the newest transaction at a distance of kOverlapSeconds of
// RT's own clock.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderhub::request_tracker {

inline constexpr std::int64_t kOverlapSeconds = 60;

struct Cursor {
    /// While the first tickets are brought: the last LastUpdated that was handed over (RFC 3339),
    /// and the tickets of that second that were. Empty afterwards.
    std::string since;
    std::vector<std::string> since_done;

    std::int64_t floor = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>>
        seen;  ///< (id, seconds created), by id, all above the floor

    bool is_backfill() const { return !since.empty(); }
    bool has_seen(std::int64_t id) const;
    void mark_seen(std::int64_t id, std::int64_t created_s);

    /// Moves the floor up as far as the overlap allows, but stays below `left`, the first id that
    /// was looked at and left for the next poll. Otherwise at most 1,000 ids are kept: where more
    /// begin within the overlap, it is shorter.
    void settle(std::int64_t left = std::numeric_limits<std::int64_t>::max());

    friend bool operator==(const Cursor&, const Cursor&) = default;
};

std::string to_text(const Cursor& cursor);

/// If the text is the hub's {"from": instant}, the instant to the second; empty for any other
/// object. Throws std::exception if it is no object.
std::string backfill_start(std::string_view text);

/// Throws std::exception if the text is not one that to_text made.
Cursor to_cursor(std::string_view text);

}  // namespace orderhub::request_tracker
