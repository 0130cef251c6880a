// Events to subscribers: in order, again until they arrive, ids that stay, what disables a
// subscription.
#include <boost/json.hpp>
#include <set>

#include "hub/routing/webhook_signature.hpp"
#include "tests/routing/subscription_fixture.hpp"

namespace orderhub::routing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_F(DispatcherTest, SendsWhatIsThereAndWhatComesInOrder) {
    subscribe("a");
    tables_.append("order.imported");
    tables_.append("case.linked");
    start();
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_2"}));
    happens({"order.changed"});
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_2", "ev_3"}));
    scheduler_.advance(seconds(1));
    EXPECT_EQ(row().cursor, 3);
}

TEST_F(DispatcherTest, ASignedCloudEvent) {
    subscribe("a");
    tables_.lines.push_back({1, "ev_x", "order.imported", "os_7", "", "connector:shop", "abc",
                             R"({"number":"T-1"})", "2026-11-22T10:00:00.000Z"});
    start();
    const auto& post = subscriber_.posts.at(0);
    EXPECT_EQ(post.url, "https://a.test/hook");
    EXPECT_EQ(subscriber_.header(0, "Content-Type"), "application/cloudevents+json; charset=utf-8");
    const auto event = boost::json::parse(post.body).as_object();
    const boost::json::object expected{{"specversion", "1.0"},
                                       {"id", "ev_x"},
                                       {"source", "https://hub.test"},
                                       {"type", "order.imported"},
                                       {"time", "2026-11-22T10:00:00.000Z"},
                                       {"datacontenttype", "application/json"},
                                       {"subject", "os_7"},
                                       {"sequence", "0000000000000000001"},
                                       {"orderid", "os_7"},
                                       {"actor", "connector:shop"},
                                       {"traceid", "abc"},
                                       {"data", {{"number", "T-1"}}}};
    EXPECT_EQ(event, expected);
    const auto seconds_now = scheduler_.wall_ms() / 1000;
    EXPECT_EQ(subscriber_.header(0, "webhook-timestamp"), std::to_string(seconds_now));
    EXPECT_EQ(subscriber_.header(0, "webhook-signature"),
              webhook_signature({row().secret}, "ev_x", seconds_now, post.body));
}

TEST_F(DispatcherTest, AFilterPassesWhatBeginsSo) {
    subscribe("a", {"order.", "delivery.parked"});
    start();
    happens({"order.imported", "case.linked", "delivery.parked", "delivery.done", "orders"});
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_3"}));
    stop();
    EXPECT_EQ(row().cursor, 5) << "what passed by is behind it too";
}

TEST_F(DispatcherTest, OneAtATimeAndOneSubscriberDoesNotHoldAnother) {
    subscribe("a");
    subscribe("b");
    subscriber_.answer = [](const Post& post) {
        return post.subscription_id == "a" ? std::nullopt : std::optional(status(204));
    };
    start();
    happens({"one", "two", "three"});
    EXPECT_EQ(std::ranges::count(subscriber_.posts, "a", &Post::subscription_id), 1);
    EXPECT_EQ(std::ranges::count(subscriber_.posts, "b", &Post::subscription_id), 3);
    subscriber_.answer_kept(status(200));
    scheduler_.settle();
    EXPECT_EQ(std::ranges::count(subscriber_.posts, "a", &Post::subscription_id), 2);
}

TEST_F(DispatcherTest, TriesAgainUntilItArrivesUnderTheSameIdAndANewTime) {
    subscribe("a");
    start();
    subscriber_.answer = [&](const Post&) {
        return subscriber_.posts.size() < 4 ? status(500) : status(200);
    };
    happens({"one", "two"});
    EXPECT_EQ(row().failures, 1U);
    EXPECT_EQ(row().error_code, "http_500");
    scheduler_.advance(minutes(10));
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_1", "ev_1", "ev_1", "ev_2"}));
    EXPECT_EQ(subscriber_.posts[0].body, subscriber_.posts[3].body);
    EXPECT_NE(subscriber_.header(0, "webhook-signature"),
              subscriber_.header(3, "webhook-signature"));
    EXPECT_EQ(row().failures, 0U);
    EXPECT_EQ(row().error_code, "");
    EXPECT_EQ(row().cursor, 2);
    EXPECT_EQ(dispatcher_->metrics().delivered, 2U);
    EXPECT_EQ(dispatcher_->metrics().retried, 3U);
    EXPECT_EQ(dispatcher_->metrics().disabled, 0U);
}

TEST_F(DispatcherTest, WaitsAsLongAsTheSubscriberAsks) {
    subscribe("a");
    start();
    subscriber_.answer = [&](const Post&) {
        return subscriber_.posts.size() == 1 ? status(429, hours(1)) : status(200);
    };
    happens({"one"});
    scheduler_.advance(minutes(59));
    EXPECT_EQ(subscriber_.posts.size(), 1U);
    scheduler_.advance(minutes(2));
    EXPECT_EQ(subscriber_.posts.size(), 2U);
}

TEST_F(DispatcherTest, GoneDisablesAtOnce) {
    subscribe("a");
    start();
    subscriber_.answer = [](const Post&) { return status(410); };
    happens({"one", "two"});
    scheduler_.advance(hours(1));
    EXPECT_EQ(subscriber_.posts.size(), 1U);
    EXPECT_FALSE(row().is_active);
    EXPECT_EQ(row().reason, "gone");
    EXPECT_EQ(row().cursor, 0) << "enabled again, it goes on with the one that it did not take";
    EXPECT_EQ(dispatcher_->metrics().disabled, 1U);
    ASSERT_EQ(tables_.lines.back().type, "subscription.disabled");
    EXPECT_NE(tables_.lines.back().data.find(R"("reason":"gone")"), std::string::npos);
}

TEST_F(DispatcherTest, ThreeDaysOfFailuresDisable) {
    subscribe("a");
    start();
    subscriber_.answer = [](const Post&) {
        return PostResult{PostResult::Outcome::not_sent, 0, "refused", {}};
    };
    happens({"one"});
    scheduler_.advance(hours(71));
    EXPECT_TRUE(row().is_active);
    EXPECT_GT(subscriber_.posts.size(), 300U);
    scheduler_.advance(hours(2));
    EXPECT_FALSE(row().is_active);
    EXPECT_EQ(row().reason, "failing");
    EXPECT_EQ(row().error_code, "not_sent");
    const auto tries = subscriber_.posts.size();
    scheduler_.advance(hours(24));
    EXPECT_EQ(subscriber_.posts.size(), tries);
    EXPECT_EQ(std::ranges::count(tables_.lines, "subscription.disabled", &JournalLine::type), 1);
}

TEST_F(DispatcherTest, NothingIsMissingAfterAKillAndWhatComesTwiceHasTheSameId) {
    subscribe("a");
    start();
    for (int n = 0; n < 300; ++n)
        tables_.append("order.changed");
    int left = 150;
    subscriber_.answer = [&](const Post&) -> std::optional<PostResult> {
        if (--left < 0) return std::nullopt;
        return status(200);
    };
    happens({});
    EXPECT_EQ(subscriber_.posts.size(), 151U);
    kill();
    subscriber_.answer = [](const Post&) { return status(200); };
    start();
    scheduler_.advance(seconds(1));
    EXPECT_EQ(row().cursor, 300);
    const auto ids = subscriber_.ids();
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 300U);
    EXPECT_LE(ids.size(), 300U + 64U + 1U) << "at most what the cursor was behind";
}

TEST_F(DispatcherTest, AStopStoresTheCursorSoThatNothingComesTwice) {
    subscribe("a");
    start();
    happens({"one", "two", "three"});
    stop();
    EXPECT_EQ(row().cursor, 3);
    start();
    EXPECT_EQ(subscriber_.posts.size(), 3U);
}

TEST_F(DispatcherTest, WhatAStopCutsShortIsNotAFailure) {
    subscribe("a");
    start();
    subscriber_.answer = [](const Post&) { return std::nullopt; };
    happens({"one"});
    stop();
    EXPECT_EQ(row().failures, 0U);
    EXPECT_EQ(row().cursor, 0);
    EXPECT_EQ(subscriber_.posts.size(), 1U);
}

TEST_F(DispatcherTest, ARetryKeepsItsTimeOverARestart) {
    subscribe("a");
    start();
    subscriber_.answer = [](const Post&) { return status(503, hours(2)); };
    happens({"one"});
    stop();
    start();
    scheduler_.advance(hours(1));
    EXPECT_EQ(subscriber_.posts.size(), 1U);
    scheduler_.advance(hours(1) + minutes(1));
    EXPECT_EQ(subscriber_.posts.size(), 2U);
}

TEST_F(DispatcherTest, AReplaySendsAgainUnderTheSameIds) {
    subscribe("a");
    start();
    happens({"one", "two", "three"});
    row() = moved(row(), 1, scheduler_.wall_ms());
    dispatcher_->changed();
    scheduler_.settle();
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_2", "ev_3", "ev_2", "ev_3"}));
    EXPECT_EQ(subscriber_.posts[1].body, subscriber_.posts[3].body);
}

TEST_F(DispatcherTest, AnAnswerToWhatWasSentBeforeADecisionDoesNotMoveTheCursor) {
    subscribe("a");
    tables_.append("one");
    tables_.append("two");
    subscriber_.answer = [](const Post&) { return std::nullopt; };
    start();
    row() = moved(row(), 0, scheduler_.wall_ms());
    dispatcher_->changed();
    scheduler_.settle();
    EXPECT_EQ(subscriber_.posts.size(), 1U) << "still one at a time";
    subscriber_.answer = [](const Post&) { return status(200); };
    subscriber_.answer_kept(status(200));
    scheduler_.settle();
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_1", "ev_2"}));
}

TEST_F(DispatcherTest, DisabledAndRemovedOnesAreSentNothing) {
    subscribe("a");
    subscribe("b");
    start();
    row("a") = switched(row("a"), false, scheduler_.wall_ms());
    tables_.table.erase("b");
    dispatcher_->changed();
    scheduler_.settle();
    happens({"one"});
    EXPECT_TRUE(subscriber_.posts.empty());
    row("a") = switched(row("a"), true, scheduler_.wall_ms());
    dispatcher_->changed();
    scheduler_.settle();
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1"}));
}

TEST_F(DispatcherTest, BothSecretsSignUntilTheOldOneEnds) {
    subscribe("a");
    const auto old = row().secret;
    row() = rotated(row(), make_webhook_secret(), scheduler_.wall_ms() + 60'000);
    start();
    happens({"one"});
    scheduler_.advance(minutes(2));
    happens({"two"});
    const auto time = [&](std::size_t n) {
        return std::stoll(subscriber_.header(n, "webhook-timestamp"));
    };
    EXPECT_EQ(subscriber_.header(0, "webhook-signature"),
              webhook_signature({row().secret, old}, "ev_1", time(0), subscriber_.posts[0].body));
    EXPECT_EQ(subscriber_.header(1, "webhook-signature"),
              webhook_signature({row().secret}, "ev_2", time(1), subscriber_.posts[1].body));
}

TEST_F(DispatcherTest, ReadsAheadOnlySoFar) {
    subscribe("a");
    for (int n = 0; n < 1'000; ++n)
        tables_.append("order.changed");
    start();
    EXPECT_EQ(subscriber_.posts.size(), 1'000U);
    EXPECT_EQ(tables_.longest_read, 64U);
    EXPECT_LT(tables_.writes, 30) << "the cursor is not stored for each";
}

TEST_F(DispatcherTest, AStoreOutOfOrderDoesNotLoseItsPlace) {
    subscribe("a");
    start();
    tables_.broken = true;
    happens({"one"});
    scheduler_.advance(seconds(5));
    tables_.broken = false;
    happens({"two"});
    scheduler_.advance(seconds(5));
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_2"}));
    EXPECT_EQ(row().cursor, 2);
}

TEST_F(DispatcherTest, AnotherHubsSubscriptionIsLeftAlone) {
    subscribe("a");
    tables_.ours = false;
    start();
    happens({"one"});
    EXPECT_TRUE(subscriber_.posts.empty());
    tables_.ours = true;
    dispatcher_->changed();
    scheduler_.settle();
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1"}));
    tables_.ours = false;  // taken over while this hub was paused
    happens({"two"});
    scheduler_.advance(seconds(1));
    EXPECT_EQ(row().cursor, 0) << "a late result moves nothing";
    happens({"three"});
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_1", "ev_2"}));
}

TEST_F(DispatcherTest, ATestGoesOutAtOnceAndLeavesEverythingAsItIs) {
    subscribe("a");
    row().is_active = false;
    start();
    std::optional<Result<PostResult>> tested;
    const auto done = [&](Result<PostResult> result) { tested = std::move(result); };
    dispatcher_->test("a", "ev_test", done);
    scheduler_.settle();
    ASSERT_TRUE(tested && *tested);
    EXPECT_EQ((**tested).status, 200);
    EXPECT_EQ(subscriber_.ids(), (Ids{"ev_test"}));
    EXPECT_NE(subscriber_.posts[0].body.find("subscription.test"), std::string::npos);
    dispatcher_->test("none", "ev_test", done);
    scheduler_.settle();
    EXPECT_EQ(tested->error().kind, ErrorKind::NotFound);
    EXPECT_EQ(row().cursor, 0);
}

TEST_F(DispatcherTest, AnEventTooLongGoesWithoutItsData) {
    subscribe("a");
    tables_.append("order.imported", "{\"text\":\"" + std::string(300'000, 'x') + "\"}");
    start();
    const auto event = boost::json::parse(subscriber_.posts.at(0).body).as_object();
    EXPECT_FALSE(event.contains("data"));
    EXPECT_EQ(event.at("dataref"), "https://hub.test/api/v1/events?after=0&limit=1");
    EXPECT_LT(subscriber_.posts[0].body.size(), 1'000U);
}

}  // namespace
}  // namespace orderhub::routing
