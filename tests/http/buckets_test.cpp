// Requests that come too fast, by address and by caller.
#include "hub/http/buckets.hpp"

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

TEST(Buckets, LetABurstThroughAndThenTheRate) {
    Buckets buckets({.per_second = 10, .burst = 3});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(buckets.take("a", 1'000), 0);
    EXPECT_EQ(buckets.take("a", 1'000), 100);
    EXPECT_EQ(buckets.take("a", 1'040), 60);
    EXPECT_EQ(buckets.take("a", 1'100), 0);
    EXPECT_EQ(buckets.take("a", 1'100), 100);
    EXPECT_EQ(buckets.take("b", 1'100), 0) << "another's bucket";
}

TEST(Buckets, HoldNoMoreThanTheBurst) {
    Buckets buckets({.per_second = 1'000'000, .burst = 2});
    EXPECT_EQ(buckets.take("a", 0), 0);
    const std::int64_t later = INT64_MAX / 2;
    EXPECT_EQ(buckets.take("a", later), 0);
    EXPECT_EQ(buckets.take("a", later), 0);
    EXPECT_GT(buckets.take("a", later), 0);
}

TEST(Buckets, AClockThatIsSetBackBringsNothing) {
    Buckets buckets({.per_second = 1, .burst = 1});
    EXPECT_EQ(buckets.take("a", 10'000), 0);
    EXPECT_EQ(buckets.take("a", 5'000), 1'000);
    EXPECT_EQ(buckets.take("a", 6'000), 0);
}

TEST(Buckets, KeepABoundedNumber) {
    Buckets buckets({.per_second = 1, .burst = 1});
    for (int i = 0; i < 50'000; ++i)
        EXPECT_EQ(buckets.take(std::to_string(i), 0), 0);
}

TEST(Buckets, WithoutARateNothingIsHeldBack) {
    Buckets buckets({});
    for (int i = 0; i < 1'000; ++i)
        EXPECT_EQ(buckets.take("a", 0), 0);
}

class RequestRate : public ApiTest {
protected:
    /// The fixture's clock goes on by a millisecond a look, so the rates are slow.
    void limit(RequestRates rates) {
        rates_ = rates;
        TearDown();
        SetUp();
    }

    int refused_of(int requests, const std::string& path, const std::string& token) {
        int refused = 0;
        for (int i = 0; i < requests; ++i) {
            const auto reply = call("GET", path, token);
            if (reply.status != 429) continue;
            ++refused;
            EXPECT_EQ(reply.code(), "too_many_requests");
            EXPECT_GE(std::stoi(reply.headers.at("retry-after")), 1);
        }
        return refused;
    }
};

TEST_F(RequestRate, HoldsForEachCaller) {
    limit({.by_caller = {.per_second = 1, .burst = 5}});
    EXPECT_EQ(refused_of(8, "/api/v1/orders", "agent"), 3);
    EXPECT_EQ(refused_of(5, "/api/v1/orders", "admin"), 0);
    now_ += 2'000;
    EXPECT_EQ(refused_of(2, "/api/v1/orders", "agent"), 0);
}

TEST_F(RequestRate, HoldsForEachAddressWhoeverAsks) {
    limit({.by_address = {.per_second = 1, .burst = 5}});
    EXPECT_EQ(refused_of(5, "/api/v1/orders", "no such token"), 0);
    EXPECT_EQ(refused_of(2, "/api/v1/orders", "agent"), 2);
}

TEST_F(RequestRate, LetsWatchersAndStorefrontsThrough) {
    limit({.by_address = {.per_second = 1, .burst = 1}});
    for (const auto* path : {"/healthz", "/readyz"})
        EXPECT_EQ(refused_of(5, path, ""), 0) << path;
    for (int i = 0; i < 5; ++i)
        EXPECT_NE(call("POST", "/intake/shop", "", "{}").status, 429);
}

}  // namespace
}  // namespace orderhub::http
