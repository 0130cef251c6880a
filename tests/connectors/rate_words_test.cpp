// What answers of real systems say about the rate, and what the limit makes of it.
#include "hub/connectors/rate_words.hpp"

#include <gtest/gtest.h>

#include "hub/connectors/rate_limit.hpp"

namespace orderhub::connectors::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Now = RateLimit::Clock::time_point;

WireAnswer answer(int status, std::vector<Header> headers = {}, std::string body = {}) {
    return {OH_HTTP_ANSWERED, status, std::move(headers), std::move(body)};
}

struct Case {
    const char* name;
    WireAnswer said;
    bool refused;
    std::optional<milliseconds> pause;
    const char* reason;
};

class RateWordsTest : public ::testing::TestWithParam<Case> {};

TEST_P(RateWordsTest, are_understood) {
    const RateWords words = rate_words(GetParam().said);
    EXPECT_EQ(words.refused, GetParam().refused);
    EXPECT_EQ(words.pause, GetParam().pause);
    EXPECT_EQ(words.reason, GetParam().reason);
}

const std::string kCost =
    R"({"data":null,"extensions":{"cost":{"requestedQueryCost":101,"throttleStatus":)"
    R"({"maximumAvailable":1000.0,"currentlyAvailable":1.0,"restoreRate":50.0}}}})";
const std::string kSpent = R"({"extensions":{"cost":{"requestedQueryCost":101,"throttleStatus":)"
                           R"({"currentlyAvailable":899,"restoreRate":50}}}})";
const std::string kConcurrency =
    R"({"error":{"code":"SSS_REQUEST_LIMIT_EXCEEDED","message":"Only one request may be made."}})";

INSTANTIATE_TEST_SUITE_P(
    Answers, RateWordsTest,
    ::testing::Values(
        Case{"Good", answer(200), false, {}, ""},
        Case{"TooMany", answer(429, {{"retry-after", "7"}}), true, 7s, "retry-after"},
        Case{"TooManyWithoutTime", answer(429), true, {}, "status 429"},
        Case{"TooManyUntilADate",
             answer(429, {{"retry-after", "Mon, 23 Nov 2026 08:00:00 GMT"}}),
             true,
             {},
             "status 429"},
        Case{"BusyForAWhile", answer(503, {{"retry-after", "2"}}), true, 2s, "retry-after"},
        Case{"Broken", answer(503), false, {}, ""},
        Case{"NoneLeft", answer(200, {{"ratelimit", "\"default\";r=0;t=5"}}), false, 5s,
             "ratelimit"},
        Case{"NoneLeftOfAnOlderDraft",
             answer(200, {{"ratelimit", "limit=100, remaining=0, reset=6"}}), false, 6s,
             "ratelimit"},
        Case{"NoneLeftInHeadersOfTheirOwn",
             answer(200, {{"ratelimit-remaining", "0"}, {"ratelimit-reset", "3"}}), false, 3s,
             "ratelimit"},
        Case{"SomeLeft", answer(200, {{"ratelimit", "\"default\";r=1;t=5"}}), false, {}, ""},
        // Three short of a reserve of four, two a second.
        Case{"CallsNearlyUsedUp", answer(200, {{"x-shopify-shop-api-call-limit", "39/40"}}), false,
             1'500ms, "call-limit"},
        Case{"CallsLeft", answer(200, {{"x-shopify-shop-api-call-limit", "36/40"}}), false, {}, ""},
        Case{"NotACallLimit",
             answer(200, {{"x-shopify-shop-api-call-limit", "40/0"}}),
             false,
             {},
             ""},
        Case{"CostIsMoreThanIsLeft", answer(200, {}, kCost), false, 2s, "query cost"},
        Case{"CostFits", answer(200, {}, kSpent), false, {}, ""},
        Case{"NotACost", answer(200, {}, "\"throttleStatus\" is a word"), false, {}, ""},
        Case{"TooManyAtOnce", answer(429, {}, kConcurrency), true, {}, "concurrency"},
        Case{
            "TooManyAtOnceByAnotherStatus", answer(403, {}, kConcurrency), true, {}, "concurrency"},
        Case{"TooManyIsOnlyQuoted", answer(200, {}, kConcurrency), false, {}, ""},
        Case{"NoAnswer",
             WireAnswer{OH_HTTP_NO_ANSWER, 429, {{"retry-after", "7"}}, ""},
             false,
             {},
             ""}),
    [](const auto& each) { return each.param.name; });

TEST(RateLimitTest, a_full_bucket_goes_at_once_and_then_one_each_interval) {
    RateLimit limit(RateSettings{100ms, 3});
    const Now now{1h};
    std::vector<milliseconds> turns;
    for (int i = 0; i < 5; ++i)
        turns.push_back(std::chrono::duration_cast<milliseconds>(limit.take(now) - now));
    EXPECT_EQ(turns, (std::vector<milliseconds>{0ms, 0ms, 0ms, 100ms, 200ms}));
    EXPECT_EQ(limit.take(now + 10s), now + 10s);
}

TEST(RateLimitTest, a_place_given_back_is_the_next_ones) {
    RateLimit limit(RateSettings{100ms, 1});
    const Now now{1h};
    limit.take(now);
    EXPECT_EQ(limit.take(now), now + 100ms);
    limit.give_back();
    EXPECT_EQ(limit.take(now), now + 100ms);
}

TEST(RateLimitTest, without_settings_nothing_waits_until_the_system_asks_for_it) {
    RateLimit limit(std::nullopt);
    const Now now{1h};
    for (int i = 0; i < 1'000; ++i)
        EXPECT_EQ(limit.take(now), now);
    limit.heed(answer(429, {{"retry-after", "2"}}), now);
    EXPECT_EQ(limit.take(now), now + 2s);
    EXPECT_EQ(limit.still_held(now + 1s), now + 2s);
    const RateFacts facts = limit.facts(now + 500ms);
    EXPECT_EQ(facts.held_for, 1'500ms);
    EXPECT_EQ(facts.reason, "retry-after");
    EXPECT_EQ(facts.refusals, 1U);
    EXPECT_EQ(limit.facts(now + 2s).reason, "");
    EXPECT_EQ(limit.take(now + 2s), now + 2s);
}

TEST(RateLimitTest, refusals_without_a_time_double_the_pause_until_one_is_answered) {
    RateLimit limit(std::nullopt);
    Now now{1h};
    for (const auto pause : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        limit.heed(answer(429, {}, kConcurrency), now);
        EXPECT_EQ(limit.take(now), now + pause);
        now += pause;
    }
    limit.heed(answer(200), now);
    limit.heed(answer(429), now);
    EXPECT_EQ(limit.take(now), now + 1s);
}

}  // namespace
}  // namespace orderhub::connectors::test
