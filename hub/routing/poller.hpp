// Asks a connector for what has changed, page by page.
#pragma once

#include <functional>
#include <string>

#include "hub/routing/lane.hpp"

namespace orderhub::routing {

/// How far a round of polling has come. A round ends with a page that brings nothing new or leaves
/// the cursor.
struct PollProgress {
    bool running = false;
    std::uint64_t pages = 0;
    std::uint64_t records = 0;  ///< as the connector gave them
    std::uint64_t queued = 0;   ///< of those, new or changed
    std::string cursor;
    std::string error;  ///< why the last round ended early; empty if it did not
};

/// One series of polls with a cursor of its own in the connector's durable state, by one hub at a
/// time. On the router's thread only.
class Poller {
public:
    using Changed = std::function<void(const PollProgress&)>;

    /// `interval` nothing: never. `changed` is called after each page.
    Poller(Line& line, std::string cursor_key, std::optional<std::chrono::milliseconds> interval,
           Changed changed);

    /// Polls now, if it is not under way already, and goes on with the interval.
    void poll();

private:
    void claim();
    void next_page();
    void fetched(const std::string& cursor, const CallResult& result);
    void store(const std::string& cursor, const CallResult& result);
    void end_round(const std::string& error, std::chrono::milliseconds wait);

    Line& line_;
    const std::string cursor_key_;
    const std::optional<std::chrono::milliseconds> interval_;
    const Changed changed_;
    Alarm alarm_;
    std::uint32_t failures_ = 0;
    PollProgress progress_;
};

}  // namespace orderhub::routing
