// One poll: which tickets changed since the cursor, each handed over once.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "client.hpp"
#include "cursor.hpp"

namespace orderhub::request_tracker {

/// Most tickets that one poll hands over; the host calls again at once while there are more.
inline constexpr std::size_t kBatch = 20;

/// The tickets of one poll and the cursor behind them.
struct Batch {
    std::vector<std::string> tickets;
    Cursor next;
    std::int64_t left =
        std::numeric_limits<std::int64_t>::max();  ///< first transaction left for the next poll
};

class Feed {
public:
    Feed(const Settings& settings, Client& client) : settings_(settings), client_(client) {}

    /// The first cursor: begins at the tickets changed since `poll_from`, and remembers the newest
    /// transaction, so that what changes while those are brought is brought afterwards.
    Cursor start(std::int64_t now_ms);
    /// The same from an instant as RT's queries take it (2026-01-31T12:00:00Z): a backfill.
    Cursor start_from(std::string since);

    /// The next tickets. While the first ones are brought: by LastUpdated; then by the feed of
    /// transactions, without this connector's own.
    Batch next(const Cursor& cursor);

private:
    Batch next_by_update(const Cursor& cursor);
    Batch next_by_transaction(const Cursor& cursor);
    void take(Batch& batch, const json::object& item) const;
    std::string any_queue(std::string_view field) const;
    std::string transaction_query(std::int64_t above) const;

    const Settings& settings_;
    Client& client_;
};

}  // namespace orderhub::request_tracker
