#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using routing::Delivery;
using routing::DeliveryState;
using routing::InboxState;
using store::Transaction;
using Keys = std::vector<std::string>;

namespace {

/// Changes the delivery that has this command key.
void with_delivery(Transaction& unit, const std::string& key,
                   const std::function<void(Delivery&)>& edit) {
    for (auto& delivery : unit.find_deliveries({}))
        if (delivery.key == key) {
            edit(delivery);
            unit.update(delivery);
            return;
        }
    throw std::runtime_error("no delivery with the key " + key);
}

void set_state(Transaction& unit, const std::string& key, DeliveryState state) {
    with_delivery(unit, key, [&](Delivery& delivery) { delivery.state = state; });
}

}  // namespace

TEST_P(StoreConformance, MessageIsAcceptedOncePerConnector) {
    change([&](Transaction& unit) {
        EXPECT_TRUE(unit.accept(inbox_message("m1")));
        EXPECT_FALSE(unit.accept(inbox_message("m1")));
        EXPECT_TRUE(unit.accept(inbox_message("m1", "desk")));
    });
    change([&](Transaction& unit) { EXPECT_FALSE(unit.accept(inbox_message("m1"))); });
    look([&](Transaction& unit) {
        const auto due = unit.due_messages("shop", 5, 10);
        ASSERT_EQ(due.size(), 1U);
        EXPECT_EQ(due[0].message_id, "m1");
        EXPECT_EQ(due[0].body, R"({"id":"m1"})");
        EXPECT_EQ(unit.message(due[0].sequence)->content_type, "application/json");
    });
}

TEST_P(StoreConformance, DueMessagesAreOldestFirstAndWaitForTheirTime) {
    change([&](Transaction& unit) {
        for (const char* id : {"m1", "m2", "m3"})
            unit.accept(inbox_message(id));
        auto first = unit.due_messages("shop", 5, 1).at(0);
        first.attempts = 2;
        first.next_at = 50;
        first.error_code = "busy";
        unit.update(first);
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.due_messages("shop", 4, 10).size(), 0U);
        const auto due = unit.due_messages("shop", 49, 10);
        ASSERT_EQ(due.size(), 2U);
        EXPECT_EQ(due[0].message_id, "m2");
        const auto later = unit.due_messages("shop", 50, 10);
        ASSERT_EQ(later.size(), 3U);
        EXPECT_EQ(later[0].message_id, "m1");
        EXPECT_EQ(later[0].attempts, 2U);
        EXPECT_EQ(later[0].error_code, "busy");
        EXPECT_EQ(unit.next_message_due("shop"), 5);
        EXPECT_EQ(unit.next_message_due("desk"), std::nullopt);
    });
}

TEST_P(StoreConformance, ParkedMessagesAreListedAndNotDue) {
    change([&](Transaction& unit) {
        unit.accept(inbox_message("m1"));
        auto message = unit.due_messages("shop", 5, 1).at(0);
        message.state = InboxState::parked;
        message.error_message = "what is this";
        unit.update(message);
        EXPECT_TRUE(unit.due_messages("shop", 999, 10).empty());
        ASSERT_EQ(unit.parked_messages(10).size(), 1U);
        EXPECT_EQ(unit.parked_messages(10)[0].error_message, "what is this");
        EXPECT_EQ(unit.backlog("shop").parked_messages, 1U);
    });
}

TEST_P(StoreConformance, OnlyTheHeadOfEachLineIsDue) {
    change([&](Transaction& unit) {
        for (const char* key : {"a1", "a2", "b1", "a3"})
            unit.send(command(std::string(1, key[0]), key));
        EXPECT_EQ(due_keys(unit, now_ms_), (Keys{"a1", "b1"}));
        set_state(unit, "a1", DeliveryState::in_flight);
        EXPECT_EQ(due_keys(unit, now_ms_), Keys{"b1"});
        set_state(unit, "a1", DeliveryState::done);
        EXPECT_EQ(due_keys(unit, now_ms_), (Keys{"a2", "b1"}));
        set_state(unit, "a2", DeliveryState::parked);
        EXPECT_EQ(due_keys(unit, now_ms_), Keys{"b1"});
        set_state(unit, "a2", DeliveryState::dropped);
        EXPECT_EQ(due_keys(unit, now_ms_), (Keys{"b1", "a3"}));
        set_state(unit, "a3", DeliveryState::done);
        unit.send(command("a", "a4"));
        EXPECT_EQ(due_keys(unit, now_ms_), (Keys{"b1", "a4"}));
    });
}

TEST_P(StoreConformance, ADroppedOneBehindTheHeadIsPassedOver) {
    change([&](Transaction& unit) {
        for (const char* key : {"a1", "a2", "a3"})
            unit.send(command("a", key));
        set_state(unit, "a2", DeliveryState::dropped);
        EXPECT_EQ(due_keys(unit, now_ms_), Keys{"a1"});
        set_state(unit, "a1", DeliveryState::done);
        EXPECT_EQ(due_keys(unit, now_ms_), Keys{"a3"});
    });
}

TEST_P(StoreConformance, LinesOfOtherConnectorsAreTheirOwn) {
    change([&](Transaction& unit) {
        unit.send(command("a", "erp1", "erp"));
        unit.send(command("a", "shop1", "shop"));
        EXPECT_EQ(due_keys(unit, now_ms_, 10, "shop"), Keys{"shop1"});
        EXPECT_EQ(due_keys(unit, now_ms_, 10, "erp"), Keys{"erp1"});
    });
}

TEST_P(StoreConformance, DeliveriesWaitForTheirTimeAndComeOldestFirst) {
    change([&](Transaction& unit) {
        for (const char* key : {"a1", "b1", "c1"})
            unit.send(command(std::string(1, key[0]), key));
        with_delivery(unit, "a1", [&](Delivery& delivery) {
            delivery.state = DeliveryState::unknown;
            delivery.next_at = now_ms_ + 100;
        });
        EXPECT_EQ(due_keys(unit, now_ms_ + 99), (Keys{"b1", "c1"}));
        EXPECT_EQ(due_keys(unit, now_ms_ + 100), (Keys{"a1", "b1", "c1"}));
        EXPECT_EQ(due_keys(unit, now_ms_ + 100, 2), (Keys{"b1", "c1"})) << "due longest";
        EXPECT_EQ(unit.next_delivery_due("erp"), now_ms_);
        EXPECT_EQ(unit.next_due("erp"), now_ms_);
        set_state(unit, "b1", DeliveryState::done);
        set_state(unit, "c1", DeliveryState::parked);
        EXPECT_EQ(unit.next_delivery_due("erp"), now_ms_ + 100);
        unit.accept(inbox_message("m", "erp"));
        EXPECT_EQ(unit.next_due("erp"), 5);
    });
}

TEST_P(StoreConformance, DeliveryComesBackAsUpdated) {
    change([&](Transaction& unit) { unit.send(command("a", "a1")); });
    now_ms_ += 1'500;
    change([&](Transaction& unit) {
        with_delivery(unit, "a1", [](Delivery& delivery) {
            delivery.state = DeliveryState::done;
            delivery.attempts = 3;
            delivery.failures = 2;
            delivery.result = R"({"number":"CM-1"})";
            delivery.error_message = "gone";
            delivery.history = R"([{"outcome":"retry"}])";
        });
    });
    look([&](Transaction& unit) {
        const auto listed = unit.find_deliveries({.order_id = "os_a"});
        ASSERT_EQ(listed.size(), 1U);
        const auto read = unit.delivery(listed[0].id);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->state, DeliveryState::done);
        EXPECT_EQ(read->attempts, 3U);
        EXPECT_EQ(read->failures, 2U);
        EXPECT_EQ(read->result, R"({"number":"CM-1"})");
        EXPECT_EQ(read->history, R"([{"outcome":"retry"}])");
        EXPECT_EQ(read->payload, R"({"memo":"a1"})");
        EXPECT_EQ(read->created_at, 1'000'000);
        EXPECT_EQ(read->updated_at, 1'001'500);
        const auto steps = unit.steps("os_a");
        ASSERT_EQ(steps.size(), 1U);
        EXPECT_EQ(steps[0].state, "done");
        EXPECT_EQ(steps[0].message, "gone");
        EXPECT_EQ(steps[0].updated_at, "1970-01-01T00:16:41.500Z");
        EXPECT_TRUE(unit.steps("os_b").empty());
    });
}

TEST_P(StoreConformance, DeliveriesAreListedNewestFirstByFilter) {
    change([&](Transaction& unit) {
        for (const char* key : {"a1", "b1", "c1"})
            unit.send(command(std::string(1, key[0]), key));
        unit.send(command("a", "s1", "shop"));
        set_state(unit, "b1", DeliveryState::parked);
    });
    look([&](Transaction& unit) {
        const auto keys = [&](const routing::DeliveryQuery& query) {
            Keys found;
            for (const auto& delivery : unit.find_deliveries(query))
                found.push_back(delivery.key);
            return found;
        };
        EXPECT_EQ(keys({}), (Keys{"s1", "c1", "b1", "a1"}));
        EXPECT_EQ(keys({.connector = "erp", .state = "waiting"}), (Keys{"c1", "a1"}));
        EXPECT_EQ(keys({.state = "parked"}), Keys{"b1"});
        EXPECT_EQ(keys({.state = "no such state"}), Keys{});
        const auto last = unit.find_deliveries({.limit = 2}).back().id;
        EXPECT_EQ(keys({.before_id = last}), (Keys{"b1", "a1"}));
        EXPECT_EQ(unit.backlog("erp").deliveries, 2U);
        EXPECT_EQ(unit.backlog("erp").parked_deliveries, 1U);
    });
}

TEST_P(StoreConformance, ACommandKeyIsUsedOnce) {
    change([&](Transaction& unit) { unit.send(command("a", "a1")); });
    EXPECT_FALSE(store_->write([&](Transaction& unit) -> Result<void> {
        unit.send(command("b", "a1"));
        return {};
    }));
}

TEST_P(StoreConformance, RecoverTurnsInterruptedWorkBack) {
    change([&](Transaction& unit) {
        unit.send(command("a", "a1"));
        unit.send(command("b", "b1"));
        set_state(unit, "a1", DeliveryState::in_flight);
        unit.accept(inbox_message("m1"));
        auto message = unit.due_messages("shop", 5, 1).at(0);
        message.state = InboxState::working;
        unit.update(message);
        EXPECT_EQ(unit.recover(now_ms_ + 7), 2U);
        EXPECT_EQ(unit.recover(now_ms_ + 7), 0U);
        EXPECT_EQ(due_keys(unit, now_ms_ + 7), (Keys{"a1", "b1"}));
        EXPECT_EQ(unit.due_deliveries("erp", now_ms_ + 7, 1).at(0).state, DeliveryState::waiting)
            << "b1 has been due longer";
        EXPECT_EQ(unit.find_deliveries({.state = "unknown"}).at(0).crashes, 1U);
        EXPECT_EQ(unit.due_messages("shop", now_ms_ + 7, 1).at(0).crashes, 1U);
    });
}

TEST_P(StoreConformance, WhatIsBegunIsCountedAndThisHubs) {
    change([&](Transaction& unit) {
        for (const char* id : {"m1", "m2", "m3"})
            unit.accept(inbox_message(id));
        for (const char* key : {"a1", "a2", "b1"})
            unit.send(command(std::string(1, key[0]), key));
    });
    change([&](Transaction& unit) {
        const auto messages = unit.begin_messages("shop", 5, 2);
        ASSERT_EQ(messages.size(), 2U);
        EXPECT_EQ(messages[1].message_id, "m2");
        EXPECT_EQ(messages[1].body, R"({"id":"m2"})");
        EXPECT_EQ(messages[1].attempts, 1U);
        EXPECT_NE(messages[1].owner, 0);
        EXPECT_EQ(unit.begin_messages("shop", 5, 10).size(), 1U);

        const auto skipped = unit.delivery(unit.find_deliveries({}).back().id);
        const auto others = unit.begin_deliveries("erp", now_ms_, 10, skipped->id);
        ASSERT_EQ(others.size(), 1U);
        EXPECT_EQ(others[0].key, "b1");
        const auto begun = unit.begin_deliveries("erp", now_ms_, 10, "");
        ASSERT_EQ(begun.size(), 1U) << "a2 stands behind a1";
        EXPECT_EQ(begun[0].state, DeliveryState::in_flight);
        EXPECT_EQ(begun[0].tried_since, now_ms_);
        EXPECT_EQ(unit.recover(now_ms_), 0U) << "this hub lives";
    });
}

TEST_P(StoreConformance, WhatAnotherHasTakenOverIsNotSettled) {
    change([&](Transaction& unit) {
        unit.accept(inbox_message("m1"));
        unit.send(command("a", "a1"));
        auto message = unit.begin_messages("shop", 5, 1).at(0);
        auto delivery = unit.begin_deliveries("erp", now_ms_, 1, "").at(0);
        message.state = InboxState::done;
        delivery.state = DeliveryState::done;
        auto late_message = message;
        auto late_delivery = delivery;
        ++late_message.owner;
        ++late_delivery.owner;
        EXPECT_FALSE(unit.settle(late_message));
        EXPECT_FALSE(unit.settle(late_delivery));
        EXPECT_EQ(unit.delivery(delivery.id)->state, DeliveryState::in_flight);
        EXPECT_TRUE(unit.settle(message));
        EXPECT_TRUE(unit.settle(delivery));
        EXPECT_FALSE(unit.settle(delivery)) << "it is nobody's any more";
        EXPECT_EQ(unit.delivery(delivery.id)->state, DeliveryState::done);
    });
}

TEST_P(StoreConformance, ALeaseIsHeldOnce) {
    change([&](Transaction& unit) {
        EXPECT_TRUE(unit.hold_lease("poll:shop"));
        EXPECT_TRUE(unit.hold_lease("poll:shop"));
    });
    change([&](Transaction& unit) { EXPECT_TRUE(unit.hold_lease("poll:shop")); });
}

TEST_P(StoreConformance, WhatKeepsCrashingTheHubIsParked) {
    change([&](Transaction& unit) {
        unit.send(command("a", "a1"));
        unit.accept(inbox_message("m1"));
        for (std::uint32_t crash = 0; crash <= routing::kMaxCrashes; ++crash) {
            set_state(unit, "a1", DeliveryState::in_flight);
            auto message = unit.due_messages("shop", now_ms_ + 60'000, 1).at(0);
            message.state = InboxState::working;
            unit.update(message);
            unit.recover(now_ms_);
        }
        EXPECT_EQ(unit.parked_messages(1).at(0).error_code, "crash_loop");
        EXPECT_EQ(unit.find_deliveries({.state = "parked"}).at(0).error_code, "crash_loop");
    });
}

TEST_P(StoreConformance, WhatCrashedTheHubTwiceComesUpOneByOne) {
    change([&](Transaction& unit) {
        for (const char* id : {"m1", "m2", "m3"})
            unit.accept(inbox_message(id));
        const auto crash = [&] {
            for (auto& message : unit.due_messages("shop", now_ms_ + 60'000, 10)) {
                message.state = InboxState::working;
                unit.update(message);
            }
            unit.recover(now_ms_);
        };
        crash();
        EXPECT_EQ(unit.due_messages("shop", now_ms_, 10).size(), 3U);
        crash();
        const auto first = unit.next_message_due("shop");
        ASSERT_TRUE(first);
        EXPECT_EQ(unit.due_messages("shop", *first, 10).size(), 1U);
        EXPECT_EQ(unit.due_messages("shop", *first + 60'000, 10).size(), 3U);
    });
}

TEST_P(StoreConformance, ConnectorStateAndDigestsAreKept) {
    change([&](Transaction& unit) {
        EXPECT_EQ(unit.connector_state("shop", "cursor"), "");
        unit.set_connector_state("shop", "cursor", "1");
        unit.set_connector_state("shop", "cursor", "2");
        unit.set_record_digest("shop", "order", "7", "d1");
        unit.set_record_digest("shop", "order", "7", "d2");
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.connector_state("shop", "cursor"), "2");
        EXPECT_EQ(unit.connector_state("desk", "cursor"), "");
        EXPECT_EQ(unit.record_digest("shop", "order", "7"), "d2");
        EXPECT_EQ(unit.record_digest("shop", "case", "7"), "");
    });
}

}  // namespace orderhub::conformance
