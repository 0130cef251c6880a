// Messages and deliveries go when they are old and over; the others stay.
#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {
namespace {

using routing::DeliveryState;
using routing::InboxState;
using store::RetentionStep;
using store::Transaction;
using Step = RetentionStep (store::Retention::*)(std::int64_t, std::int64_t, std::uint32_t);

void accept_at(Transaction& unit, int number, std::int64_t received_at, InboxState state) {
    auto message = inbox_message(std::to_string(number));
    message.received_at = received_at;
    message.state = state;
    const auto accepted = unit.accept(message);
    ASSERT_TRUE(accepted);
    unit.keep_original(routing::subject_of(*accepted), {"before", received_at, "agent:a"});
}

std::vector<std::string> messages_left(Transaction& unit) {
    std::vector<std::string> ids;
    for (const auto& each : unit.find_messages({.limit = 100}))
        ids.push_back(each.message_id);
    return ids;
}

/// Made and ended at the clock's time; gives its id.
std::string deliver(Transaction& unit, const std::string& key, DeliveryState state,
                    std::int64_t now_ms) {
    unit.send({.connector = "erp",
               .order_key = key,
               .kind = "case.note",
               .key = key,
               .payload = "{}",
               .order_id = "os_1"});
    auto delivery = unit.find_deliveries({.order_id = "os_1", .limit = 1}).at(0);
    delivery.state = state;
    delivery.updated_at = now_ms;
    unit.update(delivery);
    return delivery.id;
}

/// Of one round in steps of `at_once`.
std::uint64_t delete_all(store::Store& store, Step what, std::int64_t before,
                         std::uint32_t at_once) {
    std::uint64_t deleted = 0;
    RetentionStep step;
    for (int i = 0; i < 1'000 && !step.is_end; ++i) {
        EXPECT_TRUE(store.write([&](Transaction& unit) -> Result<void> {
            step = (unit.*what)(step.reached, before, at_once);
            return {};
        }));
        deleted += step.deleted;
    }
    EXPECT_TRUE(step.is_end);
    return deleted;
}

}  // namespace

TEST_P(StoreConformance, DeletesMessagesThatAreOldAndOver) {
    constexpr auto kStep = &store::Retention::delete_old_messages;
    change([](Transaction& unit) {
        accept_at(unit, 1, 10, InboxState::done);
        accept_at(unit, 2, 20, InboxState::parked);
        accept_at(unit, 3, 30, InboxState::waiting);
        accept_at(unit, 4, 40, InboxState::dropped);
        accept_at(unit, 5, 50, InboxState::done);
        accept_at(unit, 6, 100, InboxState::done);
    });
    EXPECT_EQ(delete_all(*store_, kStep, 100, 2), 3U);
    look([](Transaction& unit) {
        EXPECT_EQ(messages_left(unit), (std::vector<std::string>{"2", "3", "6"}));
        EXPECT_FALSE(unit.original("message 1"));
        EXPECT_TRUE(unit.original("message 2"));
        EXPECT_FALSE(unit.message(1));
    });
    EXPECT_EQ(delete_all(*store_, kStep, 100, 1'000), 0U);
    change([](Transaction& unit) {
        accept_at(unit, 1, 110, InboxState::done);
        EXPECT_EQ(messages_left(unit).back(), "1") << "it counts as new";
    });
}

TEST_P(StoreConformance, DeletesDeliveriesThatAreOldAndOver) {
    constexpr auto kStep = &store::Retention::delete_old_deliveries;
    std::string done, parked, late, dropped, young;
    now_ms_ = 1'000;
    change([&](Transaction& unit) {
        done = deliver(unit, "a", DeliveryState::done, now_ms_);
        parked = deliver(unit, "b", DeliveryState::parked, now_ms_);
        late = deliver(unit, "c", DeliveryState::unknown, now_ms_);
        dropped = deliver(unit, "d", DeliveryState::dropped, now_ms_);
    });
    now_ms_ = 2'000;
    change([&](Transaction& unit) {
        young = deliver(unit, "e", DeliveryState::done, now_ms_);
        auto made_long_ago = *unit.delivery(late);
        made_long_ago.state = DeliveryState::done;
        made_long_ago.updated_at = now_ms_;
        unit.update(made_long_ago);
    });
    EXPECT_EQ(delete_all(*store_, kStep, 2'000, 1), 2U);
    look([&](Transaction& unit) {
        EXPECT_FALSE(unit.delivery(done));
        EXPECT_FALSE(unit.delivery(dropped));
        EXPECT_TRUE(unit.delivery(parked));
        EXPECT_TRUE(unit.delivery(late));
        EXPECT_TRUE(unit.delivery(young));
    });
    EXPECT_EQ(delete_all(*store_, kStep, 2'001, 100), 2U);
    look([&](Transaction& unit) {
        ASSERT_EQ(unit.steps("os_1").size(), 1U);
        EXPECT_EQ(unit.steps("os_1")[0].delivery_id, parked);
    });
}

}  // namespace orderhub::conformance
