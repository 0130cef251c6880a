// Polling finds every change, once, in bounded calls.
#include <gtest/gtest.h>

#include <set>

#include "instant.hpp"
#include "shop.hpp"

namespace orderhub::vendure {
namespace {

using testkit::Outcome;

constexpr std::int64_t kNow = 1'795'000'000'000;

struct Polling : testing::Test {
    explicit Polling(json::object extra = {{"page_size", 4},
                                           {"sweep_interval_s", 60},
                                           {"closed_sweep_interval_s", 600}})
        : bench(std::move(extra)) {}

    /// An order placed and changed at `instant` (host's clock).
    json::object& add(int id, std::int64_t instant, std::string_view state = "PaymentSettled") {
        json::object order = recorded_order("17-plain");
        order["id"] = std::to_string(id);
        order["code"] = "C" + std::to_string(id);
        order["state"] = state;
        order["updatedAt"] = order["orderPlacedAt"] = format_instant(instant);
        bench.shop.add(order);
        return bench.shop.orders.at(std::to_string(id));
    }

    /// Polls as the host does: again at once while the cursor moves and records come. Returns the
    /// emitted ids.
    std::vector<std::string> drain() {
        std::vector<std::string> ids;
        for (int call = 0; call < 100; ++call) {
            const Outcome outcome = bench.host.poll(cursor);
            EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
            EXPECT_LE(outcome.records.size(), 4U);
            for (const auto& [kind, record] : outcome.records)
                ids.emplace_back(
                    std::string_view(record.at("source").at("external_id").as_string()));
            const bool moved = outcome.cursor != cursor;
            cursor = outcome.cursor;
            if (!moved || outcome.records.empty()) return ids;
        }
        ADD_FAILURE() << "polling does not come to an end";
        return ids;
    }

    void later(std::int64_t seconds) { bench.host.now_ms += seconds * 1000; }

    Bench bench;
    std::string cursor;
};

std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> ids;
    for (int id = from; id <= to; ++id)
        ids.push_back(std::to_string(id));
    return ids;
}

TEST_F(Polling, StartsOneDayBackAndEmitsEachOrderOnce) {
    for (int id = 100; id < 111; ++id)
        add(id, kNow - 1'000'000 + id * 1000);
    add(99, kNow - 40LL * 86'400'000, "Delivered");
    EXPECT_EQ(drain(), numbers(100, 110));
    EXPECT_TRUE(drain().empty());
    later(30);
    EXPECT_TRUE(drain().empty());
}

TEST_F(Polling, FindsOpenOrdersFromBeforeTheStart) {
    add(50, kNow - 90LL * 86'400'000);
    EXPECT_EQ(drain(), numbers(50, 50));
}

TEST_F(Polling, ReadsOrdersOfOneMillisecondAcrossPages) {
    for (int id = 100; id < 123; ++id)
        add(id, kNow - 5000);
    const std::vector<std::string> ids = drain();
    EXPECT_EQ(ids, numbers(100, 122));
}

TEST_F(Polling, FindsNewAndUpdatedOrders) {
    add(100, kNow - 5000);
    drain();
    add(101, kNow + 1000);
    bench.shop.orders.at("100")["updatedAt"] = format_instant(kNow + 2000);
    later(5);
    EXPECT_EQ(drain(), (std::vector<std::string>{"101", "100"}));
}

TEST_F(Polling, FindsAnOrderThatCommittedLate) {
    add(100, kNow - 5000);
    drain();
    add(101, kNow - 15'000);
    later(5);
    EXPECT_EQ(drain(), numbers(101, 101));
}

TEST_F(Polling, SeesSilentChangesOfOpenOrdersWithTheNextSweep) {
    add(100, kNow - 5'000'000);
    add(101, kNow - 4'000'000);
    drain();
    bench.shop.orders.at("100").at("payments").at(0).as_object()["state"] = "Cancelled";
    later(30);
    EXPECT_TRUE(drain().empty());
    later(31);
    EXPECT_EQ(drain(), numbers(100, 100));
    later(61);
    EXPECT_TRUE(drain().empty());
}

TEST_F(Polling, SeesOrdersThatLeftTheOpenStatesSilently) {
    for (int id = 100; id < 110; ++id)
        add(id, kNow - 5'000'000 + id);
    drain();
    for (int id = 102; id < 109; ++id)
        bench.shop.orders.at(std::to_string(id))["state"] = "Delivered";
    later(61);
    const std::vector<std::string> ids = drain();
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()),
              (std::set<std::string>{"102", "103", "104", "105", "106", "107", "108"}));
    EXPECT_EQ(ids.size(), 7U);
    later(61);
    EXPECT_TRUE(drain().empty());
}

TEST_F(Polling, SeesLateRefundsOfRecentClosedOrders) {
    add(100, kNow - 5'000'000, "Delivered");
    add(101, kNow - 1'000'000, "Delivered");
    add(90, kNow - 31LL * 86'400'000, "Delivered");
    EXPECT_EQ(drain(), numbers(100, 101));
    const json::object refund{
        {"id", "7"},        {"state", "Pending"},       {"total", 100},
        {"reason", "late"}, {"transactionId", nullptr}, {"createdAt", "2026-11-22T20:00:00.000Z"}};
    for (const char* id : {"100", "90"})
        bench.shop.orders.at(id).at("payments").at(0).at("refunds").as_array().push_back(refund);
    later(61);
    EXPECT_TRUE(drain().empty());
    later(600);
    EXPECT_EQ(drain(), numbers(100, 100));
}

TEST_F(Polling, DoesNotRepeatWhatANotificationBrought) {
    add(100, kNow - 5000);
    drain();
    bench.shop.orders.at("100")["state"] = "Shipped";
    EXPECT_EQ(bench.host.receive(R"({"type":"order.changed","orderId":"100"})").records.size(), 1U);
    later(61);
    EXPECT_TRUE(drain().empty());
}

TEST_F(Polling, BackfillEmitsEverythingSinceItsStartThoughKnown) {
    for (int id = 100; id < 111; ++id)
        add(id, kNow - 50'000'000 + id * 1000);
    add(90, kNow - 80LL * 86'400'000, "Delivered");
    drain();
    json::object& moved = bench.shop.orders.at("100");
    moved["orderPlacedAt"] = format_instant(kNow - 1000);
    moved["updatedAt"] = format_instant(kNow - 90LL * 86'400'000);
    cursor = R"({"from":"2026-11-10T00:00:00Z"})";
    const std::vector<std::string> ids = drain();
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 11U);
    EXPECT_EQ(ids.size(), 11U);
    cursor = R"({"from":"2026-01-01T00:00:00Z"})";
    EXPECT_EQ(drain().size(), 12U);
}

struct PollingSinceNewYear : Polling {
    PollingSinceNewYear()
        : Polling({{"page_size", 4},
                   {"poll_from", "2026-01-01T00:00:00Z"},
                   {"closed_states", json::array{}}}) {}
};

TEST_F(PollingSinceNewYear, StartsWhereTheConfigurationSays) {
    add(90, kNow - 80LL * 86'400'000, "Delivered");
    EXPECT_EQ(drain(), numbers(90, 90));
}

TEST_F(Polling, PassesOverAnOrderThatMakesNoRecord) {
    for (int id = 100; id < 103; ++id)
        add(id, kNow - 5000 + id);
    bench.shop.orders.at("101")["totalWithTax"] = 12219.5;
    EXPECT_EQ(drain(), (std::vector<std::string>{"100", "102"}));
    ASSERT_FALSE(bench.host.logs.empty());
    EXPECT_NE(bench.host.logs[0].find("order 101"), std::string::npos);
    later(61);
    EXPECT_TRUE(drain().empty());
}

TEST_F(Polling, AnOrderThatLeftTheOpenStatesAndMakesNoRecordHoldsUpNothing) {
    for (int id = 100; id < 103; ++id)
        add(id, kNow - 5'000'000 + id);
    drain();
    for (const char* id : {"100", "101", "102"})
        bench.shop.orders.at(id)["state"] = "Delivered";
    const json::value total = bench.shop.orders.at("101").at("totalWithTax");
    bench.shop.orders.at("101")["totalWithTax"] = 12219.5;
    later(61);
    const std::vector<std::string> ids = drain();
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()), (std::set<std::string>{"100", "102"}));
    later(61);
    EXPECT_TRUE(bench.host.poll(cursor).message.starts_with("1 order left out: 101: "));
    bench.shop.orders.at("101")["totalWithTax"] = total;
    bench.shop.orders.at("101")["updatedAt"] = format_instant(kNow + 62'000);
    later(61);
    EXPECT_EQ(drain(), numbers(101, 101));
    EXPECT_EQ(bench.host.poll(cursor).message, "");
}

TEST_F(Polling, ANewInstanceTriesAgainWhatWasLeftOut) {
    add(100, kNow - 5000);
    const json::value currency = bench.shop.orders.at("100").at("currencyCode");
    bench.shop.orders.at("100")["currencyCode"] = nullptr;
    EXPECT_TRUE(drain().empty());
    bench.shop.orders.at("100")["currencyCode"] = currency;
    EXPECT_TRUE(drain().empty());
    Bench next({{"page_size", 4}});
    next.host.state = bench.host.state;
    next.shop.orders = bench.shop.orders;
    EXPECT_EQ(next.host.poll(cursor).records.size(), 1U);
    EXPECT_EQ(next.host.state.at("left_out"), "");
}

TEST_F(Polling, IgnoresCarts) {
    add(100, kNow - 5000)["orderPlacedAt"] = nullptr;
    EXPECT_TRUE(drain().empty());
}

TEST_F(Polling, RefusesACursorThatIsNotIts) {
    for (const char* text : {"x", "[]", R"({"v":2})", R"({"from":"yesterday"})"}) {
        const Outcome outcome = bench.host.poll(text);
        EXPECT_EQ(outcome.outcome, OH_REJECTED) << text;
        EXPECT_EQ(outcome.code, "bad_cursor");
    }
}

TEST_F(Polling, LeavesTheCursorWhereItWasWhenTheShopFails) {
    add(100, kNow - 5000);
    bench.shop.before = [](std::string_view asked) {
        return asked == "Order" ? std::optional(testkit::no_answer()) : std::nullopt;
    };
    const Outcome outcome = bench.host.poll(cursor);
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_TRUE(outcome.cursor.empty());
}

}  // namespace
}  // namespace orderhub::vendure
