// What operators find and change: messages, lines, originals, and messages that are held back.
#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using routing::DeliveryState;
using routing::InboxMessage;
using routing::InboxState;
using routing::MessageQuery;
using store::Transaction;
using Keys = std::vector<std::string>;

namespace {

void park(Transaction& unit, const std::string& id, const std::string& kind, InboxState state) {
    auto message = inbox_message(id);
    message.record_kind = kind;
    message.state = state;
    message.error_code = "code of " + id;
    unit.accept(message);
}

Keys found(Transaction& unit, const MessageQuery& query) {
    Keys ids;
    for (const auto& message : unit.find_messages(query))
        ids.push_back(message.message_id);
    return ids;
}

}  // namespace

TEST_P(StoreConformance, MessagesAreFoundByWhatIsKnownOfThem) {
    change([&](Transaction& unit) {
        park(unit, "m1", "", InboxState::parked);
        park(unit, "order:7:aa", "order", InboxState::parked);
        park(unit, "order:70:aa", "order", InboxState::parked);
        park(unit, "m2", "", InboxState::dropped);
        unit.accept(inbox_message("m3", "desk"));
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(found(unit, {}), (Keys{"m1", "order:7:aa", "order:70:aa", "m2", "m3"}));
        EXPECT_EQ(found(unit, {.state = "parked", .limit = 2}), (Keys{"m1", "order:7:aa"}));
        EXPECT_EQ(found(unit, {.state = "dropped"}), Keys{"m2"});
        EXPECT_EQ(found(unit, {.state = "lost"}), Keys{});
        EXPECT_EQ(found(unit, {.connector = "desk"}), Keys{"m3"});
        EXPECT_EQ(found(unit, {.kind = "order"}), (Keys{"order:7:aa", "order:70:aa"}));
        EXPECT_EQ(found(unit, {.error_code = "code of m1"}), Keys{"m1"});
        EXPECT_EQ(found(unit, {.order_external_id = "7"}), Keys{"order:7:aa"});
        const auto all = unit.find_messages({});
        EXPECT_EQ(all.at(3).state, InboxState::dropped);
        EXPECT_EQ(all.at(0).body, R"({"id":"m1"})");
        EXPECT_EQ(found(unit, {.received_before = all.at(0).received_at}), Keys{});
        EXPECT_EQ(found(unit, {.received_before = all.at(0).received_at + 1}).size(), 5U);
        EXPECT_EQ(found(unit, {.after = all.at(2).sequence}), (Keys{"m2", "m3"}));
    });
}

TEST_P(StoreConformance, DeliveriesAreFoundByKindCodeAndAge) {
    change([&](Transaction& unit) {
        for (const char* key : {"a1", "a2"}) {
            auto wanted = command("a", key);
            wanted.kind = key == std::string("a1") ? "refund.create" : "case.note";
            unit.send(wanted);
        }
        auto parked = unit.find_deliveries({.kind = "case.note"}).at(0);
        parked.state = DeliveryState::parked;
        parked.error_code = "closed";
        unit.update(parked);
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.find_deliveries({}).size(), 2U);
        EXPECT_EQ(unit.find_deliveries({.kind = "refund.create"}).at(0).key, "a1");
        EXPECT_EQ(unit.find_deliveries({.state = "parked", .error_code = "closed"}).size(), 1U);
        EXPECT_EQ(unit.find_deliveries({.error_code = "open"}).size(), 0U);
        EXPECT_EQ(unit.find_deliveries({.created_before = now_ms_}).size(), 0U);
        EXPECT_EQ(unit.find_deliveries({.created_before = now_ms_ + 1}).size(), 2U);
    });
}

TEST_P(StoreConformance, ALineShowsWhatIsStillOpenBehindADelivery) {
    change([&](Transaction& unit) {
        for (const char* key : {"a1", "a2", "b1", "a3", "a4"})
            unit.send(command(std::string(key, 1), key));
        for (auto& delivery : unit.find_deliveries({}))
            if (delivery.key == "a3") {
                delivery.state = DeliveryState::dropped;
                unit.update(delivery);
            }
    });
    look([&](Transaction& unit) {
        for (const auto& delivery : unit.find_deliveries({})) {
            const auto behind = unit.line_behind(delivery, 1);
            const Keys expected = delivery.key == "a1"   ? Keys{"a2"}
                                  : delivery.key == "a2" ? Keys{"a4"}
                                  : delivery.key == "a3" ? Keys{"a4"}
                                                         : Keys{};
            Keys first;
            for (const auto& each : behind.first)
                first.push_back(each.key);
            EXPECT_EQ(first, expected) << delivery.key;
            EXPECT_EQ(behind.count, delivery.key == "a1" ? 2U : expected.size()) << delivery.key;
        }
    });
}

TEST_P(StoreConformance, TheFirstVersionIsTheOriginal) {
    const std::string bytes("not UTF-8: \xff\x00", 13);
    change([&](Transaction& unit) {
        unit.accept(inbox_message("m1"));
        const auto message = unit.find_messages({}).at(0);
        unit.replace_body(message.sequence, bytes);
        unit.keep_original(routing::subject_of(message), {bytes, 5, "agent:kim"});
        unit.keep_original(routing::subject_of(message), {"later", 6, "agent:ann"});
    });
    look([&](Transaction& unit) {
        const auto message = unit.find_messages({}).at(0);
        EXPECT_EQ(message.body, bytes);
        const auto original = unit.original(routing::subject_of(message));
        ASSERT_TRUE(original);
        EXPECT_EQ(original->content, bytes);
        EXPECT_EQ(original->edited_at, 5);
        EXPECT_EQ(original->actor, "agent:kim");
        EXPECT_FALSE(unit.original("message 0"));
    });
    EXPECT_FALSE(store_->write([](Transaction& unit) -> Result<void> {
        unit.replace_body(99, "x");
        return {};
    }));
}

TEST_P(StoreConformance, HeldMessagesAreDueOnceTheyAreLetGo) {
    change([&](Transaction& unit) {
        for (const char* id : {"m1", "m2", "m3"}) {
            auto message = inbox_message(id);
            message.next_at = routing::kHeld;
            unit.accept(message);
        }
        unit.accept(inbox_message("m4", "desk"));
        EXPECT_EQ(unit.held_messages("shop", 2), 2U);
        EXPECT_EQ(unit.held_messages("shop", 10), 3U);
        EXPECT_EQ(unit.held_messages("desk", 10), 0U);
        EXPECT_TRUE(unit.due_messages("shop", now_ms_, 10).empty());
        EXPECT_EQ(unit.release_held("shop", 2, now_ms_), 2U);
        const auto due = unit.due_messages("shop", now_ms_, 10);
        ASSERT_EQ(due.size(), 2U);
        EXPECT_EQ(due[0].message_id, "m1");
        EXPECT_EQ(unit.release_held("shop", 2, now_ms_), 1U);
        EXPECT_EQ(unit.release_held("shop", 2, now_ms_), 0U);
    });
}

TEST_P(StoreConformance, AReplayTakesTheDoneMessagesOfItsPeriodOnce) {
    routing::Replay replay;
    replay.id = "rp_1";
    replay.connector = "shop";
    replay.from = 5;
    replay.to = 7;
    replay.dry_run = true;
    replay.actor = "agent:kim";
    replay.state = "running";
    replay.differences = R"([{"sequence":1}])";
    change([&](Transaction& unit) {
        EXPECT_EQ(unit.newest_message(), 0);
        for (const char* id : {"m1", "m2", "m3", "m4", "m5"}) {
            auto message = inbox_message(id, id == std::string("m4") ? "desk" : "shop");
            message.state = id == std::string("m3") ? InboxState::parked : InboxState::done;
            message.received_at = id == std::string("m2") ? 7 : 6;
            unit.accept(message);
        }
        replay.last = unit.newest_message();
        unit.save(replay);
        EXPECT_EQ(unit.running_replay()->id, "rp_1");
        auto taken = unit.take_for(replay, 1);
        ASSERT_EQ(taken.size(), 1U);
        EXPECT_EQ(taken[0].message_id, "m1");
        EXPECT_EQ(taken[0].body, R"({"id":"m1"})");
        taken = unit.take_for(replay, 5);
        ASSERT_EQ(taken.size(), 1U);
        EXPECT_EQ(taken[0].message_id, "m5");
        EXPECT_EQ(replay.cursor, replay.last);
        EXPECT_TRUE(unit.take_for(replay, 5).empty());
        replay.state = "done";
        replay.messages = 2;
        replay.error = "none";
        unit.save(replay);
    });
    look([&](Transaction& unit) {
        EXPECT_FALSE(unit.running_replay());
        const auto kept = unit.replay("rp_1");
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->messages, 2U);
        EXPECT_EQ(kept->to, 7);
        EXPECT_TRUE(kept->dry_run);
        EXPECT_EQ(kept->differences, R"([{"sequence":1}])");
        EXPECT_EQ(kept->cursor, replay.last);
        EXPECT_EQ(unit.replays(10).size(), 1U);
        EXPECT_FALSE(unit.replay("rp_2"));
    });
}

}  // namespace orderhub::conformance
