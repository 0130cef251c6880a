// What sending events to subscribers needs of others: units of work, and a way to their addresses.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/routing/subscription.hpp"

namespace orderhub::routing {

/// One unit of work; store::Store's contract holds.
class SubscriptionUnit {
public:
    virtual ~SubscriptionUnit() = default;
    virtual Subscriptions& rows() = 0;
    /// True if this hub is the one that sends for a subscription: of several hubs on one database
    /// only one does.
    virtual bool is_ours(std::string_view subscription_id) = 0;
    /// An entry of the hub's own; `data` is a JSON object.
    virtual void journal(Instant now, const std::string& type, const std::string& data) = 0;
};

/// A store, as the dispatcher sees it.
class SubscriptionUnits {
public:
    using Work = std::function<Result<void>(SubscriptionUnit&)>;
    using Look = std::function<Result<void>(Subscriptions&)>;
    using Done = std::function<void(Result<void>)>;

    virtual ~SubscriptionUnits() = default;
    virtual void write(Work work, Done done) = 0;
    virtual Result<void> read(const Look& look) = 0;
};

/// A signed event on its way out.
struct Post {
    std::string subscription_id;  ///< connections are not shared between subscriptions
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// POSTs to addresses that subscriptions name, within a deadline and a size of the answer that are
/// the sender's own. Functions are called on any thread and do not block; `done` runs exactly once,
/// on any thread.
class PostSender {
public:
    using Done = std::function<void(PostResult)>;

    virtual ~PostSender() = default;
    virtual void send(Post post, Done done) = 0;
    /// Ends what is under way, and all that comes later, as stopped.
    virtual void stop() = 0;
};

}  // namespace orderhub::routing
