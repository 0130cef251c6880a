// A notification makes the connector read the order back.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::vendure {
namespace {

using testkit::Outcome;

struct Receive : testing::Test {
    Receive() { bench.shop.add(recorded_order("18-shipped")); }

    Bench bench;
};

TEST_F(Receive, EmitsTheOrderAsItIsNow) {
    const Outcome outcome = bench.host.receive(
        R"({"type":"order.changed","event":"fulfillment.state","orderId":"18","orderCode":"X"})");
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].first, "order");
    const json::object& record = outcome.records[0].second;
    EXPECT_EQ(record.at("fulfilments").at(0).at("state").as_string(), "shipped");
    EXPECT_EQ(record.at("source").at("observed_at").as_string(), "2026-11-18T11:06:40.000Z");
}

TEST_F(Receive, EmitsAgainWhatItHasEmittedBefore) {
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(bench.host.receive(R"({"type":"order.changed","orderId":18})").records.size(),
                  1U);
}

TEST_F(Receive, PassesOverCartsAndOrdersOfOtherChannels) {
    bench.shop.orders.at("18")["active"] = true;
    for (const char* body : {R"({"type":"order.changed","orderId":"18"})",
                             R"({"type":"order.changed","orderId":"404"})"}) {
        const Outcome outcome = bench.host.receive(body);
        EXPECT_EQ(outcome.outcome, OH_DONE);
        EXPECT_TRUE(outcome.records.empty());
    }
}

TEST_F(Receive, RefusesBodiesThatNameNoOrder) {
    for (const char* body :
         {"", "{", "[]", R"({"orderId":"18"})", R"({"type":"order.changed"})",
          R"({"type":"order.changed","orderId":null})", R"({"type":"other","orderId":"18"})"}) {
        const Outcome outcome = bench.host.receive(body);
        EXPECT_EQ(outcome.outcome, OH_REJECTED) << body;
        EXPECT_EQ(outcome.code, "bad_notification");
    }
    EXPECT_TRUE(bench.host.requests.empty());
}

TEST_F(Receive, SaysWhichOrderMakesNoRecord) {
    bench.shop.orders.at("18")["currencyCode"] = "dollar";
    const Outcome outcome = bench.host.receive(R"({"type":"order.changed","orderId":"18"})");
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "unmappable_order");
    EXPECT_NE(outcome.message.find("order 18"), std::string::npos);
}

TEST_F(Receive, ReadsAHistoryOfSeveralPages) {
    json::object& history = bench.shop.orders.at("18")["history"].as_object();
    json::array& items = history["items"].as_array();
    while (items.size() < 250)
        items.push_back(json::object{{"id", std::to_string(1000 + items.size())},
                                     {"type", "ORDER_NOTE"},
                                     {"createdAt", "2026-11-22T19:00:00.000Z"},
                                     {"data", json::object{{"note", "n"}}}});
    items.push_back(
        json::object{{"id", "5000"},
                     {"type", "ORDER_CANCELLATION"},
                     {"createdAt", "2026-11-22T19:00:00.000Z"},
                     {"data", {{"lines", json::array{{{"orderLineId", 58}, {"quantity", 1}}}}}}});
    history["totalItems"] = items.size();
    const Outcome outcome = bench.host.receive(R"({"type":"order.changed","orderId":"18"})");
    ASSERT_EQ(outcome.records.size(), 1U);
    const json::value& cancellation = outcome.records[0].second.at("cancellations").at(0);
    EXPECT_EQ(cancellation.at("external_id").as_string(), "5000");
    EXPECT_EQ(cancellation.at("lines").at(0).at("line").as_string(), "58");
    EXPECT_EQ(bench.shop.count("History"), 2U);
}

}  // namespace
}  // namespace orderhub::vendure
