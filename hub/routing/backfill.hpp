// Reads a connector's history, page by page, below the live traffic.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/routing/lane.hpp"

namespace orderhub::routing {

/// Records that may pass each second unless the operator says otherwise.
inline constexpr std::uint32_t kBackfillRate = 50;

/// How far a backfill has come; kept in the connector's durable state, so that whoever asks any hub
/// sees the same and a restart goes on.
struct BackfillRun {
    std::string state = "none";  ///< none | running | done | failed | cancelled
    std::string from;            ///< the cursor it began with
    std::string cursor;          ///< of the next page
    std::uint64_t pages = 0;
    std::uint64_t records = 0;   ///< as the connector gave them
    std::uint64_t queued = 0;    ///< of those, new or changed
    std::uint64_t released = 0;  ///< of those, no longer held back
    bool has_more = true;        ///< pages to read
    std::uint32_t max_per_second = kBackfillRate;
    Instant started_at = 0;
    Instant updated_at = 0;
    std::string error;  ///< why it ended early, or why the last page did not come
};

BackfillRun backfill_run(Queue& queue, const std::string& connector);

/// Begins a run from a cursor ("" is the beginning). Conflict "already_running".
Result<void> begin_backfill(Unit& unit, const Request& request, const std::string& connector,
                            const std::string& cursor, std::uint32_t max_per_second);
/// Ends a run: no further page is read, and what was read already is let go. Conflict
/// "not_running".
Result<void> cancel_backfill(Unit& unit, const Request& request, const std::string& connector);

/// The records of a page are stored at once and held back; then they are let go a few at a time, at
/// most so many a second and only while no due message of any connector waits. No page is read
/// while many records are held back. On the router's thread only.
class Backfill {
public:
    using Connectors = std::function<std::vector<std::string>()>;

    /// `connectors`: whose messages go first.
    Backfill(Line& line, Connectors connectors) : line_(line), connectors_(std::move(connectors)) {}

    /// Goes on with a run that was begun, if there is one and no other hub is at it.
    void resume();

private:
    struct Step;

    void step();
    void stepped(const Step& step);
    void fetch(const std::string& cursor);
    void fetched(const std::string& cursor, const CallResult& result);
    void store(const std::string& cursor, const CallResult& result);
    void failed(const CallResult& result);
    void rest(std::chrono::milliseconds delay);
    std::uint32_t allowance();

    Line& line_;
    const Connectors connectors_;
    bool is_at_it_ = false;
    std::uint32_t failures_ = 0;
    std::uint32_t per_second_ = kBackfillRate;
    Instant last_look_ = 0;
    std::uint64_t saved_up_ = 0;  ///< thousandths of a record
};

}  // namespace orderhub::routing
