// Polling: every change once, whatever stamps it shares, and small pages where large ones fail.
#include <gtest/gtest.h>

#include <set>

#include "shop.hpp"

namespace orderhub::b2c_commerce::testing {
namespace {

std::vector<std::string> numbers(const Outcome& outcome) {
    std::vector<std::string> all;
    for (const auto& [kind, record] : outcome.records)
        all.push_back(record.at("number").text());
    return all;
}

class PollTest : public ::testing::Test {
protected:
    explicit PollTest(std::int64_t page_size = 50) : host(with(page_size)) { shop.attach(host); }

    static Json with(std::int64_t page_size) {
        Json made = config();
        made.set("page_size", page_size);
        return made;
    }
    std::vector<std::string> poll() {
        const Outcome outcome = host.poll(cursor);
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        cursor = outcome.cursor;
        return numbers(outcome);
    }
    std::vector<std::string> poll_all() {
        std::vector<std::string> all;
        for (int round = 0; round < 100; ++round) {
            const auto some = poll();
            if (some.empty()) break;
            all.insert(all.end(), some.begin(), some.end());
        }
        return all;
    }

    Shop shop;
    FakeHost host;
    std::string cursor;
};

class SmallPages : public PollTest {
protected:
    SmallPages() : PollTest(3) {}
};

TEST_F(PollTest, BringsAnOrderOnceAndAgainWhenItChanged) {
    EXPECT_EQ(poll(), std::vector<std::string>{"1001"});
    EXPECT_TRUE(poll().empty());
    shop.orders.at("1001").set("lastModified", "2026-11-02T09:15:22.346Z");
    EXPECT_EQ(poll(), std::vector<std::string>{"1001"});
    shop.add_order("0999", "2026-11-02T09:14:00.000Z");  // seen late, under an earlier stamp
    EXPECT_EQ(poll(), std::vector<std::string>{"0999"});
}

TEST_F(SmallPages, LoseNothingWhenManyShareAStamp) {
    for (int i = 0; i < 50; ++i)
        shop.add_order("E" + std::to_string(i), "2026-11-02T10:00:00.000Z");
    for (int i = 0; i < 20; ++i)
        shop.add_order("D" + std::to_string(i),
                       "2026-11-02T10:00:0" + std::to_string(i % 10) + ".500Z");
    const auto all = poll_all();
    EXPECT_EQ(all.size(), 71U);
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), 71U);
}

TEST_F(SmallPages, LoseNothingWhenAnOrderChangesWhilePagesAreRead) {
    for (int i = 0; i < 9; ++i)
        shop.add_order("E" + std::to_string(i), "2026-11-02T10:00:0" + std::to_string(i) + ".000Z");
    int lists = 0;
    host.peer = [&](const Request& request) {
        const Answer answer = shop.answer(request);
        if (++lists == 1) shop.orders.at("1001").set("lastModified", "2026-11-02T11:00:00.000Z");
        return answer;
    };
    const auto all = poll_all();
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), 10U);
}

TEST_F(PollTest, ABackfillBeginsWhereItIsTold) {
    shop.add_order("0500", "2026-01-02T00:00:00.000Z");
    poll_all();
    cursor = R"({"from": "2026-01-01T00:00:00Z"})";
    EXPECT_EQ(poll_all().size(), 2U);
}

TEST_F(PollTest, AnAnswerThatIsTooLargeIsAskedForInSmallerParts) {
    for (int i = 0; i < 20; ++i)
        shop.add_order("E" + std::to_string(i), "2026-11-02T10:00:00.000Z");
    host.peer = [&](const Request& request) {
        return request.url.find("limit=50") != std::string::npos
                   ? problem(500, "internal", "too large")
                   : shop.answer(request);
    };
    EXPECT_EQ(poll_all().size(), 21U);
}

TEST_F(PollTest, WaitsWhileTheSystemShedsLoad) {
    Answer busy = problem(503, "overloaded", "later");
    busy.headers = {{"sfdc_load", "93"}, {"sfdc_load_status", "THROTTLE"}};
    shop.faults.push_back({"GET", "/orders", busy});
    const Outcome first = host.poll();
    EXPECT_EQ(first.outcome, OH_RETRY);
    EXPECT_EQ(first.retry_after_ms, 30'000U);
    const std::size_t asked = host.requests.size();
    EXPECT_EQ(host.poll().code, "load");
    EXPECT_EQ(host.requests.size(), asked);
    host.now_ms += 60'000;
    EXPECT_EQ(poll(), std::vector<std::string>{"1001"});
}

TEST_F(PollTest, AnOrderThatCannotBeMappedHoldsUpNoOther) {
    shop.add_order("0998", "2026-11-02T09:00:00.000Z").set("taxTotal", "many");
    EXPECT_EQ(poll(), std::vector<std::string>{"1001"});
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_TRUE(host.logs[0].find("0998") != std::string::npos);
}

TEST_F(PollTest, ACursorOfSomebodyElseIsRefused) {
    EXPECT_EQ(host.poll("{}").outcome, OH_REJECTED);
    EXPECT_EQ(host.poll("5").outcome, OH_REJECTED);
    EXPECT_EQ(host.poll(R"({"from": 0, "seen": [], "exports": {"from": 0}})").outcome, OH_REJECTED);
}

TEST_F(PollTest, TheCheckAsksWhetherTheClientMayWrite) {
    EXPECT_EQ(host.check().outcome, OH_DONE);
    shop.faults.push_back({"PATCH", "/orders/orderhub-check", problem(403, "forbidden", "no")});
    EXPECT_EQ(host.check().code, "no_permission");
    shop.faults.push_back({"GET", "/orders", problem(403, "forbidden", "no")});
    EXPECT_EQ(host.check().code, "unauthorized");
}

}  // namespace
}  // namespace orderhub::b2c_commerce::testing
