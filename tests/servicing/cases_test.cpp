#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

json::object mail(const char* subject, const char* from = "ada@example.test",
                  const char* observed_at = "2026-11-22T12:00:00Z") {
    return {{"source", {{"external_id", "7"}, {"observed_at", observed_at}}},
            {"subject", subject},
            {"state", "open"},
            {"created_at", "2026-11-22T12:00:00Z"},
            {"requester", {{"email", from}}},
            {"messages", json::array{}}};
}

TEST_F(Desk, ACaseThatNamesItsOrderIsLinkedAndToldToTheDesk) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("Order ABC123 is broken"), "desk"));
    EXPECT_EQ(at(only_case(), "/decision"), "linked");
    const auto link = deliveries("case.link").at(0);
    EXPECT_EQ(link.connector, "desk");
    const json::value payload = json::parse(link.payload);
    EXPECT_EQ(at(payload, "/case/external_id"), "7");
    EXPECT_EQ(at(payload, "/order/number"), "ABC123");
    EXPECT_NE(at(payload, "/order/url").find("http://hub.test/orders/"), std::string::npos);
    EXPECT_EQ(at(order_of("ABC123"), "/cases/0/external_id"), "7");
}

TEST_F(Desk, TheDesksEchoLinksNothingTwice) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("Order ABC123 is broken"), "desk"));
    json::object echo = mail("Order ABC123 is broken", "ada@example.test", "2026-11-22T12:01:00Z");
    echo["order_number"] = "ABC123";
    ASSERT_TRUE(apply("case", echo, "desk"));
    EXPECT_EQ(deliveries("case.link").size(), 1U);
}

TEST_F(Desk, ACaseThatCameBeforeItsOrderIsTriedAgain) {
    ASSERT_TRUE(apply("case", mail("Order ABC123 is broken"), "desk"));
    EXPECT_EQ(at(only_case(), "/decision"), "none");
    ASSERT_TRUE(apply("order", mugs_record()));
    EXPECT_EQ(at(only_case(), "/decision"), "linked");
}

TEST_F(Desk, AStrangersNumberIsSuggestedWithTheReason) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("My order abc123", "eve@example.test"), "desk"));
    EXPECT_EQ(at(only_case(), "/decision"), "suggested");
    EXPECT_NE(at(only_case(), "/suggestions/0/evidence").find("somebody else"), std::string::npos);
    EXPECT_TRUE(deliveries("case.link").empty());
}

TEST_F(Desk, AnAgentsDecisionStands) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("Order ABC123 is broken"), "desk"));
    const std::string id = at(only_case(), "/id");
    ASSERT_TRUE(
        unit([&](store::Transaction& tx) { return service_.unlink_case(tx, request(), id); }));
    ASSERT_TRUE(apply(
        "case", mail("Order ABC123 again", "ada@example.test", "2026-11-22T13:00:00Z"), "desk"));
    EXPECT_EQ(at(only_case(), "/decision"), "none");
    const std::string order = at(order_of("ABC123"), "/id");
    ASSERT_TRUE(unit(
        [&](store::Transaction& tx) { return service_.link_case(tx, request(), id, {order}); }));
    EXPECT_EQ(at(only_case(), "/decided_by"), "agent:test");
    EXPECT_FALSE(unit([&](store::Transaction& tx) {
        return service_.link_case(tx, request(), id, {"os_none"});
    }));
}

}  // namespace
}  // namespace orderhub::servicing
