// Documents in the form that the Orders API's specification gives them, and the records that they
// become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "shop.hpp"

namespace orderhub::b2c_commerce::testing {
namespace {

std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

sdk::Order mapped(const Json& order) {
    return to_order(to_settings(config()), order, "2026-11-23T10:00:00.000Z").value();
}

class Mapping : public ::testing::TestWithParam<const char*> {
protected:
    std::filesystem::path folder() const {
        return std::filesystem::path(B2C_COMMERCE_CASES) / GetParam();
    }
    Json input() const { return Json::parse(read(folder() / "input.json")); }
};

TEST_P(Mapping, GivesTheExpectedRecord) {
    EXPECT_EQ(sdk::to_json(mapped(input())).dump(),
              Json::parse(read(folder() / "expected.json")).dump());
}

sdk::Amount sum(const sdk::Amount& so_far, const sdk::Money& money, const std::string& currency) {
    const sdk::Amount inc = sdk::inc_of(money, currency);
    EXPECT_EQ(inc, sdk::tax_of(money, currency) + sdk::Amount(money.ex, currency));
    return so_far + inc;
}

TEST_P(Mapping, AddsUp) {
    const sdk::Order order = mapped(input());
    const sdk::Amount nothing("0", order.currency);
    sdk::Amount all = nothing;
    sdk::Amount tax = nothing;
    for (const sdk::OrderLine& line : order.lines) {
        sdk::Amount total = sum(nothing, line.list, order.currency);
        for (const auto& adjustment : line.adjustments)
            total = sum(total, adjustment.amount, order.currency);
        EXPECT_EQ(total, sdk::inc_of(line.total, order.currency)) << line.external_id;
        all = sum(all, line.total, order.currency);
        tax += sdk::tax_of(line.total, order.currency);
    }
    EXPECT_EQ(all, sdk::inc_of(order.totals, order.currency));
    EXPECT_EQ(tax, sdk::tax_of(order.totals, order.currency));
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
