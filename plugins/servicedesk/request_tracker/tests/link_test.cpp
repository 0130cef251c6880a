#include <gtest/gtest.h>

#include "desk.hpp"

namespace orderhub::request_tracker::testing {
namespace {

json::object link_payload() {
    return {{"case", {{"external_id", "1"}}},
            {"order",
             {{"number", "1001"},
              {"url", "https://hub.example.test/orders/1001"},
              {"digest", "2 x Mug\n1 x Tea"},
              {"total", "23.50 EUR"}}}};
}

class Link : public ::testing::Test {
protected:
    Link() : host(config()) { desk.attach(host); }
    Outcome link(std::uint32_t attempt = 1) {
        return host.execute("case.link", "d-1", link_payload(), attempt);
    }
    std::size_t sent(std::string_view method) const {
        return static_cast<std::size_t>(std::ranges::count(
            host.requests, method, [](const Request& request) { return request.method; }));
    }

    Desk desk;
    FakeHost host;
};

TEST_F(Link, WritesFieldsThenOneCommentWithTheKey) {
    const Outcome outcome = link();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(desk.tickets[1].fields.at("Order Number"), "1001");
    EXPECT_EQ(desk.tickets[1].fields.at("Order Summary"), "2 x Mug\n1 x Tea");
    EXPECT_EQ(desk.tickets[1].fields.at("Order Summary URL"),
              "https://hub.example.test/orders/1001");
    EXPECT_EQ(desk.tickets[1].fields.at("Order Total"), "23.50 EUR");
    EXPECT_EQ(desk.tickets[1].fields.at("External Id"), "orderhub:d-1");
    ASSERT_EQ(desk.count("Comment"), 1U);
    EXPECT_EQ(
        desk.transactions.back().text,
        "Order 1001\n2 x Mug\n1 x Tea\nhttps://hub.example.test/orders/1001\n\n[orderhub:d-1]\n");
    EXPECT_EQ(outcome.result.at("external_id"),
              json::value(std::to_string(desk.transactions.back().id)));
}

TEST_F(Link, ALinkThatIsTakenBackEmptiesTheFieldsAndLeavesNoComment) {
    link();
    const json::object none{
        {"case", {{"external_id", "1"}}},
        {"order", {{"number", ""}, {"url", ""}, {"digest", ""}, {"total", ""}}},
        {"refresh", true}};
    const Outcome outcome = host.execute("case.link", "d-2", none);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    for (const char* field : {"Order Number", "Order Summary", "Order Summary URL", "Order Total"})
        EXPECT_EQ(desk.tickets[1].fields.at(field), "") << field;
    EXPECT_EQ(desk.count("Comment"), 1U);
}

TEST_F(Link, SendsTheTokenOnlyAsPlaceholderAndNeverFillsTheBody) {
    link();
    for (const Request& request : host.requests) {
        EXPECT_EQ(request.headers.at(0).second, "token {{secret:token}}");
        EXPECT_EQ(request.flags & OH_HTTP_FILL_BODY, 0U);
    }
}

TEST_F(Link, TheSecondAttemptFindsWhatTheFirstDid) {
    link();
    const std::size_t puts = sent("PUT");
    const Outcome again = link(2);
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(desk.count("Comment"), 1U);
    EXPECT_EQ(sent("PUT"), puts);
    EXPECT_EQ(again.result.at("external_id"),
              json::value(std::to_string(desk.transactions.back().id)));
}

TEST_F(Link, ACommentThatOnlyQuotesTheKeyIsNotOurs) {
    desk.add(1, "Correspond", "hub", "2026-11-22T18:40:00Z", "[orderhub:d-1]");
    desk.add(1, "Comment", "agent1", "2026-11-22T18:41:00Z", "see [orderhub:d-1]");
    EXPECT_EQ(link(2).outcome, OH_DONE);
    EXPECT_EQ(desk.count("Comment"), 2U);
}

TEST_F(Link, LeavesAForeignExternalIdAlone) {
    desk.tickets[1].fields["External Id"] = "hub:msg-0001";
    EXPECT_EQ(link().outcome, OH_DONE);
    EXPECT_EQ(desk.tickets[1].fields.at("External Id"), "hub:msg-0001");
}

TEST_F(Link, A200ThatDidNothingIsRejectedWithRtsWords) {
    desk.faults.push_back({"PUT", "/ticket/1", ok(json::array{"Permission Denied"})});
    const Outcome outcome = link();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "field_not_written");
    EXPECT_NE(outcome.message.find("Permission Denied"), std::string::npos) << outcome.message;
    EXPECT_EQ(desk.count("Comment"), 0U);
}

TEST_F(Link, AMissingFieldIsRejectedBeforeAnythingIsWritten) {
    desk.tickets[1].fields.erase("Order Total");
    const Outcome outcome = link();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "no_such_field");
    EXPECT_EQ(sent("PUT"), 0U);
}

TEST_F(Link, ChangedInBetweenIsReadAgainOnce) {
    desk.faults.push_back({"PUT", "/ticket/1", words(412, "Precondition Failed")});
    EXPECT_EQ(link().outcome, OH_DONE);
    EXPECT_EQ(sent("PUT"), 2U);
}

TEST_F(Link, ChangedInBetweenTwiceIsRetried) {
    desk.faults.push_back({"PUT", "/ticket/1", words(412, "Precondition Failed"), false, 2});
    const Outcome outcome = link();
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "conflict");
    EXPECT_EQ(desk.count("CustomField"), 0U);
}

TEST_F(Link, OfAMergedTicketGoesToTheSurvivor) {
    desk.merged[7] = 1;
    json::object payload = link_payload();
    payload["case"].as_object()["external_id"] = "7";
    EXPECT_EQ(host.execute("case.link", "d-1", payload).outcome, OH_DONE);
    EXPECT_EQ(desk.tickets[1].fields.at("Order Number"), "1001");
    EXPECT_EQ(desk.transactions.back().ticket, 1);
}

TEST_F(Link, AnUnknownTicketIsRejected) {
    desk.tickets.clear();
    const Outcome outcome = link();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "no_such_case");
}

TEST_F(Link, AnIdThatIsNoNumberNeverReachesTheAddress) {
    json::object payload = link_payload();
    payload["case"].as_object()["external_id"] = "../user/1";
    const Outcome outcome = host.execute("case.link", "d-1", payload);
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "bad_case_id");
    EXPECT_TRUE(host.requests.empty());
}

TEST_F(Link, ExactTotalsOfAnyCurrencyPassUnchanged) {
    for (const char* total : {"1234 JPY", "0.005 BHD"}) {
        json::object payload = link_payload();
        payload["order"].as_object()["total"] = total;
        EXPECT_EQ(host.execute("case.link", "d-2", payload).outcome, OH_DONE);
        EXPECT_EQ(desk.tickets[1].fields.at("Order Total"), total);
    }
}

}  // namespace
}  // namespace orderhub::request_tracker::testing
