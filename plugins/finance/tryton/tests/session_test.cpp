// Logging in, and again.
#include <gtest/gtest.h>

#include <string>

#include "stub_tryton.hpp"

namespace orderhub::tryton::test {
namespace {

constexpr const char* kLogin = "common.db.login";
constexpr const char* kPost = "model.account.invoice.post";

TEST(Session, IsKeptFromCallToCall) {
    World world;
    world.post(memo("CM-1"));
    world.post(memo("CM-2"));
    EXPECT_EQ(world.tryton.calls[kLogin], 1);
}

TEST(Session, OnlyTheLoginsBodyIsFilledIn) {
    World world;
    world.post(memo("CM-{{secret:password}}"));
    int filled = 0;
    for (const testkit::Request& request : world.host.requests) {
        EXPECT_EQ(request.url, "http://tryton.example.test:8000/hub/");
        if ((request.flags & OH_HTTP_FILL_BODY) == 0) continue;
        ++filled;
        EXPECT_EQ(json::parse(request.body), json::parse(R"({"id":1,"method":"common.db.login",
                                  "params":["hub",{"password":"{{secret:password}}"}]})"));
    }
    EXPECT_EQ(filled, 1);
}

TEST(Session, AnExpiredOneIsRenewedOnce) {
    World world;
    world.post(memo("CM-1"));
    world.tryton.session = "gone";
    EXPECT_EQ(world.post(memo("CM-2")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.calls[kLogin], 2);
}

// Tryton lets a session that was idle read, and refuses it to post.
TEST(Session, PostingWantsAFreshOne) {
    World world;
    world.tryton.faults[kPost].push_back({html_answer(401)});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.calls[kLogin], 2);
    EXPECT_EQ(world.tryton.calls[kPost], 2);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST(Session, RefusedTwiceIsRetriedLater) {
    World world;
    world.tryton.faults[kPost] = {{html_answer(401)}, {html_answer(401)}};
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "unauthorized");
    EXPECT_EQ(world.tryton.calls[kLogin], 2);
}

TEST(Session, AWrongPasswordIsRetriedSlowly) {
    World world;
    world.tryton.faults[kLogin].push_back({html_answer(401)});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "unauthorized");
    EXPECT_GE(outcome.retry_after_ms, 60'000U);
    EXPECT_EQ(world.host.requests.size(), 1U);
}

TEST(Session, TooManyFailuresWaitAtLeastAMinute) {
    World world;
    testkit::Answer shut = html_answer(429);
    world.tryton.faults[kLogin].push_back({shut});
    EXPECT_EQ(world.post(memo("CM-1")).retry_after_ms, 60'000U);
    shut.headers.emplace_back("retry-after", "300");
    world.tryton.faults[kLogin].push_back({shut});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.code, "throttled");
    EXPECT_EQ(outcome.retry_after_ms, 300'000U);
}

TEST(Session, AStrangeLoginAnswerIsARetry) {
    World world;
    world.tryton.faults[kLogin].push_back({json_answer({{"id", 1}, {"result", nullptr}})});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "bad_answer");
}

}  // namespace
}  // namespace orderhub::tryton::test
