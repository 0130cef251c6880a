#include <algorithm>

#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

using std::chrono::milliseconds;

TEST_F(RouterTest, ADeliveryIsExecutedOnceAndToldAtEachStep) {
    erp_.on_execute = [](const Delivery& delivery, const Caller::Done& done) {
        EXPECT_EQ(delivery.state, DeliveryState::in_flight);
        EXPECT_EQ(delivery.attempts, 1U);
        CallResult result;
        result.result = R"({"number":"CM-1"})";
        result.records.push_back({"order", "7", "echo"});
        result.state.emplace_back("session", "s1");
        done(result);
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::done); }));
    EXPECT_EQ(delivery("a1").result, R"({"number":"CM-1"})");
    EXPECT_EQ(erp_.executed(), Keys{"a1"});
    EXPECT_EQ(notes(), (Keys{"told a1 in_flight", "told a1 done", "applied order echo"}));
    EXPECT_TRUE(store_->read([](store::Transaction& unit) -> Result<void> {
        EXPECT_EQ(unit.connector_state("erp", "session"), "s1");
        return {};
    }));
    EXPECT_EQ(router_->metrics("erp")->delivered, 1U);
}

TEST_F(RouterTest, TheAttemptIsOnDiskBeforeTheCall) {
    erp_.on_execute = [this](const Delivery& called, const Caller::Done& done) {
        const auto stored = delivery(called.key);
        EXPECT_EQ(stored.state, DeliveryState::in_flight);
        EXPECT_EQ(stored.attempts, called.attempts);
        done({});
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::done); }));
}

TEST_F(RouterTest, DeliveriesOfOneKeyGoInOrderAlsoThroughRetries) {
    std::map<std::string, int> tries;
    erp_.on_execute = [&](const Delivery& delivery, const Caller::Done& done) {
        if (++tries[delivery.key] < 3)
            done(failure(Outcome::retry, "locked"));
        else
            done({});
    };
    start();
    send({"a1", "a2", "a3"});
    EXPECT_TRUE(soon([&] { return is("a3", DeliveryState::done); }));
    EXPECT_EQ(erp_.executed(), (Keys{"a1", "a1", "a1", "a2", "a2", "a2", "a3", "a3", "a3"}));
    EXPECT_EQ(delivery("a2").attempts, 3U);
}

TEST_F(RouterTest, AHeldKeyDelaysNoNeighbour) {
    erp_.on_execute = [](const Delivery& delivery, const Caller::Done& done) {
        if (delivery.key == "a1")
            done(failure(Outcome::rejected, "no_such_invoice"));
        else if (delivery.key == "b1")
            done(failure(Outcome::retry, "locked", milliseconds(3'600'000)));
        else
            done({});
    };
    start();
    send({"a1", "a2", "b1", "b2", "c1", "c2", "d1"});
    EXPECT_TRUE(
        soon([&] { return is("c2", DeliveryState::done) && is("d1", DeliveryState::done); }));
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    EXPECT_EQ(delivery("a1").error_message, "words");
    EXPECT_TRUE(is("a2", DeliveryState::waiting));
    EXPECT_TRUE(is("b2", DeliveryState::waiting));
    EXPECT_EQ(delivery("a2").attempts + delivery("b2").attempts, 0U);
}

TEST_F(RouterTest, ASlowConnectorDelaysNoOther) {
    std::vector<Caller::Done> held;
    std::atomic<std::size_t> holding = 0;
    erp_.on_execute = [&](const Delivery&, Caller::Done done) {
        held.push_back(std::move(done));
        ++holding;
    };
    erp_.calls_at_once = 2;
    start();
    send({"a1", "b1", "c1"}, "erp");
    EXPECT_TRUE(soon([&] { return holding == 2; }));
    send({"x1", "y1"}, "shop");
    EXPECT_TRUE(
        soon([&] { return is("x1", DeliveryState::done) && is("y1", DeliveryState::done); }));
    EXPECT_EQ(holding, 2U) << "no more at once than the manifest says";
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) { done({}); };
    for (auto& done : held)
        done({});
    EXPECT_TRUE(soon([&] { return is("c1", DeliveryState::done); }));
}

TEST_F(RouterTest, AfterAnOutageDeliveriesArriveInTheOrderOfTheirMaking) {
    std::atomic<bool> down = true;
    std::mutex mutex;
    Keys arrived;
    erp_.on_execute = [&](const Delivery& delivery, const Caller::Done& done) {
        if (down) {
            done(failure(Outcome::retry, "unreachable"));
            return;
        }
        const std::scoped_lock lock(mutex);
        arrived.push_back(delivery.key);
        done({});
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return erp_.executed().size() >= 2; }));
    EXPECT_TRUE(soon([&] { return router_->metrics("erp")->paused.load(); }));
    send({"b1"});
    send({"c1"});
    const auto before = erp_.executed().size();
    EXPECT_TRUE(soon([&] { return erp_.executed().size() > before + 6; }));
    EXPECT_EQ(delivery("a1").failures, 0U) << "an outage parks nobody";
    down = false;
    EXPECT_TRUE(soon([&] {
        return is("c1", DeliveryState::done) && is("a1", DeliveryState::done) &&
               is("b1", DeliveryState::done);
    }));
    const std::scoped_lock lock(mutex);
    EXPECT_EQ(arrived.size(), 3U) << "each once";
    EXPECT_LT(std::ranges::find(arrived, "a1"), std::ranges::find(arrived, "c1"));
}

TEST_F(RouterTest, AConnectorThatAsksForLessIsLeftAlone) {
    std::atomic<bool> first = true;
    erp_.on_execute = [&](const Delivery&, const Caller::Done& done) {
        done(first.exchange(false) ? failure(Outcome::retry, "throttled", milliseconds(150))
                                   : CallResult{});
    };
    erp_.calls_at_once = 1;
    start();
    const auto sent_at = std::chrono::steady_clock::now();
    send({"a1", "b1", "c1"});
    EXPECT_TRUE(soon([&] { return is("c1", DeliveryState::done); }));
    EXPECT_GE(std::chrono::steady_clock::now() - sent_at, milliseconds(140));
    EXPECT_EQ(erp_.executed(), (Keys{"a1", "a1", "b1", "c1"}));
}

TEST_F(RouterTest, ADeliveryThatBreaksTheConnectionWaitsAlone) {
    settings_.max_failures = 4;
    erp_.on_execute = [](const Delivery& delivery, const Caller::Done& done) {
        done(delivery.key == "a1" ? failure(Outcome::retry, "unreachable") : CallResult{});
    };
    start();
    send({"a1", "b1", "c1", "d1"});
    EXPECT_TRUE(soon([&] {
        return is("b1", DeliveryState::done) && is("c1", DeliveryState::done) &&
               is("d1", DeliveryState::done);
    }));
    int others = 0;
    EXPECT_TRUE(soon([&] {
        if (is("a1", DeliveryState::parked)) return true;
        // Others that go well show each time that the fault is not the connector's.
        const std::string key = "e" + std::to_string(others++);
        send({key});
        EXPECT_TRUE(soon([&] { return is(key, DeliveryState::done); }));
        return false;
    }));
}

TEST_F(RouterTest, AnUnknownOutcomeIsLookedAtAgainAndNotTakenForAFailure) {
    std::atomic<bool> first = true;
    erp_.on_execute = [&](const Delivery& delivery, const Caller::Done& done) {
        if (first.exchange(false)) {
            done(failure(Outcome::unknown, "no_answer"));
            return;
        }
        EXPECT_GT(delivery.attempts, 1U) << "so that the connector looks first";
        done({});
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::done); }));
    EXPECT_EQ(notes(),
              (Keys{"told a1 in_flight", "told a1 unknown", "told a1 in_flight", "told a1 done"}));
}

TEST_F(RouterTest, WhatFailsTooOftenIsParkedWithItsHistory) {
    settings_.max_failures = 5;
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) {
        done(failure(Outcome::retry, "locked"));
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    EXPECT_EQ(delivery("a1").attempts, 5U);
    EXPECT_NE(delivery("a1").history.find("locked"), std::string::npos);
}

TEST_F(RouterTest, ARecordThatCannotBeAppliedDoesNotUndoTheDelivery) {
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) {
        CallResult result;
        result.records.push_back({"order", "7", "bad"});
        done(result);
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::done); }));
    EXPECT_TRUE(soon([&] { return parked_messages().size() == 1; }));
    EXPECT_EQ(erp_.executed(), Keys{"a1"});
}

TEST_F(RouterTest, AnOutcomeThatServicingRefusesIsParkedAndNotRepeated) {
    on_delivery = [](const Delivery& delivery) -> Result<void> {
        if (delivery.state == DeliveryState::done)
            return fail(ErrorKind::Bug, "bug", "servicing stumbled");
        return {};
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    EXPECT_EQ(delivery("a1").error_code, "not_taken");
    EXPECT_EQ(delivery("a1").error_message, "servicing stumbled");
    EXPECT_EQ(erp_.executed(), Keys{"a1"});
}

TEST_F(RouterTest, ALoneDeliveryThatFailsIsNotLookedAtAllTheTime) {
    settings_.backoff = {milliseconds(100), milliseconds(100)};
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) {
        done(failure(Outcome::retry, "unreachable"));
    };
    start();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return router_->metrics("erp")->retried >= 8; }));
    EXPECT_LT(store_->stats().units, 200U);
}

}  // namespace orderhub::routing
