#include "hub/routing/breaker.hpp"

#include <gtest/gtest.h>

namespace orderhub::routing {

using std::chrono::milliseconds;

namespace {

constexpr std::uint64_t kLongest = ~0ULL - (~0ULL % 1'001) - 1;  // the longest first wait: 1000 ms

class BreakerTest : public testing::Test {
protected:
    Breaker breaker_{Backoff{milliseconds(1'000), milliseconds(300'000)}, 3};
};

}  // namespace

TEST_F(BreakerTest, AFailureOfTheSystemPausesUntilItsDelayIsOver) {
    EXPECT_FALSE(breaker_.is_paused(0));
    EXPECT_FALSE(breaker_.failed("a", 0, kLongest, milliseconds(5'000)));
    EXPECT_TRUE(breaker_.is_paused(4'999));
    EXPECT_FALSE(breaker_.is_paused(5'000));
}

TEST_F(BreakerTest, AfterAnOutageCallsGoOneByOneUntilEnoughWentWell) {
    EXPECT_EQ(breaker_.limit(8), 8U);
    breaker_.failed("a", 0, kLongest, {});
    EXPECT_EQ(breaker_.limit(8), 1U);
    for (const char* id : {"a", "b"}) {
        breaker_.went_well(id);
        EXPECT_FALSE(breaker_.is_paused(0));
        EXPECT_EQ(breaker_.limit(8), 1U);
    }
    breaker_.went_well("c");
    EXPECT_EQ(breaker_.limit(8), 8U);
}

TEST_F(BreakerTest, CallsThatFailTogetherAreOneFailure) {
    breaker_.failed("a", 0, kLongest, milliseconds(10'000));
    const auto until = breaker_.paused_until();
    breaker_.failed("b", 1, kLongest, {});
    EXPECT_EQ(breaker_.paused_until(), until);
    breaker_.failed("c", 1, kLongest, milliseconds(20'000));
    EXPECT_EQ(breaker_.paused_until(), 20'001);
}

TEST_F(BreakerTest, OneThatFailsWhileOthersGoWellIsAtFaultItself) {
    EXPECT_FALSE(breaker_.failed("a", 0, kLongest, {}));
    breaker_.went_well("b");
    EXPECT_TRUE(breaker_.failed("a", 10, kLongest, {}));
    EXPECT_FALSE(breaker_.is_paused(10));
}

TEST_F(BreakerTest, ALongOutageAsksOneOtherInEachPause) {
    Instant now = 0;
    for (int failure = 1; failure <= 5; ++failure) {
        breaker_.failed("a", now, kLongest, {});
        EXPECT_FALSE(breaker_.take_second_opinion("a"));
        EXPECT_EQ(breaker_.take_second_opinion("b"), failure >= 3) << failure;
        EXPECT_FALSE(breaker_.take_second_opinion("c")) << "one is enough";
        now = breaker_.paused_until();
    }
}

}  // namespace orderhub::routing
