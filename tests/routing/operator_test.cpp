#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

namespace {

/// Runs an operator's action and waits for its end.
template <class Action>
Result<void> wait_for(const Action& action) {
    std::promise<Result<void>> outcome;
    action([&](Result<void> result) { outcome.set_value(std::move(result)); });
    return outcome.get_future().get();
}

}  // namespace

TEST_F(RouterTest, AParkedDeliveryIsRetriedByAnOperator) {
    std::atomic<bool> mended = false;
    erp_.on_execute = [&](const Delivery&, const Caller::Done& done) {
        done(mended ? CallResult{} : failure(Outcome::rejected, "closed_period"));
    };
    start();
    send({"a1", "a2"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    mended = true;
    const auto id = delivery("a1").id;
    const Actor kim{"agent:kim", "192.0.2.7", "trace"};
    EXPECT_TRUE(wait_for([&](auto done) { router_->retry(id, kim, done); }));
    EXPECT_TRUE(soon([&] { return is("a2", DeliveryState::done); }));
    EXPECT_EQ(event_types(), Keys{"delivery.retried"});
    EXPECT_EQ(addresses(), Keys{"192.0.2.7"});
    const auto again = wait_for([&](auto done) { router_->retry(id, {"agent:kim"}, done); });
    EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
}

TEST_F(RouterTest, ADroppedDeliveryLetsTheNextOneGo) {
    erp_.on_execute = [](const Delivery& delivery, const Caller::Done& done) {
        done(delivery.key == "a1" ? failure(Outcome::rejected, "no") : CallResult{});
    };
    start();
    send({"a1", "a2"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    EXPECT_TRUE(wait_for([&](auto done) {
        router_->drop(delivery("a1").id, "booked by hand", {"agent:kim"}, done);
    }));
    EXPECT_TRUE(soon([&] { return is("a2", DeliveryState::done); }));
    EXPECT_TRUE(is("a1", DeliveryState::dropped));
    EXPECT_EQ(delivery("a1").error_message, "booked by hand");
}

TEST_F(RouterTest, AWaitingDeliveryIsParkedByAnOperator) {
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) {
        done(failure(Outcome::retry, "locked", std::chrono::hours(1)));
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] {
        return !delivery("a1").history.empty() && delivery("a1").attempts == 1 &&
               is("a1", DeliveryState::waiting);
    }));
    EXPECT_TRUE(
        wait_for([&](auto done) { router_->park(delivery("a1").id, {"agent:kim"}, done); }));
    EXPECT_TRUE(is("a1", DeliveryState::parked));
    EXPECT_EQ(
        wait_for([&](auto done) { router_->park("dl_none", {"agent:kim"}, done); }).error().kind,
        ErrorKind::NotFound);
}

TEST_F(RouterTest, AParkedMessageIsRetriedByAnOperator) {
    std::atomic<bool> mended = false;
    shop_.on_receive = [&](const InboxMessage&, const Caller::Done& done) {
        CallResult result;
        result.records.push_back({"order", "1", "good"});
        done(mended ? result : failure(Outcome::rejected, "not_json"));
    };
    start();
    EXPECT_TRUE(intake("m1", "x"));
    EXPECT_TRUE(soon([&] { return parked_messages().size() == 1; }));
    mended = true;
    const auto sequence = parked_messages().at(0).sequence;
    EXPECT_TRUE(
        wait_for([&](auto done) { router_->retry_message(sequence, {"agent:kim"}, done); }));
    EXPECT_TRUE(soon([&] { return is_applied("order", "good"); }));
    EXPECT_EQ(event_types(), (Keys{"message.parked", "message.retried"}));
    EXPECT_TRUE(soon([&] { return router_->metrics("shop")->applied == 1; }));
    EXPECT_EQ(wait_for([&](auto done) { router_->retry_message(sequence, {"agent:kim"}, done); })
                  .error()
                  .kind,
              ErrorKind::Conflict);
    EXPECT_EQ(
        wait_for([&](auto done) { router_->retry_message(99, {"agent:kim"}, done); }).error().kind,
        ErrorKind::NotFound);
}

}  // namespace orderhub::routing
