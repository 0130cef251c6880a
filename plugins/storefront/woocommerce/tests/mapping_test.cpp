// Documents in the form that the REST API gives them, and the records that they become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "fit.hpp"
#include "refunds.hpp"
#include "shop.hpp"
#include "testing/orders.hpp"

namespace orderhub::woocommerce::testing {
namespace {

sdk::Order mapped(const Json& input, const Json& with = config()) {
    const Json& refunds = input["refund_documents"];
    return to_order(to_settings(with),
                    {input, refunds.is_array() ? refunds.items() : std::vector<Json>{},
                     "2026-11-23T10:00:00.000Z"})
        .value();
}

class Mapping : public ::testing::TestWithParam<const char*> {
protected:
    std::filesystem::path folder() const {
        return std::filesystem::path(WOOCOMMERCE_CASES) / GetParam();
    }
    Json input() const { return orderhub::testing::document_at(folder() / "input.json"); }
};

TEST_P(Mapping, GivesTheExpectedRecord) {
    EXPECT_EQ(sdk::to_json(mapped(input())).dump(),
              orderhub::testing::document_at(folder() / "expected.json").dump());
}

TEST_P(Mapping, AddsUp) {
    orderhub::testing::expect_to_add_up(mapped(input()));
}

INSTANTIATE_TEST_SUITE_P(Documents, Mapping,
                         ::testing::Values("net_rounding", "gross_coupon_fee", "refunded",
                                           "cancelled", "yen", "dinar"),
                         [](const auto& each) { return std::string(each.param); });

TEST(Fit, RoundsAndMovesWhatWasRoundedFurthest) {
    EXPECT_EQ(exact(Json("29.995"), "EUR"), 29'995'000);
    EXPECT_EQ(exact(Json(""), "EUR"), 0);
    EXPECT_EQ(exact(Json::number("1200.5"), "JPY"), 12'005'000);
    EXPECT_EQ(fitted({333'333, 333'333, 333'333}, 100), (std::vector<std::int64_t>{34, 33, 33}));
    EXPECT_EQ(fitted({0, 14'000, 15'000}, 2), (std::vector<std::int64_t>{0, 1, 1}));
    EXPECT_EQ(fitted({10'000, 10'000}, 9), (std::vector<std::int64_t>{1, 1}));
    EXPECT_EQ(fitted({-15'000, 0}, -3), (std::vector<std::int64_t>{-3, 0}));
    EXPECT_TRUE(fitted({}, 1).empty());
}

TEST(RefundBody, SplitsTheTaxByItsRates) {
    const Json order = Json::parse(R"({"line_items": [{"id": 1, "taxes":
        [{"id": 7, "total": "1"}, {"id": 8, "total": "0.5"}, {"id": 9, "total": ""}]}]})");
    sdk::RefundCreate wanted{.amount = "11.55", .currency = "EUR", .reason = "broken"};
    wanted.lines = {{"1", 1, {"10.00", "1.55", "11.55"}}};
    const Json body = refund_body(to_settings(config()), order, wanted, "k-1");
    EXPECT_EQ(body.dump(),
              R"({"amount":"11.55","reason":"broken [orderhub:k-1]","api_refund":true,)"
              R"("api_restock":true,"meta_data":[{"key":"_orderhub_key","value":"k-1"}],)"
              R"("line_items":[{"id":1,"quantity":1,"refund_total":10.00,"refund_tax":[)"
              R"({"id":7,"refund_total":1.03},{"id":8,"refund_total":0.52}]}]})");
    wanted.lines[0].line = "2";
    EXPECT_TRUE(refund_body(to_settings(config()), order, wanted, "k-1")["line_items"].is_null());
}

TEST(MappingDetail, WhatIsNoOrderYetIsLeftOut) {
    Shop shop;
    Json order = shop.orders.at("727");
    for (const char* status : {"checkout-draft", "pending", "failed"}) {
        order.set("status", status);
        EXPECT_FALSE(to_order(to_settings(config()), {order, {}, ""}));
    }
    order.set("status", "awaiting-shipment");  // of a plug-in
    EXPECT_EQ(mapped(order).storefront_state, "awaiting-shipment");
}

TEST(MappingDetail, AnOrderThatWasCancelledAndThenRefundedStaysCancelled) {
    Shop shop;
    Json order = shop.orders.at("727");
    order.set("status", "refunded");
    EXPECT_EQ(mapped(order).state, sdk::OrderState::open);
    order.set("meta_data", Json::parse(R"([{"key": "_orderhub_cancel", "value": "k-1"}])"));
    EXPECT_EQ(mapped(order).state, sdk::OrderState::cancelled);
}

TEST(MappingDetail, ARefundThatTheGatewayHasNotConfirmedIsPending) {
    Shop shop;
    Json order = shop.orders.at("727");
    order.set("refund_documents",
              Json::parse(R"([{"id": 1, "amount": "1.00", "reason": "x [orderhub:k-1]",
        "refunded_payment": false}, {"id": 2, "amount": "2.00", "refunded_payment": false}])"));
    const sdk::Order record = mapped(order);
    EXPECT_EQ(record.refunds.at(0).state, sdk::OrderRefundState::pending);
    EXPECT_EQ(record.refunds.at(0).key, "k-1");
    EXPECT_EQ(record.refunds.at(1).state, sdk::OrderRefundState::succeeded);
}

TEST(MappingDetail, TheSiteIsNamedWithoutTheApisPath) {
    Json with = config();
    with.set("site_url", "https://shop.example/wp-json/wc/v3/");
    EXPECT_THROW(to_settings(with), std::invalid_argument);
}

}  // namespace
}  // namespace orderhub::woocommerce::testing
