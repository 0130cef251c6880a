// Documents in the form that the HTTP API gives them, and the records that they become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "lines.hpp"
#include "payments.hpp"
#include "project.hpp"
#include "testing/orders.hpp"

namespace orderhub::commercetools::testing {
namespace {

sdk::Order mapped(const Json& order, const Json& with = config()) {
    return to_order(to_settings(with), {order, "2026-11-23T10:00:00.000Z"});
}

class Mapping : public ::testing::TestWithParam<const char*> {
protected:
    std::filesystem::path folder() const {
        return std::filesystem::path(COMMERCETOOLS_CASES) / GetParam();
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
                         ::testing::Values("gross_discounts", "net_deliveries", "several_methods",
                                           "cancelled", "yen", "dinar"),
                         [](const auto& each) { return std::string(each.param); });

Json money(std::string_view type, std::int64_t cents, std::int64_t digits) {
    return Json::object({{"type", type},
                         {"currencyCode", "EUR"},
                         {"centAmount", cents},
                         {"fractionDigits", digits}});
}

TEST(Money, IsReadByItsOwnDigits) {
    EXPECT_EQ(minor_of(money("centPrecision", 1234, 2), "EUR"), 1234);
    EXPECT_EQ(minor_of(money("centPrecision", 12, 0), "EUR"), 1200);
    EXPECT_EQ(minor_of(money("highPrecision", 13, 4), "EUR"), 13);
    EXPECT_EQ(minor_of(Json(), "EUR"), 0);
    EXPECT_THROW(minor_of(money("centPrecision", 1, 2), "USD"), std::invalid_argument);
}

TEST(Payments, WhatIsLeftToGiveBackCountsRefundsThatAreUnderWay) {
    Project project;
    Json payment = project.payments.at("p-1");
    const auto add = [&](const char* type, const char* state, std::int64_t cents) {
        Json all = Json::array(payment["transactions"].items());
        all.push(Json::object({{"id", "t"},
                               {"type", type},
                               {"state", state},
                               {"amount", money("centPrecision", cents, 2)}}));
        payment.set("transactions", std::move(all));
    };
    add("Refund", "Initial", 100);
    add("Refund", "Failure", 700);
    add("Chargeback", "Success", 20);
    EXPECT_EQ(refundable(payment, "EUR"), 2420 - 100 - 20);
}

TEST(Payments, AnAuthorizationThatWasCancelledHoldsNoMoney) {
    Json payment = Project().payments.at("p-1");
    payment.set("transactions", Json::array());
    sdk::Order record;
    record.currency = "EUR";
    const auto state = [&] {
        record.payments.clear();
        take_payment(payment, record);
        return record.payments.at(0).state;
    };
    const auto become = [&](const char* type, const char* word) {
        payment.set("transactions",
                    Json::array({Json::object({{"id", "t"},
                                               {"type", type},
                                               {"state", word},
                                               {"amount", money("centPrecision", 1, 2)}})}));
        return state();
    };
    EXPECT_EQ(state(), sdk::OrderPaymentState::pending);
    EXPECT_EQ(become("Authorization", "Success"), sdk::OrderPaymentState::authorized);
    EXPECT_EQ(become("CancelAuthorization", "Success"), sdk::OrderPaymentState::cancelled);
    EXPECT_EQ(become("Charge", "Pending"), sdk::OrderPaymentState::pending);
    EXPECT_EQ(become("Charge", "Failure"), sdk::OrderPaymentState::declined);
}

TEST(MappingDetail, AShipmentWithoutDeliveriesIsOneOfAll) {
    Project project;
    Json order = project.orders.at("o-1");
    order.set("shipmentState", "Delivered");
    const sdk::Order record = mapped(order);
    ASSERT_EQ(record.fulfilments.size(), 1U);
    EXPECT_EQ(record.fulfilments[0].state, sdk::OrderFulfilmentState::delivered);
    EXPECT_EQ(record.fulfilments[0].lines.at(0).quantity, 2);
}

TEST(MappingDetail, TheScopeMustNameTheProject) {
    Json with = config();
    with.set("scope", "manage_orders:other");
    EXPECT_THROW(to_settings(with), std::invalid_argument);
}

}  // namespace
}  // namespace orderhub::commercetools::testing
