// What the channels of all subscriptions have in common. On the dispatcher's thread only, unless it
// says otherwise.
#pragma once

#include <atomic>
#include <functional>
#include <random>
#include <string>

#include "hub/routing/scheduler.hpp"
#include "hub/routing/subscription_ports.hpp"

namespace orderhub::routing {

struct DispatchSettings {
    std::function<Instant()> now_ms;  ///< the wall clock; any thread
    std::string source;               ///< the hub's public address, in every event
    RetryRules rules = {};
    std::uint32_t read_ahead = 64;        ///< events of one subscription in memory
    std::size_t max_body_bytes = 262144;  ///< a longer event goes without its data
    /// The cursor is stored after so many deliveries, or when nothing has moved it for so long. A
    /// hub that is killed in between sends those again, under the same ids.
    std::uint32_t store_after_events = 64;
    std::chrono::milliseconds store_after{100};
    /// What passed by without being wanted is stored less often: reading it again costs little.
    std::int64_t store_after_passed = 2'000;
    /// How often to look for what another hub has done: events, changes, its end.
    std::chrono::milliseconds look_again{30'000};
    std::chrono::milliseconds store_retry{1'000};  ///< pause after the store could not write
    std::uint64_t seed = 0;                        ///< of the jitter; 0 takes one from the system
};

/// Counters of all subscriptions together since start. Any thread.
struct DispatchMetrics {
    std::atomic<std::uint64_t> delivered{0};
    std::atomic<std::uint64_t> retried{0};   ///< tries that did not deliver and are made again
    std::atomic<std::uint64_t> disabled{0};  ///< tries after which a subscription was given up
};

class SubscriptionDesk {
public:
    SubscriptionDesk(SubscriptionUnits& all_units, PostSender& the_sender, Scheduler& the_scheduler,
                     DispatchSettings all_settings);

    SubscriptionUnits& units;
    PostSender& sender;
    Scheduler& scheduler;
    const DispatchSettings settings;
    DispatchMetrics metrics;

    Instant now() const { return settings.now_ms(); }
    std::uint64_t random() { return random_(); }
    bool is_closing() const { return closing_; }
    void close() { closing_ = true; }

    /// Runs a unit; `then` runs on the dispatcher's thread.
    void write(SubscriptionUnits::Work work, std::function<void(Result<void>)> then);
    /// Signs and sends a line; `then` runs on the dispatcher's thread.
    void post(const Subscription& to, const JournalLine& line,
              std::function<void(PostResult)> then);
    void after(std::chrono::milliseconds delay, std::function<void()> task);
    /// `idle` runs as soon as no unit and no call is under way.
    void when_idle(std::function<void()> idle);

private:
    void end_work();

    std::mt19937_64 random_;
    bool closing_ = false;
    std::size_t under_way_ = 0;
    std::function<void()> idle_;
};

}  // namespace orderhub::routing
