// What agents say of a case's orders.
#include "tests/servicing/case_desk.hpp"

namespace orderhub::servicing {
namespace {

using Types = std::vector<std::string>;

class Decisions : public Linking {
protected:
    void SetUp() override {
        Linking::SetUp();
        ASSERT_TRUE(apply("order", mugs_record()));
        ASSERT_TRUE(apply("order", second_order()));
        ASSERT_TRUE(apply("case", mail("7", "order ABC123", "it is late"), "desk"));
        ASSERT_EQ(at(case_of("7"), "/decision"), "linked");
        case_id_ = at(case_of("7"), "/id");
    }
    std::string case_id_;
};

TEST_F(Decisions, AConfirmedLinkKeepsItsEvidenceAndIsNotShownToTheDeskAgain) {
    ASSERT_TRUE(link(case_id_, {id_of("ABC123")}));
    const json::object confirmed = case_of("7");
    EXPECT_EQ(at(confirmed, "/decided_by"), "agent:test");
    const std::string evidence = at(confirmed, "/suggestions/0/evidence");
    EXPECT_NE(evidence.find("order number ABC123"), std::string::npos) << evidence;
    EXPECT_NE(evidence.find("linked by agent:test"), std::string::npos) << evidence;
    EXPECT_EQ(deliveries("case.link").size(), 1U);
    EXPECT_EQ(told("ABC123"), (Types{"case.linked", "case.confirmed"}));
}

TEST_F(Decisions, ARelinkedCaseRulesOutWhatItWasLinkedTo) {
    ASSERT_TRUE(link(case_id_, {id_of("XYZ789")}));
    const json::object relinked = case_of("7");
    EXPECT_EQ(at(relinked, "/order_id"), id_of("XYZ789"));
    EXPECT_EQ(at(relinked, "/rejected_orders/0"), id_of("ABC123"));
    EXPECT_EQ(told("ABC123"), (Types{"case.linked", "case.unlinked"}));
    EXPECT_EQ(told("XYZ789"), Types{"case.linked"});
    ASSERT_EQ(deliveries("case.link").size(), 2U);
    EXPECT_EQ(at(json::parse(deliveries("case.link").at(1).payload), "/order/number"), "XYZ789");
}

TEST_F(Decisions, AnUnlinkedCaseIsAboutNoOrderAndTheDeskIsTold) {
    ASSERT_TRUE(unlink(case_id_));
    EXPECT_EQ(at(case_of("7"), "/decision"), "none");
    EXPECT_TRUE(case_of("7").at("order_ids").as_array().empty());
    EXPECT_EQ(told("ABC123"), (Types{"case.linked", "case.unlinked"}));
    ASSERT_EQ(deliveries("case.note").size(), 1U);
    EXPECT_NE(deliveries("case.note").at(0).payload.find("not linked to order ABC123 any more"),
              std::string::npos);
    ASSERT_EQ(deliveries("case.link").size(), 2U);
    const json::value emptied = json::parse(deliveries("case.link").at(1).payload);
    EXPECT_EQ(at(emptied, "/order/number"), "");
    EXPECT_EQ(at(emptied, "/refresh"), "true");
    // Nor does the next mail, nor the next order, link it again.
    json::object again = mail("7", "order ABC123", "it is still late");
    again["source"].as_object()["observed_at"] = "2026-11-22T14:00:00Z";
    ASSERT_TRUE(apply("case", again, "desk"));
    EXPECT_EQ(at(case_of("7"), "/decision"), "none");
}

TEST_F(Decisions, OfSeveralOrdersOneMayBeRejected) {
    ASSERT_TRUE(link(case_id_, {id_of("ABC123"), id_of("XYZ789"), id_of("ABC123")}));
    EXPECT_EQ(case_of("7").at("order_ids").as_array().size(), 2U);
    ASSERT_TRUE(reject(case_id_, id_of("ABC123")));
    const json::object left = case_of("7");
    EXPECT_EQ(at(left, "/decision"), "linked");
    EXPECT_EQ(at(left, "/order_id"), id_of("XYZ789"));
    EXPECT_EQ(left.at("order_ids").as_array().size(), 1U);
    EXPECT_EQ(at(left, "/suggestions/0/number"), "XYZ789");
    EXPECT_TRUE(order_of("ABC123").at("cases").as_array().empty());
}

TEST_F(Decisions, AnOrderThatIsNotThereIsNotFound) {
    EXPECT_EQ(link(case_id_, {"os_none"}).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(reject(case_id_, "os_none").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(reject("cs_none", id_of("ABC123")).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(unlink("cs_none").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(at(case_of("7"), "/order_id"), id_of("ABC123"));
}

TEST_F(Linking, AnOrderThatComesTooLateIsNotLinked) {
    json::object old = mail("7", "help", "order XYZ789 please", "");
    old["created_at"] = "2026-10-01T12:00:00Z";
    ASSERT_TRUE(apply("case", old, "desk"));
    ASSERT_TRUE(apply("order", second_order()));
    EXPECT_EQ(at(case_of("7"), "/decision"), "none");
}

}  // namespace
}  // namespace orderhub::servicing
