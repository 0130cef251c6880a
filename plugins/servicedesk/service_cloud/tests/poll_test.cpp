// Polling: every change once, whatever stamps it shares and however late it shows.
#include <gtest/gtest.h>

#include <set>

#include "org.hpp"

namespace orderhub::service_cloud::testing {
namespace {

std::vector<std::string> ids_of(const Outcome& outcome) {
    std::vector<std::string> ids;
    for (const auto& [kind, record] : outcome.records)
        ids.push_back(record.at("source").at("external_id").text());
    return ids;
}

std::string id_of(int number) {
    std::string digits = std::to_string(number);
    return "500" + std::string(12 - digits.size(), '0') + digits + "AAA";
}

class PollTest : public ::testing::Test {
protected:
    PollTest() : host(config()) { org.attach(host); }

    Outcome poll() {
        const Outcome outcome = host.poll(cursor);
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        cursor = outcome.cursor;
        return outcome;
    }
    /// Polls until nothing comes; the ids, doubles included.
    std::vector<std::string> poll_all() {
        std::vector<std::string> all;
        for (int round = 0; round < 1000; ++round) {
            const auto ids = ids_of(poll());
            if (ids.empty()) return all;
            all.insert(all.end(), ids.begin(), ids.end());
        }
        return all;
    }

    Org org;
    FakeHost host;
    std::string cursor;
};

TEST_F(PollTest, BringsACaseOnceAndAgainWhenItChanged) {
    EXPECT_EQ(ids_of(poll()), std::vector{kCase});
    EXPECT_TRUE(ids_of(poll()).empty());
    org.cases.at(kCase).set("SystemModstamp", "2026-11-22T18:00:01.000+0000");
    EXPECT_EQ(ids_of(poll()), std::vector{kCase});
}

TEST_F(PollTest, ACaseOfWhichThereIsNoRecordIsTriedAgainByTheNextInstance) {
    org.add_case(id_of(7), "2026-11-22T18:00:00.000+0000");
    org.add_comment("", kCase, "2026-11-22T18:00:00.000+0000", "Hello");
    const Outcome outcome = poll();
    EXPECT_EQ(ids_of(outcome), std::vector{id_of(7)});
    EXPECT_EQ(outcome.message, "1 case left out: " + kCase +
                                   ": case record: /messages/0/external_id: expected 1 to 128 "
                                   "characters");
    EXPECT_TRUE(ids_of(poll()).empty());
    org.comments.clear();
    FakeHost next(config());
    org.attach(next);
    next.state = host.state;
    EXPECT_EQ(ids_of(next.poll(cursor)), std::vector{kCase});
    EXPECT_EQ(next.poll(cursor).message, "");
}

TEST_F(PollTest, LosesNothingWhenThousandsShareAStamp) {
    org.cases.clear();
    org.page_size = 300;
    for (int i = 1; i <= 2600; ++i)
        org.add_case(id_of(i), "2026-11-22T18:00:00.000+0000");
    const auto ids = poll_all();
    EXPECT_EQ(ids.size(), 2600U);
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 2600U);
}

TEST_F(PollTest, FindsWhatIsCommittedLateUnderAnEarlierStamp) {
    poll();
    org.add_case(id_of(7), "2026-11-22T17:58:30.000+0000");
    EXPECT_EQ(ids_of(poll()), std::vector{id_of(7)});
    EXPECT_TRUE(ids_of(poll()).empty());
}

TEST_F(PollTest, ACommentOrAMailBringsItsCase) {
    poll();
    org.add_comment("00a000000000001AAA", kCase, "2026-11-22T18:05:00.000+0000", "called back");
    EXPECT_EQ(ids_of(poll()), std::vector{kCase});
    org.add_mail("02s000000000001AAA", kCase, "2026-11-22T18:06:00.000+0000", "Any news?");
    const Outcome outcome = poll();
    ASSERT_EQ(ids_of(outcome), std::vector{kCase});
    EXPECT_EQ(outcome.records[0].second.at("messages").items().size(), 2U);
}

TEST_F(PollTest, ABackfillBeginsWhereItIsTold) {
    org.add_case(id_of(9), "2026-01-02T00:00:00.000+0000");
    poll_all();
    cursor = R"({"from": "2026-01-01T00:00:00Z"})";
    EXPECT_EQ(poll_all().size(), 2U);
}

TEST_F(PollTest, ACaseOutsideTheConditionIsNotBrought) {
    Json with = config();
    with.set("condition", "Origin = 'Web'");
    FakeHost other(with);
    org.attach(other);
    EXPECT_EQ(other.poll().outcome, OH_DONE);
    bool asked = false;
    for (const Request& request : other.requests)
        asked =
            asked || request.url.find("AND%20%28Origin%20%3D%20%27Web%27%29") != std::string::npos;
    EXPECT_TRUE(asked);
}

TEST_F(PollTest, LeavesRequestsToCommandsWhenTheyGetScarce) {
    org.usage = "api-usage=12500/15000; per-app-api-usage=17/250(appName=hub)";
    poll();
    const Outcome second = host.poll(cursor);
    EXPECT_EQ(second.outcome, OH_RETRY);
    EXPECT_EQ(second.code, "request_limit");
    EXPECT_EQ(second.retry_after_ms, 600'000U);
    host.now_ms += 600'000;
    org.usage = "api-usage=100/15000";
    EXPECT_EQ(host.poll(cursor).outcome, OH_DONE);
}

TEST_F(PollTest, AnExpiredLocatorBeginsAgainAndLosesNothing) {
    org.page_size = 1;
    org.add_case(id_of(2), "2026-11-22T18:00:00.000+0000");
    org.faults.push_back({"GET", "/query/01gLOCATOR",
                          refused(400, "INVALID_QUERY_LOCATOR", "invalid query locator")});
    const Outcome outcome = host.poll(cursor);
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "invalid_query_locator");
    EXPECT_EQ(poll_all().size(), 2U);
}

TEST_F(PollTest, AnAnswerThatIsTooLongIsAskedForCaseByCase) {
    org.add_case(id_of(2), "2026-11-22T18:00:00.000+0000");
    org.faults.push_back({"GET", "', '", testkit::no_answer()});
    EXPECT_EQ(ids_of(poll()).size(), 2U);
}

TEST_F(PollTest, ANextPageElsewhereIsNotFollowed) {
    org.faults.push_back(
        {"GET", "SystemModstamp >= ",
         ok(Json::parse(
             R"({"done": false, "records": [], "nextRecordsUrl": "@evil.example/x"})"))});
    const Outcome outcome = host.poll(cursor);
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "bad_answer");
}

TEST_F(PollTest, ANoticeIsReadBack) {
    const Outcome outcome = host.receive(R"({"case_ids": ["500000000000001AAA"]})");
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(ids_of(outcome), std::vector{kCase});
    EXPECT_EQ(host.receive(R"({"case_ids": ["' OR Id != '"]})").records.size(), 0U);
    EXPECT_EQ(host.receive("<html>").outcome, OH_REJECTED);
    EXPECT_EQ(host.receive("{}").outcome, OH_REJECTED);
}

}  // namespace
}  // namespace orderhub::service_cloud::testing
