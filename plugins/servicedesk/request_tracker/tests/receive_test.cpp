#include <gtest/gtest.h>

#include "desk.hpp"

namespace orderhub::request_tracker::testing {
namespace {

/// The body of a recorded webhook, with other transactions.
std::string notice(json::array transactions, std::string_view queue = "Support") {
    return json::serialize(json::object{{"event", "ticket.transactions"},
                                        {"last_updated", "2026-11-22T18:36:21Z"},
                                        {"queue", queue},
                                        {"status", "new"},
                                        {"ticket_id", 1},
                                        {"transactions", std::move(transactions)}});
}

json::object transaction(std::string_view type, std::string_view creator) {
    return {{"created", "2026-11-22T18:36:21Z"},
            {"creator", creator},
            {"field", nullptr},
            {"id", 51},
            {"new_value", nullptr},
            {"old_value", nullptr},
            {"type", type}};
}

class Receive : public ::testing::Test {
protected:
    Receive() : host(config()) { desk.attach(host); }

    Desk desk;
    FakeHost host;
};

TEST_F(Receive, ReadsTheTicketBack) {
    const Outcome outcome = host.receive(notice({transaction("Correspond", "ada@example.test")}));
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(outcome.records.size(), 1U);
    const json::object& record = outcome.records[0].second;
    EXPECT_EQ(record.at("source").at("external_id"), "1");
    EXPECT_EQ(record.at("source").at("observed_at"), "2026-11-18T11:06:40.000Z");
    EXPECT_EQ(record.at("requester").at("email"), "ada@example.test");
    EXPECT_EQ(record.at("messages").at(0).at("text"), "Where is my parcel?");
}

TEST_F(Receive, ItsOwnWritingIsNoNews) {
    const Outcome outcome =
        host.receive(notice({transaction("CustomField", "hub"), transaction("Comment", "hub"),
                             transaction("EmailRecord", "RT_System")}));
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_TRUE(outcome.records.empty());
    EXPECT_TRUE(host.requests.empty());
}

TEST_F(Receive, OneForeignTransactionAmongItsOwnIsNews) {
    const Outcome outcome =
        host.receive(notice({transaction("CustomField", "hub"), transaction("Status", "agent1")}));
    EXPECT_EQ(outcome.records.size(), 1U);
}

TEST_F(Receive, ATicketThatItsAccountOpenedIsNews) {
    EXPECT_EQ(host.receive(notice({transaction("Create", "hub")})).records.size(), 1U);
}

TEST_F(Receive, OtherQueuesAreNotCases) {
    EXPECT_TRUE(host.receive(notice({transaction("Create", "ada")}, "Refunds")).records.empty());
    EXPECT_TRUE(host.requests.empty());
    desk.tickets[1].queue = "Refunds";
    EXPECT_TRUE(host.receive(notice({transaction("Create", "ada")})).records.empty());
}

TEST_F(Receive, AHiddenOrVanishedTicketIsNotAnError) {
    desk.faults.push_back({"GET", "/ticket/1", words(403, "Forbidden")});
    desk.faults.push_back({"GET", "/ticket/1", words(404, "Not Found")});
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = host.receive(notice({transaction("Create", "ada")}));
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_TRUE(outcome.records.empty());
    }
}

TEST_F(Receive, OfAMergedTicketTheSurvivorIsRead) {
    desk.tickets[9] = {};
    desk.merged[1] = 9;
    const Outcome outcome = host.receive(notice({transaction("Status", "agent1")}));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("source").at("external_id"), "9");
}

TEST_F(Receive, ItsOwnCommentsAreNotMessages) {
    desk.add(1, "Comment", "hub", "2026-11-22T18:40:00Z", "Order 7\n\n[orderhub:d-1]\n");
    desk.add(1, "Comment", "agent1", "2026-11-22T18:41:00Z", "call her");
    const Outcome outcome = host.receive(notice({transaction("Comment", "agent1")}));
    const json::array& messages = outcome.records.at(0).second.at("messages").as_array();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[1].at("text"), "call her");
}

TEST_F(Receive, LongTextsAndLongTicketsAreBounded) {
    json::object small = config();
    small["max_messages"] = 3;
    small["max_message_bytes"] = 256;
    FakeHost bounded(small);
    for (int i = 0; i < 150; ++i)
        desk.add(1, "Correspond", "agent1", "2026-11-22T18:40:00Z",
                 std::string(255, 'x') + "\xC3\xA9");
    desk.attach(bounded);
    const Outcome outcome = bounded.receive(notice({transaction("Correspond", "agent1")}));
    const json::array& messages = outcome.records.at(0).second.at("messages").as_array();
    ASSERT_EQ(messages.size(), 3U);
    EXPECT_EQ(messages[0].at("text"), "Where is my parcel?");
    EXPECT_EQ(messages[2].at("external_id"),
              json::value(std::to_string(desk.transactions.back().id)));
    EXPECT_EQ(messages[2].at("text"), json::value(std::string(255, 'x')));
}

TEST_F(Receive, WhatCannotBeUnderstoodIsRejectedWithTheReason) {
    for (const auto& [body, code] : std::vector<std::pair<std::string, std::string>>{
             {"{", "bad_message"},
             {"[]", "bad_message"},
             {R"({"event":"ping"})", "unknown_event"},
             {R"({"event":"ticket.transactions","ticket_id":"x","transactions":[]})",
              "bad_message"},
             {R"({"event":"ticket.transactions","ticket_id":1})", "bad_message"}}) {
        const Outcome outcome = host.receive(body);
        EXPECT_EQ(outcome.outcome, OH_REJECTED) << body;
        EXPECT_EQ(outcome.code, code) << body;
    }
}

}  // namespace
}  // namespace orderhub::request_tracker::testing
