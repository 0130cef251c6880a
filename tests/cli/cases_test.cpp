#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

class Cases : public CliTest {
protected:
    void SetUp() override {
        CliTest::SetUp();
        with_order();
        on("GET /api/v1/cases?q=17", document("cases"));
        on("GET /api/v1/cases/cs_1", document("case"));
    }
};

TEST_F(Cases, FindFiltersByDecisionAndOrder) {
    on("GET /api/v1/cases?decision=suggested&order=os_1", document("cases"));
    const auto outcome = run("cases find --decision suggested --order ABC123");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out,
              "CASE  DESK  STATE  LINK       SUBJECT     REQUESTER         ID\n"
              "17    desk  open   suggested  Broken mug  zoe@example.test  cs_1\n");
    EXPECT_EQ(run("cases find --decision perhaps").code, kUsage);
}

TEST_F(Cases, ShowByTicketNumberWithTheEvidence) {
    const auto outcome = run("cases show 17");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_NE(outcome.out.find("Case 17  open  Broken mug"), std::string::npos);
    EXPECT_NE(outcome.out.find("ABC123     60  same e-mail address  os_1"), std::string::npos)
        << outcome.out;
}

TEST_F(Cases, WhatACustomerWroteCannotSteerTheTerminal) {
    const auto outcome = run("cases show cs_1");
    EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
    EXPECT_NE(outcome.out.find("It broke.  [31mred [0m"), std::string::npos) << outcome.out;
}

TEST_F(Cases, LinkNamesTheOrderByItsId) {
    on("PUT /api/v1/cases/cs_1/link", document("case"));
    const auto outcome = run("cases link 17 ABC123 --json");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().method, "PUT");
    EXPECT_EQ(last().body, R"({"order_id":"os_1"})");
    EXPECT_EQ(outcome.out, document("case") + "\n");
}

TEST_F(Cases, LinkTakesSeveralOrders) {
    on("PUT /api/v1/cases/cs_1/link", document("case"));
    on("GET /api/v1/orders/os_2", document("order"));
    EXPECT_EQ(run("cases link 17 ABC123 os_2").code, kOk);
    EXPECT_EQ(last().body, R"({"order_id":"os_1","further_order_ids":["os_2"]})");
}

TEST_F(Cases, ConfirmTakesTheFirstSuggestion) {
    on("PUT /api/v1/cases/cs_1/link", document("case"));
    const auto outcome = run("cases confirm 17");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().body, R"({"order_id":"os_1"})");
}

TEST_F(Cases, ConfirmNeedsALinkOrASuggestion) {
    on("GET /api/v1/cases/cs_2", R"({"id":"cs_2","order_ids":[],"suggestions":[]})");
    const auto outcome = run("cases confirm cs_2");
    EXPECT_EQ(outcome.code, kConflict);
    EXPECT_NE(outcome.err.find("cases link CASE ORDER"), std::string::npos) << outcome.err;
    EXPECT_EQ(calls("PUT"), 0u);
}

TEST_F(Cases, RejectNamesTheOrderByItsId) {
    on("POST /api/v1/cases/cs_1:reject", document("case"));
    EXPECT_EQ(run("cases reject 17 ABC123").code, kOk);
    EXPECT_EQ(last().method, "POST");
    EXPECT_EQ(last().body, R"({"order_id":"os_1"})");
    EXPECT_EQ(run("cases reject 17").code, kUsage);
}

TEST_F(Cases, UnlinkDeletesTheLink) {
    on("DELETE /api/v1/cases/cs_1/link", document("case"));
    EXPECT_EQ(run("cases unlink 17").code, kOk);
    EXPECT_EQ(last().method, "DELETE");
}

TEST_F(Cases, AnUnknownTicketIsNotFound) {
    on("GET /api/v1/cases?q=99", R"({"items":[],"next":null})");
    const auto outcome = run("cases unlink 99");
    EXPECT_EQ(outcome.code, kNotFound);
    EXPECT_EQ(outcome.err, "orderhub: There is no case 99.\n");
    EXPECT_EQ(calls("DELETE"), 0u);
}

}  // namespace
}  // namespace orderhub::cli
