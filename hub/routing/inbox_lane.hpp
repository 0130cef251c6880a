// The way in of one connector: waiting messages become applied records.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "hub/routing/lane.hpp"

namespace orderhub::routing {

/// Each message goes through: counted and working (durable, many in one unit) -> received by the
/// connector -> all its records applied and the message done, in one unit. What another hub has
/// taken over meanwhile is left to it. On the router's thread only.
class InboxLane {
public:
    explicit InboxLane(Line& line) : line_(line), alarm_(line.workshop, [this] { pump(); }) {}

    /// Begins as many due messages as may run at once.
    void pump();
    /// Whether a message that comes in now may be begun as it is stored, which saves it a wait:
    /// true if nothing waits and there is room, which is taken then. Any thread; then either
    /// begun() on the router's thread or leave() must follow.
    bool try_enter();
    /// Gives the room back. Any thread.
    void leave() { room_.give_back(); }
    /// The message was stored as begun by this hub.
    void begun(InboxMessage message);

private:
    /// A message under way and what the connector made of it; shared by the steps.
    struct Job {
        InboxMessage message;
        CallResult result;
    };
    using JobPtr = std::shared_ptr<Job>;

    void take(std::uint32_t limit);
    void taken(std::vector<InboxMessage> messages, bool is_all, std::optional<Instant> next);
    void receive(const JobPtr& job);
    void apply(const JobPtr& job);
    void settle(const InboxMessage& message, const CallResult& result, bool counts);
    void store(const InboxMessage& message);
    void finish();
    void try_later(std::function<void()> task);

    Line& line_;
    Alarm alarm_;
    bool taking_ = false;
    bool look_again_ = false;  ///< something came while the lane was taking
    Room room_;
    std::atomic<bool> is_open_ = false;  ///< nothing waits, and calls may be made
};

}  // namespace orderhub::routing
