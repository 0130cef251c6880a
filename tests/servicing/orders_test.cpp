#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

TEST_F(Desk, AnOrderIsFoundByNumberEmailAndTracking) {
    ASSERT_TRUE(apply("order", mugs_record()));
    for (const char* text : {"ABC123", "ada@example.test", "JD1"})
        EXPECT_EQ(at(order_of(text), "/number"), "ABC123") << text;
    EXPECT_TRUE(order_of("nothing").empty());
}

TEST_F(Desk, AnEchoDoesNotMakeThePreviewStale) {
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("order", mugs_record("2026-11-22T11:00:00Z")));
    EXPECT_EQ(at(order_of("ABC123"), "/version"), "1");
}

TEST_F(Desk, AnOrderIsForwardedOnceToWhoeverIsToHearOfIt) {
    receiver_ = "sink";
    ASSERT_TRUE(apply("order", mugs_record()));
    ASSERT_TRUE(apply("order", mugs_record("2026-11-22T11:00:00Z")));
    const auto sent = deliveries();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent.front().connector, "sink");
    EXPECT_EQ(sent.front().kind, "order.forward");
    EXPECT_EQ(sent.front().order_key, order_of("ABC123").at("id").as_string());
    const auto payload = json::parse(sent.front().payload);
    EXPECT_EQ(at(payload, "/order/number"), "ABC123");
    EXPECT_EQ(at(payload, "/total"), at(order_of("ABC123"), "/totals/original/inc"));
    EXPECT_EQ(at(payload, "/customer_email"), "Ada@Example.test");
}

TEST_F(Desk, ACurrencyNeverChanges) {
    ASSERT_TRUE(apply("order", mugs_record()));
    json::object record = mugs_record("2026-11-22T11:00:00Z");
    record["currency"] = "USD";
    const auto applied = apply("order", record);
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, "currency_changed");
}

TEST_F(Desk, UnknownKindsAreRefused) {
    EXPECT_EQ(apply("invoice", mugs_record()).error().code, "unknown_record");
}

TEST_F(Desk, WhatHappenedStandsInTheJournal) {
    ASSERT_TRUE(apply("order", mugs_record()));
    json::object shipped = mugs_record("2026-11-22T11:00:00Z");
    shipped["fulfilments"].as_array()[0].as_object()["state"] = "delivered";
    ASSERT_TRUE(apply("order", shipped));
    const auto events = unit([&](store::Transaction& tx) { return tx.events(0, 10, {}); });
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].type, "order.imported");
    EXPECT_EQ(events[1].type, "fulfilment.changed");
}

}  // namespace
}  // namespace orderhub::servicing
