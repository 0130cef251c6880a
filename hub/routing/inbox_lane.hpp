// The way in of one connector: waiting messages become applied records.
#pragma once

#include <cstdint>
#include <deque>
#include <set>

#include "hub/routing/lane.hpp"

namespace orderhub::routing {

/// Each message goes through: counted and working (durable) -> received by the connector -> all its
/// records applied and the message done, in one unit. On the router's thread only.
class InboxLane {
public:
    explicit InboxLane(Line& line) : line_(line), alarm_(line.workshop, [this] { pump(); }) {}

    /// Begins as many due messages as may run at once.
    void pump();

private:
    void look();
    void begin(const InboxMessage& message);
    void receive(const InboxMessage& message);
    void apply(const InboxMessage& message, const CallResult& result);
    void settle(const InboxMessage& message, const CallResult& result, bool counts);
    void store(const InboxMessage& message);
    void finish(std::int64_t sequence);
    void try_later(std::function<void()> task, std::int64_t sequence);

    Line& line_;
    Alarm alarm_;
    std::deque<InboxMessage> found_;
    std::set<std::int64_t> active_;
};

}  // namespace orderhub::routing
