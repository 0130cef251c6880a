// Documents in the form that the Orders API's specification gives them, and the records that they
// become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "shop.hpp"
#include "testing/orders.hpp"

namespace orderhub::b2c_commerce::testing {
namespace {

sdk::Order mapped(const Json& order) {
    return to_order(to_settings(config()), order, "2026-11-23T10:00:00.000Z").value();
}

class Mapping : public ::testing::TestWithParam<const char*> {
protected:
    std::filesystem::path folder() const {
        return std::filesystem::path(B2C_COMMERCE_CASES) / GetParam();
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
                         ::testing::Values("net_order_discount", "gross_item_discount", "cancelled",
                                           "yen", "dinar"),
                         [](const auto& each) { return std::string(each.param); });

TEST(MappingDetail, WhatWasNeverPlacedIsNoOrder) {
    Shop shop;
    Json order = shop.orders.at("1001");
    for (const char* status : {"created", "failed"}) {
        order.set("status", status);
        EXPECT_FALSE(to_order(to_settings(config()), order, ""));
    }
    order.set("status", "open");  // not in the specification's list; shown as it is
    EXPECT_EQ(mapped(order).storefront_state, "open");
    order.set("currency", "N/A");
    EXPECT_FALSE(to_order(to_settings(config()), order, ""));
}

TEST(MappingDetail, AnOrderOfSomebodyElseIsNotManaged) {
    Shop shop;
    Json with = config();
    with.set("managed", false);
    EXPECT_EQ(to_order(to_settings(with), shop.orders.at("1001"), "")->managed, false);
}

TEST(MappingDetail, TheScopeMustNameTheTenant) {
    Json with = config();
    with.set("scope", "SALESFORCE_COMMERCE_API:zzyy_001 sfcc.orders.rw");
    EXPECT_THROW(to_settings(with), std::invalid_argument);
}

}  // namespace
}  // namespace orderhub::b2c_commerce::testing
