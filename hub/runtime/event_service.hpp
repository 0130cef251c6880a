// Events for subscribers: the dispatcher with all that it needs.
#pragma once

#include <memory>

#include "hub/http/operations.hpp"
#include "hub/routing/subscription_dispatcher.hpp"
#include "hub/runtime/webhook_sender.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// The store as the dispatcher sees it; it must outlive it.
class SubscriptionStore final : public routing::SubscriptionUnits {
public:
    SubscriptionStore(store::Store& store, servicing::MakeId make_id)
        : store_(store), make_id_(std::move(make_id)) {}
    void write(Work work, Done done) override;
    Result<void> read(const Look& look) override;

private:
    store::Store& store_;
    const servicing::MakeId make_id_;
};

struct EventSettings {
    WebhookSenderSettings sender;
    routing::DispatchSettings dispatch;
};

class EventService {
public:
    EventService(store::Store& store, servicing::MakeId make_id, EventSettings settings);
    ~EventService() { stop(); }

    void start() { dispatcher_.start(); }
    /// Something was committed. Any thread, cheap.
    void committed() { dispatcher_.committed(); }
    /// The operations use this service: it must outlive them.
    void bind(http::Operations& operations);
    const routing::DispatchMetrics& metrics() const { return dispatcher_.metrics(); }
    /// Ends calls that are under way; nobody is called any more.
    void close() { sender_.stop(); }
    /// close(), and stores the cursors. Twice does nothing.
    void stop();

private:
    Result<boost::json::object> test(const std::string& subscription_id);

    const servicing::MakeId make_id_;
    SubscriptionStore units_;
    WebhookSender sender_;
    routing::ThreadScheduler scheduler_;
    routing::SubscriptionDispatcher dispatcher_;
    bool stopped_ = false;
};

}  // namespace orderhub::runtime
