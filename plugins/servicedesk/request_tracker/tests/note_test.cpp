#include <gtest/gtest.h>

#include "desk.hpp"

namespace orderhub::request_tracker::testing {
namespace {

class Note : public ::testing::Test {
protected:
    Note() : host(config()) { desk.attach(host); }
    Outcome note(std::uint32_t attempt = 1, std::string_view text = "Refunded 12.50 EUR") {
        return host.execute("case.note", "d-9", {{"case", {{"external_id", "1"}}}, {"text", text}},
                            attempt);
    }

    Desk desk;
    FakeHost host;
};

TEST_F(Note, IsOneInternalCommentWithTheKey) {
    const Outcome outcome = note();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(desk.count("Comment"), 1U);
    EXPECT_EQ(desk.transactions.back().text, "Refunded 12.50 EUR\n\n[orderhub:d-9]\n");
    EXPECT_EQ(outcome.result.at("external_id"),
              json::value(std::to_string(desk.transactions.back().id)));
}

TEST_F(Note, TheSecondAttemptFindsTheFirstBehindManyOthers) {
    note();
    for (int i = 0; i < 230; ++i)
        desk.add(1, i % 2 ? "Comment" : "Status", "agent1", "2026-11-22T19:10:00Z", "x");
    const std::size_t before = desk.transactions.size();
    const Outcome again = note(2);
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(desk.transactions.size(), before);
    EXPECT_EQ(again.result.at("external_id"), "52");
}

TEST_F(Note, AKeyThatStartsLikeAnotherIsNotThatOne) {
    desk.add(1, "Comment", "hub", "2026-11-22T18:40:00Z", "x\n\n[orderhub:d-99]\n");
    EXPECT_EQ(note(2).outcome, OH_DONE);
    EXPECT_EQ(desk.count("Comment"), 2U);
}

TEST_F(Note, TextFromOutsideGoesThroughAsItIs) {
    const Outcome outcome = note(1, "\"quoted\" {{secret:token}} \xC3\xA9");
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_EQ(desk.transactions.back().text,
              "\"quoted\" {{secret:token}} \xC3\xA9\n\n[orderhub:d-9]\n");
    EXPECT_EQ(host.requests.back().flags & OH_HTTP_FILL_BODY, 0U);
}

TEST_F(Note, OnAnUnknownTicketIsRejected) {
    desk.tickets.clear();
    EXPECT_EQ(note().code, "no_such_case");
}

}  // namespace
}  // namespace orderhub::request_tracker::testing
