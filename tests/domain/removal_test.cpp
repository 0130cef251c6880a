#include "hub/domain/removal.hpp"

#include <gtest/gtest.h>

#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

Snapshot shipped_mugs() {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    return shown;
}

RemovalInput units(std::vector<UnitsOfLine> lines) {
    return {.lines = std::move(lines), .reason = "damaged"};
}

TEST(Return, TwoOfThreeUnitsGiveBackExactlyTheirShare) {
    const auto plan = plan_return(imported(shipped_mugs()), units({{"l1", 2}}), {});
    ASSERT_TRUE(plan) << plan.error().message;
    const auto changes = changes_of(*plan);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].delta, amount(-2000, -400));
    EXPECT_EQ(changes[0].stage, Stage::post);
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    EXPECT_EQ(refunds_of(*plan)[0].amount, Minor{2400});
    ASSERT_EQ(plan->order.credit_memos.size(), 1U);
    EXPECT_EQ(plan->order.credit_memos[0].total, amount(2000, 400));
    EXPECT_EQ(plan->before, amount(3500, 700));
    EXPECT_EQ(total(plan->order), amount(1500, 300));
    EXPECT_EQ(plan->order.lines[0].available_to_return(), 1);
    EXPECT_EQ(status(plan->order), OrderStatus::partially_returned);
    EXPECT_EQ(return_status(plan->order), ReturnStatus::partly_returned);
}

TEST(Return, UnitByUnitCostsWhatAllTogetherCost) {
    Snapshot shown = shipped_mugs();
    shown.lines[0] = shown_line("a", 3, amount(1000, 199));
    shown.totals = amount(1500, 299);
    Order order = imported(shown);
    for (int i = 0; i < 3; ++i)
        order = returned(std::move(order), {{"l1", 1}}, "ac_" + std::to_string(i));
    Amount sum;
    for (const ChangeOrder& change : order.change_orders)
        sum += change.delta;
    EXPECT_EQ(sum, amount(-1000, -199));
}

TEST(Return, RefusesUnitsThatWereNeverShipped) {
    const auto plan = plan_return(imported(three_mugs()), units({{"l1", 1}}), {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "too_many_units");
    EXPECT_EQ(plan.error().field, "/lines/0/quantity");
}

TEST(Removal, RefusesBadInputAndNamesTheField) {
    const Order order = imported(shipped_mugs());
    const auto error = [&](std::vector<UnitsOfLine> lines) {
        return plan_return(order, units(std::move(lines)), {}).error();
    };
    EXPECT_EQ(error({}).field, "/lines");
    EXPECT_EQ(error({{"l9", 1}}).field, "/lines/0/line_id");
    EXPECT_EQ(error({{"l1", 0}}).field, "/lines/0/quantity");
    EXPECT_EQ(error({{"l1", -1}}).code, "bad_quantity");
    EXPECT_EQ(error({{"l2", 1}}).code, "not_a_product");
    EXPECT_EQ(error({{"l1", 1}, {"l1", 1}}).code, "line_twice");
}

TEST(Cancel, CapturedMoneyIsExcessAndComesBackWithoutAMemo) {
    const auto plan = plan_cancel(imported(three_mugs()), units({{"l1", 1}}), {});
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->order.credit_memos.empty());
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    EXPECT_EQ(refunds_of(*plan)[0].amount, Minor{1200});
    EXPECT_EQ(refunds_of(*plan)[0].state, MoneyState::intent);
    EXPECT_EQ(changes_of(*plan)[0].echo, Echo::expected);
}

TEST(Cancel, AuthorizedMoneyIsNotRefunded) {
    Snapshot shown = three_mugs();
    shown.payments[0].state = PaymentState::authorized;
    const auto plan = plan_cancel(imported(shown), units({{"l1", 1}}), {});
    ASSERT_TRUE(plan);
    EXPECT_TRUE(refunds_of(*plan).empty());
}

TEST(Cancel, AllocatedUnitsStay) {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::pending, "a", 2)};
    const Order order = imported(shown);
    EXPECT_TRUE(plan_cancel(order, units({{"l1", 1}}), {}));
    EXPECT_FALSE(plan_cancel(order, units({{"l1", 2}}), {}));
}

TEST(Removal, IsRefusedForUnmanagedAndSuspendedOrders) {
    Order order = imported(three_mugs());
    order.managed = false;
    EXPECT_EQ(plan_cancel(order, units({{"l1", 1}}), {}).error().code, "unmanaged");
    order.managed = true;
    ProcessException held;
    held.suspends = true;
    order.exceptions = {held};
    EXPECT_EQ(plan_cancel(order, units({{"l1", 1}}), {}).error().code, "suspended");
}

TEST(Delivery, IsGivenBackInProportionAndWhollyWithTheLastUnit) {
    Order order = imported(shipped_mugs());
    RemovalInput input = units({{"l1", 1}});
    input.delivery = DeliveryRule::proportional;
    auto plan = plan_return(order, input, {});
    ASSERT_TRUE(plan);
    EXPECT_EQ(changes_of(*plan)[0].delta, amount(-1167, -233));  // 10.00 + 1.67, tax 2.00 + 0.33
    order = accepted(*std::move(plan), "ac_1");
    input.lines = {{"l1", 2}};
    plan = plan_return(order, input, {});
    ASSERT_TRUE(plan);
    EXPECT_TRUE(total(plan->order).is_zero());
}

TEST(Delivery, OfAnotherGroupStays) {
    Snapshot shown = shipped_mugs();
    shown.lines[1].delivery_group = "other";
    RemovalInput input = units({{"l1", 3}});
    input.delivery = DeliveryRule::proportional;
    const auto plan = plan_return(imported(shown), input, {});
    ASSERT_TRUE(plan);
    EXPECT_EQ(total(plan->order), amount(500, 100));
}

TEST(Fees, AreInvoicedAndNettedAgainstTheRefund) {
    RemovalInput input = units({{"l1", 2}});
    input.fees = {{"Restocking", FeeBasis::percentage, 1000}};
    const auto plan = plan_return(imported(shipped_mugs()), input, {});
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->order.invoices.size(), 1U);
    EXPECT_EQ(plan->order.invoices[0].total, amount(200, 40));
    EXPECT_EQ(plan->order.credit_memos[0].total, amount(2000, 400));
    EXPECT_EQ(refunds_of(*plan)[0].amount, Minor{2160});
    EXPECT_EQ(total(plan->order), amount(1700, 340));
    EXPECT_EQ(plan->order.lines[2].kind, LineKind::fee);
}

TEST(Fees, OfEachBasis) {
    const auto fee = [](FeeBasis basis, std::int64_t value) {
        RemovalInput input = units({{"l1", 1}});
        input.fees = {{"Fee", basis, value}};
        return plan_return(imported(shipped_mugs()), input, {})->order.invoices.at(0).total;
    };
    EXPECT_EQ(fee(FeeBasis::amount_with_tax, 600), amount(500, 100));
    EXPECT_EQ(fee(FeeBasis::amount_without_tax, 500), amount(500, 100));
    EXPECT_EQ(fee(FeeBasis::percentage, 5000), amount(500, 100));
    EXPECT_EQ(fee(FeeBasis::percentage_gross, 5000), amount(500, 100));
}

TEST(Fees, AreNeverMoreThanTheUnitsAreWorth) {
    RemovalInput input = units({{"l1", 1}});
    input.fees = {{"A", FeeBasis::amount_with_tax, 1000}, {"B", FeeBasis::amount_with_tax, 201}};
    const auto plan = plan_return(imported(shipped_mugs()), input, {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "fee_too_large");
    EXPECT_EQ(plan.error().field, "/fees/1/value");
}

}  // namespace
}  // namespace orderhub::domain
