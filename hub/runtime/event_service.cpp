#include "hub/runtime/event_service.hpp"

#include <future>

#include "hub/http/instant.hpp"

namespace orderhub::runtime {

namespace {

class StoreUnit final : public routing::SubscriptionUnit {
public:
    StoreUnit(store::Transaction& transaction, const servicing::MakeId& make_id)
        : transaction_(transaction), make_id_(make_id) {}

    routing::Subscriptions& rows() override { return transaction_; }
    bool is_ours(std::string_view subscription_id) override {
        return transaction_.hold_lease(subscription_id);
    }
    void journal(routing::Instant now, const std::string& type, const std::string& data) override {
        servicing::Event event;
        event.id = make_id_("ev");
        event.type = type;
        event.actor = "hub";
        event.data = data;
        event.at = http::rfc3339(now);
        transaction_.append(std::move(event));
    }

private:
    store::Transaction& transaction_;
    const servicing::MakeId& make_id_;
};

}  // namespace

void SubscriptionStore::write(Work work, Done done) {
    store_.write(
        [this, work = std::move(work)](store::Transaction& transaction) {
            StoreUnit unit(transaction, make_id_);
            return work(unit);
        },
        std::move(done));
}

Result<void> SubscriptionStore::read(const Look& look) {
    return store_.read([&](store::Transaction& transaction) { return look(transaction); });
}

EventService::EventService(store::Store& store, servicing::MakeId make_id, EventSettings settings)
    : make_id_(std::move(make_id)),
      units_(store, make_id_),
      sender_(std::move(settings.sender)),
      dispatcher_(units_, sender_, scheduler_, std::move(settings.dispatch)) {}

void EventService::bind(http::Operations& operations) {
    operations.check_subscriber = [this](const std::string& url) { return sender_.check(url); };
    operations.subscriptions_changed = [this] { dispatcher_.changed(); };
    operations.test_subscription = [this](const std::string& id) { return test(id); };
}

Result<boost::json::object> EventService::test(const std::string& subscription_id) {
    std::promise<Result<routing::PostResult>> answer;
    const auto event_id = make_id_("ev");
    dispatcher_.test(subscription_id, event_id, [&](Result<routing::PostResult> result) {
        answer.set_value(std::move(result));
    });
    const auto result = answer.get_future().get();
    if (!result) return std::unexpected(result.error());
    return boost::json::object{
        {"subscription", subscription_id},
        {"event", event_id},
        {"delivered", routing::verdict_of(*result) == routing::Verdict::delivered},
        {"status", result->status},
        {"message", result->message}};
}

void EventService::stop() {
    if (std::exchange(stopped_, true)) return;
    dispatcher_.stop();
    scheduler_.stop();
}

}  // namespace orderhub::runtime
