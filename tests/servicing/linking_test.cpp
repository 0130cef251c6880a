#include "tests/servicing/case_desk.hpp"

namespace orderhub::servicing {
namespace {

TEST_F(Linking, ANumberIsReadHoweverItIsWritten) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("7", "help", "my order number is abc l23"), "desk"));
    EXPECT_EQ(at(case_of("7"), "/decision"), "linked");
}

TEST_F(Linking, TwoOrdersOfOneCaseAreBothLinkedAndShownOnBoth) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("order", second_order()));
    ASSERT_TRUE(apply("case", mail("7", "late", "orders ABC123 and XYZ789 are late"), "desk"));
    const json::object linked = case_of("7");
    EXPECT_EQ(at(linked, "/decision"), "linked");
    EXPECT_EQ(linked.at("order_ids").as_array().size(), 2U);
    EXPECT_EQ(at(order_of("ABC123"), "/cases/0/external_id"), "7");
    EXPECT_EQ(at(order_of("XYZ789"), "/cases/0/external_id"), "7");
}

TEST_F(Linking, ARejectedOrderIsNotSuggestedAgain) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("order", second_order()));
    ASSERT_TRUE(apply("case", mail("7", "order ABC123", "it is late"), "desk"));
    const std::string id = at(case_of("7"), "/id");
    ASSERT_TRUE(reject(id, id_of("ABC123")));
    const json::object after = case_of("7");
    EXPECT_NE(at(after, "/decision"), "linked");
    for (const json::value& each : after.at("suggestions").as_array())
        EXPECT_NE(at(each, "/number"), "ABC123");
    EXPECT_EQ(after.at("rejected_orders").as_array().size(), 1U);
    ASSERT_TRUE(link(id, {id_of("ABC123")}));
    EXPECT_TRUE(case_of("7").at("rejected_orders").as_array().empty());
}

TEST_F(Linking, AnAgentsLinkTeachesTheAddress) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("7", "mugs", "a mug is broken", "ada@work.example"), "desk"));
    EXPECT_NE(at(case_of("7"), "/decision"), "linked");
    ASSERT_TRUE(link(at(case_of("7"), "/id"), {id_of("ABC123")}));
    ASSERT_TRUE(apply("case", mail("8", "mugs", "my order is late", "ada+x@work.example"), "desk"));
    EXPECT_EQ(at(case_of("8"), "/decision"), "linked");
    ASSERT_TRUE(reject(at(case_of("7"), "/id"), id_of("ABC123")));
    ASSERT_TRUE(apply("case", mail("9", "mugs", "my order is late", "ada@work.example"), "desk"));
    EXPECT_NE(at(case_of("9"), "/decision"), "linked");
}

TEST_F(Linking, ACaseWaitsForItsOrderByWhateverItNames) {
    ASSERT_TRUE(apply("case", mail("7", "help", "order XYZ789 please", ""), "desk"));
    EXPECT_EQ(at(case_of("7"), "/decision"), "none");
    ASSERT_TRUE(apply("order", second_order()));
    EXPECT_EQ(at(case_of("7"), "/decision"), "linked");
}

TEST_F(Linking, WhatTheDeskShowsIsKeptCurrentOneAtATime) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("7", "order ABC123", "it is late"), "desk"));
    ASSERT_EQ(deliveries("case.link").size(), 1U);
    const std::string id = id_of("ABC123");
    ASSERT_TRUE(act(domain::ActionKind::cancel, id, units(1)));
    EXPECT_EQ(deliveries("case.link").size(), 1U);
    ASSERT_TRUE(progress(deliveries("case.link").at(0), "done"));
    refresh_desks();
    EXPECT_EQ(deliveries("case.link").size(), 1U) << "the desk was told a moment ago";
    wait(30'000);
    refresh_desks();
    ASSERT_EQ(deliveries("case.link").size(), 2U);
    const json::value payload = json::parse(deliveries("case.link").at(1).payload);
    EXPECT_EQ(at(payload, "/refresh"), "true");
    EXPECT_NE(at(payload, "/order/digest").find("cancelled"), std::string::npos);
    ASSERT_TRUE(progress(deliveries("case.link").at(1), "done"));
    EXPECT_EQ(deliveries("case.link").size(), 2U);
}

TEST_F(Linking, WhatChangesWithinThePauseComesTogether) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("case", mail("7", "order ABC123", "it is late"), "desk"));
    ASSERT_TRUE(progress(deliveries("case.link").at(0), "done"));
    const std::string id = id_of("ABC123");
    ASSERT_TRUE(act(domain::ActionKind::cancel, id, units(1)));
    ASSERT_TRUE(act(domain::ActionKind::return_, id, units(1)));
    EXPECT_EQ(deliveries("case.link").size(), 1U);
    wait(30'000);
    refresh_desks();
    ASSERT_EQ(deliveries("case.link").size(), 2U);
    const std::string shown = deliveries("case.link").at(1).payload;
    EXPECT_NE(shown.find("1 cancelled"), std::string::npos) << shown;
    EXPECT_NE(shown.find("1 returned"), std::string::npos) << shown;
    wait(30'000);
    refresh_desks();
    EXPECT_EQ(deliveries("case.link").size(), 2U);
    ASSERT_TRUE(progress(deliveries("case.link").at(1), "done"));
    ASSERT_TRUE(act(domain::ActionKind::return_, id, units(1)));
    EXPECT_EQ(deliveries("case.link").size(), 3U) << "after a pause it is told at once";
}

}  // namespace
}  // namespace orderhub::servicing
