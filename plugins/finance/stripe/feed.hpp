// What became of refunds: events, newest first, walked back to where the last walk had begun.
#pragma once

#include <cstdint>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "client.hpp"
#include "settings.hpp"

namespace orderhub::stripe {

/// How far events have been read. A walk that was not finished goes on behind `after`.
struct Mark {
    std::int64_t from_s = 0;        ///< events created then or later
    std::int64_t newest_s = 0;      ///< of the walk under way
    std::string after;              ///< id of the last event read; empty between walks
    std::vector<std::string> seen;  ///< ids of events near from_s that were read before
};

Mark to_mark(const Settings& settings, std::string_view cursor, std::int64_t now_ms);
std::string to_cursor(const Mark& mark);

/// Emits the refunds of new events as they are now, and sets the cursor. Throws Stop.
void poll_events(const Settings& settings, Client& client, sdk::Call& call, Mark mark,
                 sdk::LeftOut& left_out);

/// Emits the refund if it is one of the hub's. Throws Stop rejected if no record can be made of it.
void emit_refund(const Settings& settings, Client& client, sdk::Call& call, const std::string& id);

/// The same for one of a list, which is left out if no record can be made of it.
void take_refund(const Settings& settings, Client& client, sdk::Call& call, const std::string& id,
                 sdk::LeftOut& left_out);

}  // namespace orderhub::stripe
