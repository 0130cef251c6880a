#include "hub/routing/backoff.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

namespace orderhub::routing {

using std::chrono::milliseconds;

TEST(Backoff, StaysBetweenNothingAndTheDoublingCeiling) {
    const Backoff backoff{milliseconds(1'000), milliseconds(300'000)};
    std::mt19937_64 random(7);
    const std::vector<std::int64_t> ceilings = {1'000,  2'000,   4'000,   8'000,   16'000, 32'000,
                                                64'000, 128'000, 256'000, 300'000, 300'000};
    for (std::uint32_t failures = 1; failures <= ceilings.size(); ++failures) {
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        std::int64_t most = 0;
        for (int i = 0; i < 2'000; ++i) {
            const auto wait = retry_delay(backoff, failures, random(), {}).count();
            least = std::min(least, wait);
            most = std::max(most, wait);
        }
        const auto ceiling = ceilings[failures - 1];
        EXPECT_GE(least, 0);
        EXPECT_LE(most, ceiling);
        EXPECT_LT(least, ceiling / 10) << "full jitter reaches down";
        EXPECT_GT(most, ceiling * 9 / 10) << "and up";
    }
}

TEST(Backoff, NeverOverflows) {
    const Backoff backoff{milliseconds(1'000), milliseconds(300'000)};
    EXPECT_LE(retry_delay(backoff, 4'000'000'000U, std::numeric_limits<std::uint64_t>::max(), {}),
              milliseconds(300'000));
}

TEST(Backoff, ADelayThatWasAskedForIsNotCutShort) {
    const Backoff backoff{milliseconds(1'000), milliseconds(2'000)};
    EXPECT_EQ(retry_delay(backoff, 1, 0, milliseconds(60'000)), milliseconds(60'000));
    EXPECT_EQ(retry_delay(backoff, 1, 1'000, milliseconds(5)), milliseconds(1'000));
}

}  // namespace orderhub::routing
