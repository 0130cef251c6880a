// The incremental export and webhooks: every change once, whatever the cursor does.
#include <gtest/gtest.h>

#include "account.hpp"

namespace orderhub::zendesk::testing {
namespace {

using Ids = std::vector<std::string>;

class PollTest : public ::testing::Test {
protected:
    PollTest() : host(config()) { account.attach(host); }

    Outcome poll() {
        Outcome outcome = host.poll(cursor);
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        cursor = outcome.cursor;
        return outcome;
    }
    std::string asked(std::size_t index) const { return host.requests.at(index).url; }

    Account account;
    FakeHost host;
    std::string cursor;
};

TEST_F(PollTest, BringsATicketOnceAndAgainWhenItChanged) {
    EXPECT_EQ(ids_of(poll()), Ids{kTicket});
    EXPECT_TRUE(ids_of(poll()).empty());
    account.tickets.at(kTicket).set("generated_timestamp", kStart + 1);
    EXPECT_EQ(ids_of(poll()), Ids{kTicket});
}

TEST_F(PollTest, ATicketOfWhichThereIsNoRecordHoldsUpNoOther) {
    Json& broken = account.add_ticket("1", kStart - 1);
    broken.set("status", "deleted").set("id", "one");
    const Outcome outcome = poll();
    EXPECT_EQ(ids_of(outcome), Ids{kTicket});
    EXPECT_EQ(outcome.message, "1 ticket left out: one: the id of a ticket is a number");
}

TEST_F(PollTest, AChangeOfTheSystemWithAnOlderDateIsBrought) {
    poll();
    Json& ticket = account.tickets.at(kTicket);
    ticket.set("generated_timestamp", kStart + 9);
    ticket.set("updated_at", "2020-01-01T00:00:00Z");
    ticket.set("status", "deleted");
    const Outcome outcome = poll();
    ASSERT_EQ(ids_of(outcome), Ids{kTicket});
    EXPECT_EQ(outcome.records[0].second.at("state").text(), "closed");
    EXPECT_TRUE(outcome.records[0].second["messages"].is_null());
}

TEST_F(PollTest, ReadsPageAfterPageAndKeepsThePlaceOfTheLast) {
    for (int i = 1; i <= 4; ++i)
        account.add_ticket(std::to_string(i), kStart + i);
    EXPECT_EQ(ids_of(poll()), (Ids{kTicket, "1"}));
    EXPECT_EQ(ids_of(poll()), (Ids{"2", "3"}));
    EXPECT_EQ(ids_of(poll()), Ids{"4"});
    const std::string last = cursor;
    EXPECT_TRUE(ids_of(poll()).empty());  // a page with nothing has no cursor
    EXPECT_EQ(cursor, last);
}

TEST_F(PollTest, BeginsWhereItIsTold) {
    poll();
    EXPECT_NE(asked(0).find("start_time=1793491200"), std::string::npos) << asked(0);
    cursor = R"({"from": "2026-01-02T00:00:00Z"})";
    host.requests.clear();
    poll();
    EXPECT_NE(asked(0).find("start_time=1767312000"), std::string::npos) << asked(0);
    EXPECT_EQ(host.poll("{}").code, "bad_cursor");
    EXPECT_EQ(host.poll("[").outcome, OH_REJECTED);
}

TEST_F(PollTest, NeverBeginsInTheMinuteThatTheExportLeavesOut) {
    cursor = R"({"from": "2030-01-01T00:00:00Z"})";
    poll();
    EXPECT_NE(asked(0).find("start_time=1794999880"), std::string::npos) << asked(0);
}

TEST_F(PollTest, TicketsOfOtherGroupsArePassedAtOnce) {
    Json with = config();
    with.set("groups", Json::parse("[4]"));
    FakeHost other(with);
    account.attach(other);
    for (int i = 1; i <= 4; ++i)
        account.add_ticket(std::to_string(i), kStart + i);
    account.tickets.at("4").set("group_id", 4);
    EXPECT_EQ(ids_of(other.poll()), Ids{"4"});
    EXPECT_TRUE(ids_of(other.receive(R"({"ticket_id": 35436})")).empty());
}

TEST_F(PollTest, KeepsTheFirstCommentAndTheNewest) {
    for (int i = 2; i <= 200; ++i)
        account.add_comment(kTicket, false, "comment " + std::to_string(i));
    const Outcome outcome = poll();
    const auto& messages = outcome.records.at(0).second.at("messages").items();
    ASSERT_EQ(messages.size(), 50U);
    EXPECT_EQ(messages.front().at("text").text(), "Where is CT-1001?");
    EXPECT_EQ(messages.back().at("text").text(), "comment 200");
    EXPECT_EQ(host.requests.size(), 4U);  // the page, two of comments, the first comment
}

TEST_F(PollTest, LeavesRequestsToAgentsWhenTheyGetScarce) {
    account.left = "209";
    poll();
    const Outcome second = host.poll(cursor);
    EXPECT_EQ(second.outcome, OH_RETRY);
    EXPECT_EQ(second.code, "request_limit");
    EXPECT_EQ(second.retry_after_ms, 60'000U);
    host.now_ms += 60'000;
    account.left = "210";
    poll();
    poll();
}

TEST_F(PollTest, ObeysTheLimitOfTheExport) {
    account.faults.push_back({"GET",
                              "/incremental/",
                              {429,
                               "Number of allowed API requests per minute exceeded",
                               {{"retry-after", "42"}, {"content-type", "text/plain"}},
                               OH_HTTP_ANSWERED}});
    const Outcome outcome = host.poll();
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "throttled");
    EXPECT_EQ(outcome.retry_after_ms, 42'000U);
}

TEST_F(PollTest, ATicketThatGoesWhileItIsReadHoldsNothingUp) {
    account.faults.push_back({"GET", "/comments", refused(404, "RecordNotFound", "Not found")});
    EXPECT_EQ(ids_of(poll()), Ids{kTicket});
}

TEST_F(PollTest, ANoticeIsReadBack) {
    const Outcome outcome = host.receive(R"({"type": "zen:event-type:ticket.comment_added",
        "detail": {"id": "35436", "status": "HACKED"}, "event": {}})");
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(ids_of(outcome), Ids{kTicket});
    EXPECT_EQ(outcome.records[0].second.at("desk_state").text(), "open");
    EXPECT_TRUE(ids_of(host.receive(R"({"ticket_id": "99"})")).empty());
    EXPECT_EQ(
        host.receive(R"({"type": "zen:event-type:user.created", "detail": {"id": "7"}})").outcome,
        OH_DONE);
    EXPECT_EQ(host.receive("<html>").outcome, OH_REJECTED);
    EXPECT_EQ(host.receive("{}").outcome, OH_REJECTED);
}

}  // namespace
}  // namespace orderhub::zendesk::testing
