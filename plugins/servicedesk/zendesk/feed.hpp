// Where the incremental export of tickets goes on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client.hpp"

namespace orderhub::zendesk {

/// A place in the export: Zendesk's own cursor, or before there is one an instant.
struct Position {
    std::string after;        ///< empty: by `from_s`
    std::int64_t from_s = 0;  ///< seconds since 1970
};

/// The export leaves out the last minute and refuses to begin within it.
Position latest_start(std::int64_t now_ms);

/// Of the stored cursor, empty the first time. Throws Stop (rejected) for one of another make.
Position to_position(const Settings& settings, std::string_view cursor, std::int64_t now_ms);
std::string to_cursor(const Position& position);

/// The page at `position`, as Zendesk gives it.
Json read_export(const Settings& settings, Client& client, const Position& position);

/// The position behind `page`, which was read at `position`. A page with nothing on it may name no
/// place to go on from; then it is the same.
Position next_position(const Json& page, const Position& position);

}  // namespace orderhub::zendesk
