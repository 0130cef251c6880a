// For how long a hub takes what it has begun for its own.
#include "hub/store/postgres/freshness.hpp"

#include <gtest/gtest.h>

namespace orderhub::test {

namespace {

using namespace std::chrono_literals;
using store::Freshness;

const Freshness::Clock::time_point kBegin{1h};

}  // namespace

TEST(Freshness, LastsHalfALeaseFromBeforeTheDatabaseWasTold) {
    Freshness freshness(6s);
    EXPECT_FALSE(freshness.covers(7, kBegin));
    freshness.renewed(7, kBegin);
    EXPECT_TRUE(freshness.covers(7, kBegin + 2'999ms));
    EXPECT_FALSE(freshness.covers(7, kBegin + 3s));
    freshness.renewed(7, kBegin + 4s);
    EXPECT_TRUE(freshness.covers(7, kBegin + 6'999ms));
}

TEST(Freshness, EndsWithTheRegistration) {
    Freshness freshness(6s);
    freshness.renewed(7, kBegin);
    freshness.renewed(8, kBegin + 1s);
    EXPECT_FALSE(freshness.covers(7, kBegin + 1s));
    EXPECT_TRUE(freshness.covers(8, kBegin + 1s));
    EXPECT_FALSE(freshness.covers(0, kBegin + 1s));
}

}  // namespace orderhub::test
