#include "hub/domain/actions.hpp"

#include <gtest/gtest.h>

#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

Snapshot shipped_mugs() {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    return shown;
}

TEST(Return, TwoOfThreeUnitsGiveBackExactlyTheirShare) {
    Order order = imported(shipped_mugs());
    const auto plan = plan_return(order, {{"l1", 2}}, "damaged");
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->change.delta, amount(-2000, -400));
    ASSERT_EQ(plan->refunds.size(), 1U);
    EXPECT_EQ(plan->refunds[0].amount, Minor{2400});
    EXPECT_TRUE(plan->credit_memo);
    carry_out(order, plan->change, "co_1");
    EXPECT_EQ(total(order), amount(1500, 300));
    EXPECT_EQ(order.lines[0].available_to_return(), 1);
    EXPECT_EQ(status(order), OrderStatus::partially_returned);
}

TEST(Return, UnitByUnitCostsWhatAllTogetherCost) {
    Snapshot shown = shipped_mugs();
    shown.lines[0] = shown_line("a", 3, amount(1000, 199));
    shown.totals = amount(1500, 299);
    Order order = imported(shown);
    Amount sum;
    for (int i = 0; i < 3; ++i) {
        const auto plan = plan_return(order, {{"l1", 1}}, "r");
        ASSERT_TRUE(plan);
        sum += plan->change.delta;
        carry_out(order, plan->change, "co_" + std::to_string(i));
    }
    EXPECT_EQ(sum, amount(-1000, -199));
}

TEST(Return, RefusesUnitsThatWereNeverShipped) {
    const Order order = imported(three_mugs());
    const auto plan = plan_return(order, {{"l1", 1}}, "r");
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "too_many_units");
    EXPECT_EQ(plan.error().field, "/lines/0/quantity");
}

TEST(Actions, RefuseBadInputAndNameTheField) {
    const Order order = imported(shipped_mugs());
    EXPECT_EQ(plan_return(order, {}, "r").error().field, "/lines");
    EXPECT_EQ(plan_return(order, {{"l9", 1}}, "r").error().field, "/lines/0/line_id");
    EXPECT_EQ(plan_return(order, {{"l1", 0}}, "r").error().field, "/lines/0/quantity");
    EXPECT_EQ(plan_return(order, {{"l1", -1}}, "r").error().code, "bad_quantity");
    EXPECT_EQ(plan_return(order, {{"l2", 1}}, "r").error().code, "not_a_product");
    EXPECT_EQ(plan_return(order, {{"l1", 1}, {"l1", 1}}, "r").error().code, "line_twice");
}

TEST(Cancel, CapturedMoneyIsExcessAndComesBackWithoutAMemo) {
    Order order = imported(three_mugs());
    const auto plan = plan_cancel(order, {{"l1", 1}}, "changed mind");
    ASSERT_TRUE(plan);
    EXPECT_FALSE(plan->credit_memo);
    ASSERT_EQ(plan->refunds.size(), 1U);
    EXPECT_EQ(plan->refunds[0].amount, Minor{1200});
    EXPECT_EQ(plan->change.echo, Echo::expected);
}

TEST(Cancel, AuthorizedMoneyIsNotRefunded) {
    Snapshot shown = three_mugs();
    shown.payments[0].state = PaymentState::authorized;
    const auto plan = plan_cancel(imported(shown), {{"l1", 1}}, "r");
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->refunds.empty());
}

TEST(Cancel, AllocatedUnitsStay) {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::pending, "a", 2)};
    const Order order = imported(shown);
    EXPECT_TRUE(plan_cancel(order, {{"l1", 1}}, "r"));
    EXPECT_FALSE(plan_cancel(order, {{"l1", 2}}, "r"));
}

// Published as Vendure 1753: a refund larger than one payment is not carried to the next.
TEST(Tenders, CarryOverToTheNextPayment) {
    Snapshot shown = shipped_mugs();
    shown.payments[0].amount = Minor{1200};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].amount = Minor{3000};
    const Order order = imported(shown);
    const auto plan = plan_return(order, {{"l1", 3}}, "r");
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->refunds.size(), 2U);
    EXPECT_EQ(plan->refunds[0].payment, "p2");
    EXPECT_EQ(plan->refunds[0].amount, Minor{3000});
    EXPECT_EQ(plan->refunds[1].amount, Minor{600});
}

TEST(Tenders, PreferTheExactThenTheSmallestCover) {
    Snapshot shown = shipped_mugs();
    shown.payments.assign(3, shown.payments[0]);
    const std::int64_t held[] = {3000, 1200, 2000};
    for (std::size_t i = 0; i < 3; ++i) {
        shown.payments[i].external_id = "p" + std::to_string(i);
        shown.payments[i].amount = Minor{held[i]};
    }
    const Order order = imported(shown);
    EXPECT_EQ(plan_tenders(order, Minor{1200})[0].payment, "p1");
    EXPECT_EQ(plan_tenders(order, Minor{1900})[0].payment, "p2");
    EXPECT_EQ(plan_tenders(order, Minor{2500})[0].payment, "p0");
    EXPECT_TRUE(plan_tenders(order, Minor{0}).empty());
}

// Published as Vendure 4013: removing what was never paid must not refund.
TEST(Refund, IsNeverMoreThanTheMoneyReallyHeld) {
    Snapshot shown = shipped_mugs();
    shown.payments[0].amount = Minor{1000};
    const auto plan = plan_return(imported(shown), {{"l1", 3}}, "r");
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->refunds.size(), 1U);
    EXPECT_EQ(plan->refunds[0].amount, Minor{400});
}

// Published as Saleor 19645: pending refunds were ignored.
TEST(Refund, PendingOnesCount) {
    Snapshot shown = shipped_mugs();
    shown.refunds = {{"r1", "p1", Minor{4000}, RefundState::pending, "", "", "", 0}};
    const auto plan = plan_return(imported(shown), {{"l1", 2}}, "r");
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->refunds.size(), 1U);
    EXPECT_EQ(plan->refunds[0].amount, Minor{200});
}

}  // namespace
}  // namespace orderhub::domain
