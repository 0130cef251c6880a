// What is old and over goes by itself, in small steps, and what it did is counted.
#include "hub/runtime/retention.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/store/temporary_folder.hpp"

namespace orderhub::runtime {
namespace {

using routing::InboxState;

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kNow = 100 * kDay;

class RetentionTest : public testing::Test {
protected:
    void accept(int number, std::int64_t received_at) {
        ASSERT_TRUE(store_->write([&](store::Transaction& unit) -> Result<void> {
            routing::InboxMessage message;
            message.connector = "shop";
            message.message_id = std::to_string(number);
            message.headers = "{}";
            message.received_at = received_at;
            message.state = InboxState::done;
            EXPECT_TRUE(unit.accept(message));
            return {};
        }));
    }

    std::size_t left() {
        std::size_t count = 0;
        EXPECT_TRUE(store_->read([&](store::Transaction& unit) -> Result<void> {
            count = unit.find_messages({}).size();
            return {};
        }));
        return count;
    }

    const test::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ =
        store::open_sqlite({.path = folder_.file("hub.db"), .now_ms = [] { return kNow; }});
};

TEST_F(RetentionTest, RunsByItselfInSmallSteps) {
    for (int i = 0; i < 10; ++i)
        accept(i, kNow - 40 * kDay);
    accept(10, kNow - 20 * kDay);
    std::promise<void> rested;
    int looks = 0;
    // The clock is looked at once a step: five steps of two messages, one that finds the young one,
    // and one for the deliveries.
    Retention retention(*store_,
                        [&] {
                            if (++looks == 7) rested.set_value();
                            return kNow;
                        },
                        retention_duties({.inbox = 30, .deliveries = 30}, {}),
                        {.at_once = 2, .pause = std::chrono::milliseconds(1)});
    retention.start();
    ASSERT_EQ(rested.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    retention.stop();
    EXPECT_EQ(left(), 1U);
    const auto counts = retention.counts();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].what, "messages");
    EXPECT_EQ(counts[0].deleted, 10U);
    EXPECT_EQ(counts[1].deleted, 0U);
}

TEST_F(RetentionTest, KeepsAllWhereNothingIsSaid) {
    accept(1, 0);
    Retention retention(*store_, [] { return kNow; }, retention_duties({}, {}));
    retention.start();
    retention.stop();
    EXPECT_EQ(left(), 1U);
    EXPECT_TRUE(retention.counts().empty());
}

}  // namespace
}  // namespace orderhub::runtime
