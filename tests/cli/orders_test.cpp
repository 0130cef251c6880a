// orders find and show: what is asked, what is printed.
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

class Orders : public CliTest {};

TEST_F(Orders, FindAsksWithTheTextAndTheTokenAndPrintsATable) {
    on("GET /api/v1/orders?q=zoe%40example.test&status=fulfilled&exceptions=true",
       document("orders_two"));
    const auto outcome = run("orders find zoe@example.test --status fulfilled --exceptions");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().header("Authorization"), std::string("Bearer ") + kToken);
    EXPECT_EQ(outcome.out,
              "NUMBER  STATUS       TOTAL  CUR  CUSTOMER    E-MAIL             PLACED              "
              "  SHOP  "
              "!  ID\n"
              "ABC123  fulfilled  1248.00  EUR  Zoë Müller  zoe@example.test   2026-11-20 "
              "10:00:00Z  shop  "
              "!  os_1\n"
              "ABC124  fulfilled     9.50  EUR  田中 太郎   taro@example.test  2026-11-20 "
              "10:00:00Z  shop  "
              "   os_2\n"
              "There may be more: --before os_2\n");
}

TEST_F(Orders, JsonIsTheApisDocumentWhereverTheFlagStands) {
    on("GET /api/v1/orders", document("orders_two"));
    for (const char* line : {"orders find --json", "--json orders find", "orders --json find"}) {
        const auto outcome = run(line);
        EXPECT_EQ(outcome.code, kOk);
        EXPECT_EQ(outcome.out, document("orders_two") + "\n") << line;
    }
}

TEST_F(Orders, NothingFoundIsNoError) {
    on("GET /api/v1/orders?q=nobody", R"({"items":[],"next":null})");
    const auto outcome = run("orders find nobody");
    EXPECT_EQ(outcome.code, kOk);
    EXPECT_EQ(outcome.out, "No order was found.\n");
}

TEST_F(Orders, ShowByNumberSearchesFirst) {
    with_order();
    const auto outcome = run("orders show ABC123");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    ASSERT_EQ(hub_.seen().size(), 2u);
    for (const char* part :
         {"Order ABC123  fulfilled  payment captured", "Zoë Müller, Hauptstraße 1, 1010 Wien, AT",
          "l1    MUG:blue  Becher 茶碗  fulfilled", "placed      1060.00  212.00  1272.00",
          "changes      -20.00   -4.00   -24.00", "CM-000001  posted  4.00  24.00  CRN-1",
          "the lines are 0.01 EUR more than the total", "Broken mug", "refund.create  shop"})
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
}

TEST_F(Orders, ShowHasAllThatServicingMade) {
    with_order();
    const auto outcome = run("orders show ABC123");
    for (const char* part :
         {"return initiated", "ff_2        reship    pending", "RMA-000007  partly_received  r1",
          "not ours", "op_1       capture  p1", "IN-000001  queued", "exchange  ABC123-X1  os_7",
          "ex_2       resolved  low", "agent:bob    paid in cash", "co_0    return  post"})
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
    EXPECT_EQ(outcome.out.find("SUSPENDED"), std::string::npos);
    EXPECT_EQ(outcome.out.find("Not managed"), std::string::npos);
}

TEST_F(Orders, ShowWarnsOfWhatCannotBeDone) {
    auto order = json::parse(document("order"));
    order.as_object()["suspended"] = true;
    order.as_object()["managed"] = false;
    hub_.on("GET /api/v1/orders/os_1", {200, json::serialize(order), "\"5\""});
    const auto outcome = run("orders show os_1");
    EXPECT_NE(outcome.out.find("SUSPENDED: nothing can be done"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("Not managed"), std::string::npos);
}

TEST_F(Orders, ShowByIdAsksForItAtOnce) {
    with_order();
    const auto outcome = run("orders show os_1 --json");
    EXPECT_EQ(outcome.code, kOk);
    EXPECT_EQ(outcome.out, document("order") + "\n");
    EXPECT_EQ(hub_.seen().size(), 1u);
}

TEST_F(Orders, AnExternalIdNamesAnOrderToo) {
    on("GET /api/v1/orders?q=24", document("orders"));
    hub_.on("GET /api/v1/orders/os_1", {200, document("order")});
    EXPECT_EQ(run("orders show 24").code, kOk);
}

TEST_F(Orders, WhatTheSearchFindsByEMailIsNotTheOrderOfThatName) {
    on("GET /api/v1/orders?q=zoe%40example.test", document("orders"));
    const auto outcome = run("orders show zoe@example.test");
    EXPECT_EQ(outcome.code, kNotFound);
    EXPECT_EQ(outcome.err, "orderhub: There is no order zoe@example.test.\n");
}

TEST_F(Orders, ANumberOfTwoShopsIsAConflictThatNamesTheIds) {
    auto page = json::parse(document("orders_two"));
    page.as_object()["items"].as_array()[1].as_object()["number"] = "ABC123";
    on("GET /api/v1/orders?q=ABC123", json::serialize(page));
    const auto outcome = run("orders show ABC123");
    EXPECT_EQ(outcome.code, kConflict);
    EXPECT_NE(outcome.err.find("os_1, os_2"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace orderhub::cli
