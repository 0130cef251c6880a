// Where a poll goes on: JSON text in the host's keeping. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::tryton {

/// The last invoice that was read of a list sorted by an instant, then by id.
struct Place {
    std::int64_t at_us = 0;
    std::int64_t id = 0;
};

/// A list that is read from its newest known invoice on, again and again.
struct Window {
    std::int64_t high_us = 0;    ///< instant of the newest invoice seen
    std::optional<Place> place;  ///< set while a reading is under way
};

/// Tryton leaves write_date empty until a record is changed for the first time, and cannot sort by
/// one date or the other, so there are two lists. An invoice that moves from the first to the
/// second comes to the end of the second: none is lost between them.
struct Cursor {
    Window created;
    Window written;
};

/// Reads "" (start at `default_from_us`), {"from":"RFC3339"} or what write_cursor made. Throws
/// std::exception for anything else.
Cursor read_cursor(std::string_view text, std::int64_t default_from_us);
std::string write_cursor(const Cursor& cursor);

}  // namespace orderhub::tryton
