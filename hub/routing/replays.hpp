// Messages of a period run again: what a store keeps of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/routing/queue.hpp"

namespace orderhub::routing {

struct Replay {
    std::string id;  ///< "rp_" and a UUIDv7
    std::string connector;
    Instant from = 0;  ///< messages received from here
    Instant to = 0;    ///< and before here
    bool dry_run = false;
    std::string actor;
    std::string state;               ///< running | done | failed | cancelled
    std::int64_t cursor = 0;         ///< sequence of the last message that was taken
    std::int64_t last = 0;           ///< the newest message when it began: later ones do not count
    std::uint64_t messages = 0;      ///< taken so far
    std::uint64_t failed = 0;        ///< of a dry run: could not be understood or applied
    std::string differences = "[]";  ///< of a dry run: JSON array
    std::string error;
    Instant started_at = 0;
    Instant updated_at = 0;
};

/// One transaction, as Queue; the same object implements both.
class Replays {
public:
    virtual ~Replays() = default;

    /// Writes all of it.
    virtual void save(const Replay& replay) = 0;
    virtual std::optional<Replay> replay(std::string_view id) = 0;
    /// The one that runs, if one does.
    virtual std::optional<Replay> running_replay() = 0;
    /// Newest first.
    virtual std::vector<Replay> replays(std::uint32_t limit) = 0;

    /// The sequence of the newest message; 0 if there is none.
    virtual std::int64_t newest_message() = 0;
    /// Messages that a replay has still to take: done, of its connector and period, up to `limit`,
    /// oldest first. Looks at a bounded number of rows and moves the replay's cursor over what it
    /// has seen.
    virtual std::vector<InboxMessage> take_for(Replay& replay, std::uint32_t limit) = 0;
};

}  // namespace orderhub::routing
