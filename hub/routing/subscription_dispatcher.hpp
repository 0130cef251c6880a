// Sends the journal's events to all subscribers.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "hub/routing/subscription_channel.hpp"

namespace orderhub::routing {

/// Life: construct -> start -> stop. The scheduler must end before the dispatcher is destroyed, and
/// units, sender and scheduler later.
class SubscriptionDispatcher {
public:
    using Tested = std::function<void(Result<PostResult>)>;

    SubscriptionDispatcher(SubscriptionUnits& units, PostSender& sender, Scheduler& scheduler,
                           DispatchSettings settings);
    SubscriptionDispatcher(const SubscriptionDispatcher&) = delete;
    SubscriptionDispatcher& operator=(const SubscriptionDispatcher&) = delete;

    /// Reads the subscriptions and begins. Any thread.
    void start();
    /// Something was committed: there may be news. Any thread, cheap.
    void committed();
    /// A subscription was made, changed or removed. Any thread.
    void changed();
    /// Sends an event of the type subscription.test, with this id, at once and once; the
    /// subscription stays as it is. Error: NotFound. Any thread; `done` on the dispatcher's.
    void test(const std::string& subscription_id, const std::string& event_id, Tested done);
    const DispatchMetrics& metrics() const { return desk_.metrics; }
    /// Ends the calls that are under way, stores the cursors. Not from a callback.
    void stop();

private:
    void reload();
    void sync(std::vector<Subscription> rows);
    void claim();
    void claimed(const std::vector<Subscription>& rows);
    void look_again();
    void pump_all();

    SubscriptionDesk desk_;
    std::map<std::string, std::shared_ptr<SubscriptionChannel>> channels_;
    bool is_claiming_ = false;
    std::atomic<bool> has_subscribers_ = false;
    std::atomic<bool> is_woken_ = false;
};

}  // namespace orderhub::routing
