// Where a poll goes on: JSON text in the host's keeping.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fields.hpp"

namespace orderhub::vendure {

/// A place in a list sorted by an instant. The API shows milliseconds of a column with
/// microseconds, so the list is asked again from the last millisecond on, and rows seen there are
/// dropped.
struct Position {
    std::int64_t at_ms = 0;
    std::vector<std::pair<std::string, std::int64_t>>
        seen;  ///< order id and instant, of the last two milliseconds

    bool has_seen(std::string_view id, std::int64_t instant_ms) const;
    void advance(std::string id, std::int64_t instant_ms);
};

/// A list that is read from its newest known row on, again and again.
struct Window {
    std::int64_t high_ms = 0;          ///< instant of the newest row seen
    std::optional<Position> position;  ///< set while a reading is under way
};

struct Cursor {
    /// Set while everything since that instant is emitted, known or not: first `updated`, then
    /// `placed`.
    std::optional<std::int64_t> backfill_from_ms;
    bool backfill_placed = false;
    Window updated;
    Window placed;
    std::int64_t sweep_number = 1;
    std::int64_t sweep_due_ms = 0;
    std::optional<Position> sweep;  ///< set while the open orders are listed
    std::optional<std::size_t>
        leavers;  ///< set while orders that left the open states are looked up: the shard
    std::int64_t closed_due_ms = 0;
    std::optional<Position> closed;  ///< set while the recent closed orders are listed
};

/// Reads "" (start at `default_from_ms`), {"from":"RFC3339"} (backfill from there) or what
/// write_cursor made. Throws std::exception for anything else.
Cursor read_cursor(std::string_view text, std::int64_t default_from_ms);
std::string write_cursor(const Cursor& cursor);

}  // namespace orderhub::vendure
