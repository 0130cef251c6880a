#include <algorithm>

#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

namespace {

/// A shop's history in pages of two: the cursor is the number of orders already given.
class History {
public:
    explicit History(int orders) : orders_(orders) {}
    void page(const std::string& cursor, const Caller::Done& done) {
        const int from = cursor.empty() ? 0 : std::stoi(cursor);
        CallResult result;
        int next = from;
        for (; next < orders_ && next < from + 2; ++next)
            result.records.push_back(
                {"order", std::to_string(next), "order " + std::to_string(next)});
        result.cursor = std::to_string(next);
        ++polls_;
        done(result);
    }
    int polls() const { return polls_; }
    void add(int orders) { orders_ += orders; }

private:
    std::atomic<int> orders_;
    std::atomic<int> polls_ = 0;
};

}  // namespace

TEST_F(RouterTest, PollingReadsAllPagesAtOnceAndGoesOnFromTheCursor) {
    History history(5);
    shop_.interval = std::chrono::hours(1);
    shop_.on_poll = [&](const std::string& cursor, const Caller::Done& done) {
        history.page(cursor, done);
    };
    start();
    EXPECT_TRUE(soon([&] { return is_applied("order", "order 4"); }));
    EXPECT_TRUE(soon([&] { return !router_->poll_progress("shop")->running; }));
    EXPECT_EQ(history.polls(), 4);
    EXPECT_EQ(router_->poll_progress("shop")->queued, 5U);
    history.add(1);
    EXPECT_TRUE(router_->poll_now("shop"));
    EXPECT_TRUE(soon([&] { return is_applied("order", "order 5"); }));
}

TEST_F(RouterTest, PollingComesBackAfterItsInterval) {
    std::atomic<int> polls = 0;
    shop_.interval = std::chrono::hours(1);
    settings_.poll_intervals["shop"] = std::chrono::milliseconds(2);
    shop_.on_poll = [&](const std::string&, const Caller::Done& done) {
        ++polls;
        done({});
    };
    start();
    EXPECT_TRUE(soon([&] { return polls >= 4; }));
}

TEST_F(RouterTest, WhatHasNotChangedIsNotAppliedAgainAndWhatComesBackIs) {
    const std::vector<std::string> states = {"paid", "paid", "shipped", "paid", "paid"};
    std::atomic<std::size_t> polls = 0;
    shop_.interval = std::chrono::hours(1);
    settings_.poll_intervals["shop"] = std::chrono::milliseconds(1);
    shop_.on_poll = [&](const std::string&, const Caller::Done& done) {
        // Each poll looks at another time, which alone is no change.
        const std::size_t poll = polls++;
        CallResult result;
        result.records.push_back({"order", "1",
                                  R"({"status":")" + states[std::min(poll, states.size() - 1)] +
                                      R"(","source":{"observed_at":")" + std::to_string(poll) +
                                      R"("}})"});
        done(result);
    };
    start();
    EXPECT_TRUE(soon([&] { return router_->metrics("shop")->applied == 3; }));
    const std::size_t then = polls;
    EXPECT_TRUE(soon([&] { return polls > std::max(then, states.size()) + 2; }));
    close_all();
    const auto applied = notes();
    ASSERT_EQ(applied.size(), 3U);
    EXPECT_EQ(std::ranges::count_if(
                  applied, [](const auto& line) { return line.find("paid") != std::string::npos; }),
              2);
}

TEST_F(RouterTest, AFailedPollIsTriedAgainFromTheSameCursor) {
    History history(2);
    std::atomic<int> failures = 2;
    shop_.interval = std::chrono::hours(1);
    shop_.on_poll = [&](const std::string& cursor, const Caller::Done& done) {
        if (failures-- > 0)
            done(failure(Outcome::retry, "unreachable"));
        else
            history.page(cursor, done);
    };
    start();
    EXPECT_TRUE(soon([&] { return is_applied("order", "order 1"); }));
    EXPECT_EQ(router_->metrics("shop")->poll_failures, 2U);
}

TEST_F(RouterTest, WhatAPollThatWentWellHasToSayIsShown) {
    const std::string words = "1 order left out: 7: 'total' is missing";
    shop_.interval = std::chrono::hours(1);
    shop_.on_poll = [&](const std::string&, const Caller::Done& done) {
        CallResult result;
        result.code = "left_out";
        result.message = words;
        done(result);
    };
    start();
    EXPECT_TRUE(soon([&] { return router_->poll_progress("shop")->error == words; }));
    EXPECT_EQ(router_->metrics("shop")->poll_failures, 0U);
}

TEST_F(RouterTest, WhatCannotBePolledIsNot) {
    start();
    EXPECT_FALSE(router_->poll_now("erp")) << "it has nothing to poll";
    EXPECT_FALSE(router_->poll_now("nobody"));
}

}  // namespace orderhub::routing
