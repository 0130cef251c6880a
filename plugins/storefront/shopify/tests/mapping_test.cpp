// Orders in the form that the published schema gives them, and the records that they become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "notice.hpp"
#include "payments.hpp"
#include "shop.hpp"
#include "testing/orders.hpp"

namespace orderhub::shopify::testing {
namespace {

sdk::Order mapped(const Json& order) {
    return to_order(to_settings(config()), order, "2026-11-23T10:00:00.000Z");
}

class Mapping : public ::testing::TestWithParam<const char*> {};

TEST_P(Mapping, GivesTheExpectedRecord) {
    const auto expected = std::filesystem::path(SHOPIFY_CASES) / GetParam() / "expected.json";
    EXPECT_EQ(sdk::to_json(mapped(document(GetParam()))).dump(),
              orderhub::testing::document_at(expected).dump());
}

TEST_P(Mapping, AddsUp) {
    orderhub::testing::expect_to_add_up(mapped(document(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Documents, Mapping,
                         ::testing::Values("gross_order_discount", "net_two_taxes",
                                           "cancelled_and_returned_units", "refund_by_amount",
                                           "cancelled", "cancelled_by_the_shop", "yen",
                                           "dinar_edited", "duties"),
                         [](const auto& each) { return std::string(each.param); });

TEST(Amounts, AreSpreadToTheLastUnit) {
    EXPECT_EQ(spread(100, {1, 1, 1}), (std::vector<std::int64_t>{33, 34, 33}));
    EXPECT_EQ(spread(-7, {0, 2, 5}), (std::vector<std::int64_t>{0, -2, -5}));
    EXPECT_EQ(spread(5, {0, 0}), (std::vector<std::int64_t>{5, 0}));
    EXPECT_EQ(share(5, 1, 2), 3);
    EXPECT_EQ(share(-5, 1, 2), -3);
}

TEST(Amounts, ARateIsPercent) {
    const auto percent = [](const char* text) { return percent_of(Json::parse(text)); };
    EXPECT_EQ(percent("0.19"), "19");
    EXPECT_EQ(percent("0.0825"), "8.25");
    EXPECT_EQ(percent("0.069351"), "6.9351");
    EXPECT_EQ(percent("0"), "0");
    EXPECT_EQ(percent("1"), "100");
    EXPECT_EQ(percent("1e-3"), "");
    EXPECT_EQ(percent("null"), "");
}

TEST(Amounts, OfAnotherCurrencyAreRefused) {
    Json order = document("yen");
    order.set("presentmentCurrencyCode", "EUR");
    EXPECT_THROW(mapped(order), sdk::JsonError);
}

TEST(Key, StandsAtTheEndOfANote) {
    EXPECT_EQ(with_key("Late", "k1", 255), "Late [orderhub:k1]");
    EXPECT_EQ(with_key(std::string(300, 'x'), "k1", 40).size(), 40U);
    EXPECT_EQ(key_in(with_key(std::string(300, 'x'), "k1", 40)), "k1");
    EXPECT_EQ(without_key("Late [orderhub:k1]"), "Late");
    EXPECT_EQ(key_in("Late [orderhub:k1"), "");
}

struct Body {
    const char* topic;
    const char* text;
    const char* order;  ///< empty: none
};

TEST(Notice, IsOnlyAHintToAnOrder) {
    const Body bodies[] = {
        {"orders/updated",
         R"({"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508"})",
         "820982911946154508"},
        {"refunds/create",
         R"({"id":5,"order_id":17,"admin_graphql_api_id":"gid://shopify/Refund/5"})", "17"},
        {"returns/approve",
         R"({"id":945,"order":{"id":18,"admin_graphql_api_id":"gid://shopify/Order/18"}})", "18"},
        {"orders/edited", R"({"order_edit":{"id":3,"order_id":19}})", "19"},
        {"orders/delete", R"({"id":20})", ""},
        {"customers/update", R"({"id":77,"admin_graphql_api_id":"gid://shopify/Customer/77"})", ""},
        {"odd", R"({"order_id":"../1"})", ""},
    };
    for (const Body& each : bodies)
        EXPECT_EQ(order_of_notice(each.text).value_or(""), each.order) << each.topic;
    EXPECT_THROW(order_of_notice("[1]"), sdk::JsonError);
    EXPECT_THROW(order_of_notice("<html>"), sdk::JsonError);
}

}  // namespace
}  // namespace orderhub::shopify::testing
