// What is left under way is taken up by the next run.
#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

TEST_F(RouterTest, StopWaitsForRunningCallsAndLeavesTheRest) {
    std::promise<Caller::Done> running;
    erp_.calls_at_once = 1;
    erp_.on_execute = [&](const Delivery&, Caller::Done done) {
        running.set_value(std::move(done));
    };
    start();
    send({"a1", "b1"});
    auto done = running.get_future().get();
    router_->close();
    std::promise<void> stopped;
    std::jthread stopper([&] {
        router_->stop();
        stopped.set_value();
    });
    auto end = stopped.get_future();
    EXPECT_EQ(end.wait_for(std::chrono::milliseconds(30)), std::future_status::timeout);
    done({});
    end.wait();
    EXPECT_TRUE(is("a1", DeliveryState::done));
    EXPECT_TRUE(is("b1", DeliveryState::waiting));
    EXPECT_EQ(delivery("b1").attempts, 0U);
}

TEST_F(RouterTest, WhatAnEndedRunLeftUnderWayIsTakenUp) {
    send({"a1", "a2"});
    const auto left = store_->write([](store::Transaction& unit) -> Result<void> {
        auto delivery = unit.due_deliveries("erp", 9'000'000'000'000, 1).at(0);
        delivery.state = DeliveryState::in_flight;
        delivery.attempts = 1;
        unit.update(delivery);
        InboxMessage message;
        message.connector = "shop";
        message.message_id = "m1";
        message.record_kind = "order";
        message.body = "left";
        message = unit.accept(message).value();
        message.state = InboxState::working;
        message.attempts = 1;
        unit.update(message);
        return {};
    });
    ASSERT_TRUE(left);
    std::mutex mutex;
    std::map<std::string, std::uint32_t> attempts;
    erp_.on_execute = [&](const Delivery& delivery, const Caller::Done& done) {
        const std::scoped_lock lock(mutex);
        attempts[delivery.key] = delivery.attempts;
        done({});
    };
    start();
    EXPECT_TRUE(soon([&] { return is("a2", DeliveryState::done) && is_applied("order", "left"); }));
    EXPECT_EQ(erp_.executed(), (Keys{"a1", "a2"}));
    const std::scoped_lock lock(mutex);
    EXPECT_EQ(attempts["a1"], 2U) << "the connector looks first";
    EXPECT_EQ(attempts["a2"], 1U);
}

TEST_F(RouterTest, ARestartGoesOnWithWhatWaits) {
    settings_.backoff = {std::chrono::hours(1), std::chrono::hours(1)};
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) {
        done(failure(Outcome::retry, "unreachable"));
    };
    start();
    send({"a1", "b1"});
    EXPECT_TRUE(soon([&] { return router_->metrics("erp")->retried >= 1; }));
    close_all();
    open_store();
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) { done({}); };
    start();
    EXPECT_TRUE(
        soon([&] { return is("a1", DeliveryState::done) && is("b1", DeliveryState::done); }));
}

}  // namespace orderhub::routing
