// Rows in the form that the platform's reference gives them, and the records that they become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include "org.hpp"
#include "testing/orders.hpp"

namespace orderhub::salesforce_commerce::testing {
namespace {

using orderhub::testing::expect_to_add_up;

const std::string kNow = "2026-11-23T10:00:00.000Z";

sdk::Order mapped_order(const Json& input, const Json& with = config()) {
    return to_order(
        to_settings(with),
        OrderRows{input.at("order"), input.at("adjustments").items(), input.at("taxes").items(),
                  input.at("authorizations").items(), input.at("payments").items()},
        kNow);
}

sdk::Order mapped_summary(const Json& summary) {
    return to_order(to_settings(config()),
                    SummaryRows{summary, document("summary/input.json").at("fulfilments").items()},
                    kNow);
}

TEST(Mapping, AnOrder) {
    const sdk::Order order = mapped_order(document("order/input.json"));
    EXPECT_EQ(sdk::to_json(order).dump(), document("order/expected.json").dump());
    expect_to_add_up(order);
}

TEST(Mapping, ASummary) {
    const sdk::Order order = mapped_summary(document("summary/input.json").at("summary"));
    EXPECT_EQ(sdk::to_json(order).dump(), document("summary/expected.json").dump());
    expect_to_add_up(order);
}

TEST(Mapping, AnOrderAndItsSummaryAreOne) {
    EXPECT_EQ(mapped_order(document("order/input.json")).source.external_id,
              mapped_summary(document("summary/input.json").at("summary")).source.external_id);
}

TEST(Mapping, ACancelledOrderHasNoUnitsAndNoValue) {
    Json input = document("order/input.json");
    Json row = input.at("order");
    row.set("Status", "Cancelled");
    input.set("order", row);
    const sdk::Order order = mapped_order(input);
    EXPECT_EQ(order.state, sdk::OrderState::cancelled);
    EXPECT_EQ(order.lines[0].quantity, 0);
    EXPECT_EQ(order.lines[0].ordered_quantity, 2);
    EXPECT_EQ(order.lines[0].cancelled_total->inc, "102.60");
    expect_to_add_up(order);
}

TEST(Mapping, WhatTheCustomerQuotesIsTheNumber) {
    Json input = document("order/input.json");
    Json row = input.at("order");
    row.set("OrderReferenceNumber", "SH-7");
    row.set("CurrencyIsoCode", "JPY");
    row.set("GrandTotalAmount", Json::number("113"));
    input.set("order", row);
    const sdk::Order order = mapped_order(input);
    EXPECT_EQ(order.number, "SH-7");
    EXPECT_EQ(order.currency, "JPY");
    EXPECT_EQ(order.totals.inc, "113");
}

}  // namespace
}  // namespace orderhub::salesforce_commerce::testing
