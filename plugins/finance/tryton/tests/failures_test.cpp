// Every way in which the wire or Tryton may fail, and the class that the hub is told.
#include <gtest/gtest.h>

#include <string>

#include "stub_tryton.hpp"

namespace orderhub::tryton::test {
namespace {

constexpr const char* kCreate = "model.account.invoice.create";
constexpr const char* kPost = "model.account.invoice.post";
constexpr const char* kRead = "model.account.invoice.read";
constexpr const char* kSearch = "model.account.invoice.search_read";
constexpr const char* kWrite = "model.account.invoice.write";

testkit::Answer body_answer(std::string type, std::string body) {
    return {200, std::move(body), {{"content-type", std::move(type)}}, OH_HTTP_ANSWERED};
}

// What leaves open whether a write took effect.
std::vector<testkit::Answer> doubtful_answers() {
    return {testkit::no_answer(),
            html_answer(500),
            html_answer(502),
            html_answer(504),
            body_answer("application/json", R"({"id":1,"resu)"),
            body_answer("application/json", R"([1])"),
            body_answer("application/json", R"({"id":1})"),
            body_answer("text/html", "<html>a proxy speaks</html>")};
}

class Doubtful : public testing::TestWithParam<std::size_t> {
protected:
    testkit::Answer answer() const { return doubtful_answers().at(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(Answers, Doubtful, testing::Range(std::size_t{0}, std::size_t{8}));

TEST_P(Doubtful, ACreateThatTookEffectGoesOn) {
    World world;
    world.tryton.faults[kCreate].push_back({answer(), true});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST_P(Doubtful, ACreateThatIsNotSeenIsUnknownAndThenMadeOnce) {
    World world;
    world.tryton.faults[kCreate].push_back({answer(), false});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_UNKNOWN);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST_P(Doubtful, APostThatTookEffectIsDone) {
    World world;
    world.tryton.faults[kPost].push_back({answer(), true});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_EQ(outcome.result.at("number"), "CRN-1");
    EXPECT_EQ(world.tryton.calls[kPost], 1);
}

TEST_P(Doubtful, APostThatIsNotSeenIsUnknownAndItsDraftPostedNext) {
    World world;
    world.tryton.faults[kPost].push_back({answer(), false});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_UNKNOWN);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST_P(Doubtful, ALookIsRetried) {
    World world;
    world.tryton.faults[kSearch].push_back({answer(), false});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_RETRY);
    EXPECT_TRUE(world.tryton.invoices.empty());
}

TEST_P(Doubtful, APostedNoteThatCannotBeReadIsUnknown) {
    World world;
    world.tryton.faults[kRead].push_back({answer(), false});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_UNKNOWN);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.calls[kPost], 1);
}

TEST_P(Doubtful, ADateThatMayBeWrittenIsWrittenAgain) {
    World world;
    world.tryton.add_invoice("CM-1", "draft", "2026-11-19");
    world.tryton.faults[kWrite].push_back({answer(), true});
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_RETRY);
    EXPECT_EQ(world.post(memo("CM-1"), 3).outcome, OH_DONE);
}

TEST(Failures, ALookAfterADoubtfulCreateThatFailsStaysUnknown) {
    World world;
    world.tryton.faults[kCreate].push_back({testkit::no_answer(), true});
    world.tryton.faults[kSearch] = {{json_answer({{"id", 1}, {"result", json::array{}}})},
                                    {testkit::not_sent()}};
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_UNKNOWN);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST(Failures, RefusedConnection) {
    World world;
    world.tryton.faults["common.db.login"].push_back({testkit::not_sent()});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "unreachable");
}

TEST(Failures, RefusedConnectionBetweenCreateAndPostLeavesADraft) {
    World world;
    world.tryton.faults[kPost].push_back({testkit::not_sent()});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_RETRY);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST(Failures, ThrottledWithADelay) {
    World world;
    testkit::Answer busy = html_answer(429);
    busy.headers.emplace_back("retry-after", "7");
    world.tryton.faults[kCreate].push_back({busy});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "throttled");
    EXPECT_EQ(outcome.retry_after_ms, 7000U);
}

TEST(Failures, ForbiddenCallIsRejected) {
    World world;
    world.tryton.faults[kPost].push_back({html_answer(403)});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "forbidden");
}

TEST(Failures, AnUnknownDatabaseIsNamedAsThat) {
    World world;
    world.tryton.faults["common.db.login"].push_back({html_answer(404)});
    const testkit::Outcome outcome = world.host.check();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "not_found");
}

TEST(Failures, TrytonsWordsReachThePerson) {
    World world;
    const std::string words = "To continue, you must create a period for the date \"11/20/2025\".";
    world.tryton.faults[kPost].push_back({error_answer("UserError", {words, "", nullptr})});
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.message, words);
    EXPECT_EQ(world.tryton.invoices.at(0).at("state"), "draft");
}

TEST(Failures, LocksAreRetriedAndTheDraftPosted) {
    World world;
    world.tryton.faults[kPost] = {
        {error_answer("could not obtain lock on row in relation \"ir_sequence_strict\"\n")},
        {error_answer("could not serialize access due to concurrent update\n")},
        {error_answer("ConcurrencyException", "Records were modified in the meanwhile")}};
    for (std::uint32_t attempt = 1; attempt <= 3; ++attempt) {
        const testkit::Outcome outcome = world.post(memo("CM-1"), attempt);
        EXPECT_EQ(outcome.outcome, OH_RETRY);
        EXPECT_EQ(outcome.code, "busy");
    }
    EXPECT_EQ(world.post(memo("CM-1"), 4).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST(Failures, AStopBeforeAnythingWasSentIsARetry) {
    World world;
    world.tryton.faults[kSearch].push_back({{0, "", {}, OH_HTTP_STOPPING}});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_RETRY);
}

TEST(Failures, AStopAfterACreateIsUnknown) {
    World world;
    world.tryton.faults[kPost].push_back({{0, "", {}, OH_HTTP_STOPPING}});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_UNKNOWN);
}

TEST(Failures, NoMessageNamesTheCustomer) {
    World world;
    world.tryton.faults[kCreate].push_back({html_answer(500), false});
    world.tryton.faults[kPost].push_back({testkit::no_answer(), false});
    for (std::uint32_t attempt = 1; attempt <= 2; ++attempt) {
        const testkit::Outcome outcome = world.post(memo("CM-1"), attempt);
        EXPECT_NE(outcome.outcome, OH_DONE);
        EXPECT_EQ(outcome.message.find("Ada"), std::string::npos);
        EXPECT_EQ(outcome.message.find("ada@"), std::string::npos);
    }
    EXPECT_TRUE(world.host.logs.empty());
}

}  // namespace
}  // namespace orderhub::tryton::test
