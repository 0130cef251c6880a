#include "hub/domain/snapshot.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "hub/domain/discount.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

const ProcessException* active(const Order& order, std::string_view code) {
    const auto found = std::ranges::find_if(order.exceptions, [&](const auto& each) {
        return each.state == ExceptionState::active && each.code == code;
    });
    return found == order.exceptions.end() ? nullptr : &*found;
}

/// The order after the hub cancelled one mug with key co_1.
Order with_cancel() {
    Order order = imported(three_mugs());
    order = cancelled(std::move(order), {{"l1", 1}}, "ac_1");
    order.change_orders[0].key = "co_1";
    return order;
}

/// What the shop shows once it has carried that out.
Snapshot after_cancel(std::int64_t observed_at) {
    Snapshot shown = three_mugs(observed_at);
    const std::int64_t placed = 3;
    shown.lines[0] = shown_line("a", 2, amount(2000, 400));
    shown.lines[0].ordered_quantity = placed;
    shown.totals = amount(2500, 500);
    shown.cancellations = {{"h1", "co_1", "changed mind"}};
    return shown;
}

TEST(Snapshot, FirstOneIsTheLockedOriginal) {
    const Order order = imported(three_mugs());
    EXPECT_EQ(original_total(order), amount(3500, 700));
    EXPECT_EQ(total(order), amount(3500, 700));
    EXPECT_EQ(status(order), OrderStatus::ordered);
    EXPECT_EQ(payment_status(order), PaymentStatus::captured);
    EXPECT_TRUE(order.exceptions.empty());
}

TEST(Snapshot, TwiceChangesNothing) {
    Order order = imported(three_mugs());
    EXPECT_TRUE(apply_snapshot(order, three_mugs(2000)).empty());
    EXPECT_TRUE(order.change_orders.empty());
}

TEST(Snapshot, OlderObservationIsIgnored) {
    Snapshot shipped = three_mugs(2000);
    shipped.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    Order order = imported(shipped);
    apply_snapshot(order, three_mugs(1500));
    EXPECT_EQ(order.lines[0].fulfilled, 3);
}

TEST(Snapshot, UnitsCancelledBeforeWeCameAreAChangeOrder) {
    Snapshot shown = three_mugs();
    shown.lines[0] = shown_line("a", 1, amount(1000, 200));
    shown.lines[0].ordered_quantity = 3;
    shown.lines[0].cancelled_total = amount(2000, 400);
    shown.totals = amount(1500, 300);
    const Order order = imported(shown);
    EXPECT_EQ(original_total(order), amount(3500, 700));
    EXPECT_EQ(total(order), amount(1500, 300));
    EXPECT_EQ(order.lines[0].cancelled, 2);
    ASSERT_EQ(order.change_orders.size(), 1U);
    EXPECT_EQ(order.change_orders[0].origin, "shop");
}

TEST(Echo, OfTheHubsCancelIsNotAppliedAgain) {
    Order order = with_cancel();
    const Amount before = total(order);
    apply_snapshot(order, after_cancel(2000));
    EXPECT_EQ(total(order), before);
    EXPECT_EQ(order.lines[0].cancelled, 1);
    EXPECT_EQ(order.change_orders.size(), 1U);
    EXPECT_EQ(order.change_orders[0].echo, Echo::seen);
    EXPECT_TRUE(order.exceptions.empty());
}

TEST(Echo, IsRecognisedWithoutAListOfCancellations) {
    Order order = with_cancel();
    Snapshot shown = after_cancel(2000);
    shown.cancellations.reset();
    apply_snapshot(order, shown);
    EXPECT_EQ(order.lines[0].cancelled, 1);
    EXPECT_EQ(order.change_orders.size(), 1U);
}

TEST(Echo, AWebhookFromBeforeTheCancelDoesNotDisturb) {
    Order order = with_cancel();
    apply_snapshot(order, three_mugs(1500));
    EXPECT_EQ(order.lines[0].cancelled, 1);
    EXPECT_EQ(order.change_orders[0].echo, Echo::expected);
    apply_snapshot(order, after_cancel(2000));
    EXPECT_EQ(order.lines[0].cancelled, 1);
}

TEST(Echo, SomebodyElsesCancelBesideOursIsCounted) {
    Order order = with_cancel();
    Snapshot shown = after_cancel(2000);
    shown.lines[0] = shown_line("a", 1, amount(1000, 200));
    shown.totals = amount(1500, 300);
    shown.cancellations->push_back({"h2", "", "by an administrator"});
    apply_snapshot(order, shown);
    EXPECT_EQ(order.lines[0].cancelled, 2);
    ASSERT_EQ(order.change_orders.size(), 2U);
    EXPECT_EQ(order.change_orders[1].origin, "shop");
    EXPECT_EQ(order.change_orders[1].reason, "by an administrator");
    EXPECT_EQ(total(order), amount(1500, 300));
}

TEST(Echo, ATaxThatDiffersWithinTheSameTotalIsSaidAsTax) {
    Order order = with_cancel();
    Snapshot shown = after_cancel(2000);
    shown.lines[0] = shown_line("a", 2, amount(2001, 399));
    shown.lines[0].ordered_quantity = 3;
    shown.totals = amount(2501, 499);
    apply_snapshot(order, shown);
    const ProcessException* exception = active(order, "amount_disagrees");
    ASSERT_TRUE(exception);
    EXPECT_NE(exception->message.find("the tax of "), std::string::npos) << exception->message;
    EXPECT_NE(exception->message.find("-0.01 EUR away"), std::string::npos) << exception->message;
}

TEST(Echo, AnotherAmountIsAnExceptionThatSaysByHowMuch) {
    Order order = with_cancel();
    Snapshot shown = after_cancel(2000);
    shown.lines[0] = shown_line("a", 2, amount(2001, 400));
    shown.totals = amount(2501, 500);
    apply_snapshot(order, shown);
    const ProcessException* exception = active(order, "amount_disagrees");
    ASSERT_NE(exception, nullptr);
    EXPECT_NE(exception->message.find("0.01 EUR"), std::string::npos);
    EXPECT_EQ(total(order), amount(2500, 500));
}

TEST(Echo, AConfirmedCancelThatDoesNotShowIsAnException) {
    Order order = with_cancel();
    order.change_orders[0].echo = Echo::done;
    order.change_orders[0].done_at = 1800;
    apply_snapshot(order, three_mugs(2000));
    EXPECT_NE(active(order, "change_not_visible"), nullptr);
    apply_snapshot(order, after_cancel(3000));
    EXPECT_EQ(active(order, "change_not_visible"), nullptr);
}

TEST(Elsewhere, CancelRefundAndShipmentHaveThatOrigin) {
    Order order = imported(three_mugs());
    Snapshot shown = after_cancel(2000);
    shown.cancellations = {{"h1", "", "by an administrator"}};
    shown.refunds = {{"r1", "p1", Minor{1200}, MoneyState::succeeded, "", "", "tx", 0, false}};
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 2)};
    apply_snapshot(order, shown);
    ASSERT_EQ(order.change_orders.size(), 2U);
    EXPECT_EQ(order.change_orders[0].kind, ChangeKind::refund);
    EXPECT_EQ(order.change_orders[0].money, Minor{1200});
    EXPECT_EQ(order.change_orders[1].kind, ChangeKind::cancel);
    for (const ChangeOrder& change : order.change_orders)
        EXPECT_EQ(change.origin, "shop");
    EXPECT_EQ(order.refunds.at(0).origin, "shop");
    EXPECT_EQ(order.lines[0].fulfilled, 2);
    EXPECT_EQ(total(order), amount(2500, 500));
    EXPECT_TRUE(order.exceptions.empty());
}

TEST(Elsewhere, ACancelOfShippedUnitsIsAReturn) {
    Snapshot shipped = three_mugs();
    shipped.fulfilments = {shown_fulfilment("f1", FulfilmentState::delivered, "a", 3)};
    Order order = imported(shipped);
    Snapshot shown = after_cancel(2000);
    shown.fulfilments = shipped.fulfilments;
    apply_snapshot(order, shown);
    EXPECT_EQ(order.lines[0].returned, 1);
    EXPECT_EQ(order.lines[0].cancelled, 0);
    EXPECT_EQ(order.change_orders.at(0).kind, ChangeKind::return_);
}

TEST(Elsewhere, RestockingWhatTheHubReturnedIsNoSecondReturn) {
    Snapshot shipped = three_mugs();
    shipped.fulfilments = {shown_fulfilment("f1", FulfilmentState::delivered, "a", 3)};
    Order order = imported(shipped);
    order = returned(std::move(order), {{"l1", 3}}, "ac_1");
    const Amount before = total(order);
    Snapshot shown = after_cancel(2000);
    shown.fulfilments = shipped.fulfilments;
    shown.cancellations->clear();
    apply_snapshot(order, shown);
    EXPECT_EQ(order.lines[0].returned, 3);
    EXPECT_EQ(total(order), before);
}

TEST(Elsewhere, EditsAddUnitsLinesAndPrices) {
    Order order = imported(three_mugs());
    Snapshot shown = three_mugs(2000);
    shown.lines[0] = shown_line("a", 4, amount(4000, 800));
    shown.lines.push_back(shown_line("s", 1, amount(-200, -40)));
    shown.lines.back().kind = LineKind::fee;
    shown.totals = amount(4300, 860);
    apply_snapshot(order, shown);
    EXPECT_EQ(order.lines[0].ordered, 4);
    EXPECT_EQ(total(order), amount(4300, 860));
    EXPECT_EQ(original_total(order), amount(3500, 700));
    shown.observed_at = 3000;
    shown.lines[0].total = shown.lines[0].list = amount(3900, 780);
    shown.totals = amount(4200, 840);
    apply_snapshot(order, shown);
    EXPECT_EQ(total(order), amount(4200, 840));
    EXPECT_TRUE(order.exceptions.empty());
}

TEST(Refunds, AWebhookThatOvertakesTheAnswerIsMatchedByKey) {
    Order order = imported(three_mugs());
    Refund intent;
    intent.id = intent.key = "rf_1";
    intent.payment = "p1";
    intent.amount = Minor{1200};
    intent.state = MoneyState::sent;
    order.refunds = {intent};
    Snapshot shown = three_mugs(2000);
    shown.refunds = {{"r1", "p1", Minor{1200}, MoneyState::succeeded, "rf_1", "", "tx", 0, false}};
    apply_snapshot(order, shown);
    ASSERT_EQ(order.refunds.size(), 1U);
    EXPECT_EQ(order.refunds[0].external_id, "r1");
    EXPECT_EQ(order.refunds[0].state, MoneyState::succeeded);
}

TEST(Elsewhere, AChargebackIsAChangeThatAPersonMustSee) {
    Order order = imported(three_mugs());
    Snapshot shown = three_mugs(2000);
    shown.refunds = {{"cb1", "p1", Minor{4200}, MoneyState::succeeded, "", "fraud", "", 0, true}};
    apply_snapshot(order, shown);
    ASSERT_EQ(order.change_orders.size(), 1U);
    EXPECT_EQ(order.change_orders[0].kind, ChangeKind::chargeback);
    EXPECT_EQ(order.change_orders[0].origin, "shop");
    EXPECT_NE(active(order, "chargeback"), nullptr);
    EXPECT_EQ(refunded(order), captured(order));
}

TEST(Elsewhere, ACancelOfDiscountedUnitsTakesWhatTheyCostHere) {
    Order order = imported(three_mugs());
    DiscountInput discount;
    discount.value = 5000;
    discount.reason = "r";
    order = accepted(plan_discount(std::move(order), discount, {}).value(), "ac_1");
    EXPECT_EQ(total(order), amount(2000, 400));
    Snapshot shown = after_cancel(2000);
    shown.cancellations = {{"h1", "", "by an administrator"}};
    apply_snapshot(order, shown);
    EXPECT_EQ(total(order), amount(1500, 300));
    EXPECT_EQ(value(order.lines[0], order.tax_locale), amount(1000, 200));
}

TEST(Payments, WhatTheHubAskedForIsConfirmedByTheNextShowing) {
    Snapshot authorized = three_mugs();
    authorized.payments[0].state = PaymentState::authorized;
    Order order = imported(authorized);
    PaymentOperation capture;
    capture.id = capture.key = "po_1";
    capture.amount = Minor{4200};
    capture.state = MoneyState::sent;
    order.payments[0].operations = {capture};
    apply_snapshot(order, three_mugs(2000));
    ASSERT_EQ(order.payments[0].operations.size(), 1U);
    EXPECT_EQ(order.payments[0].operations[0].state, MoneyState::succeeded);
    EXPECT_EQ(captured(order), Minor{4200});
}

TEST(Fulfilments, OneThatTheHubAskedForIsRecognisedByItsUnits) {
    Order order = imported(three_mugs());
    Fulfilment asked;
    asked.id = asked.key = "fo_1";
    asked.origin = "hub";
    asked.lines = {{"l1", 2}};
    order.fulfilments = {asked};
    Snapshot shown = three_mugs(2000);
    shown.fulfilments = {shown_fulfilment("f9", FulfilmentState::shipped, "a", 2)};
    apply_snapshot(order, shown);
    ASSERT_EQ(order.fulfilments.size(), 1U);
    EXPECT_EQ(order.fulfilments[0].id, "fo_1");
    EXPECT_EQ(order.fulfilments[0].external_id, "f9");
    EXPECT_EQ(order.lines[0].fulfilled, 2);
}

/// A box with two cups and one pot for 30.01 + 6.00, priced as a whole.
Snapshot one_box(std::int64_t observed_at = 1000) {
    Snapshot shown = three_mugs(observed_at);
    shown.lines = {shown_line("box", 1, amount(3001, 600)), shown_line("cup", 2, {}),
                   shown_line("pot", 1, {})};
    shown.lines[1].bundle = shown.lines[2].bundle = "box";
    shown.lines[1].units_per_bundle = 2;
    shown.lines[1].unit_price = shown.lines[2].unit_price = amount(1000, 200);
    shown.totals = amount(3001, 600);
    shown.payments[0].amount = Minor{3601};
    return shown;
}

TEST(Bundles, ThePartsTogetherCostWhatTheBundleDid) {
    const Order order = imported(one_box());
    EXPECT_TRUE(value(order.lines[0], order.tax_locale).is_zero());
    EXPECT_EQ(value(order.lines[1], order.tax_locale), amount(2001, 400));
    EXPECT_EQ(value(order.lines[2], order.tax_locale), amount(1000, 200));
    EXPECT_EQ(total(order), amount(3001, 600));
    EXPECT_EQ(order.lines[1].bundle, "l1");
}

TEST(Bundles, CancellingTheBundleCancelsAllItsParts) {
    Order order = cancelled(imported(one_box()), {{"l1", 1}}, "ac_1");
    EXPECT_TRUE(total(order).is_zero());
    EXPECT_EQ(order.lines[1].cancelled, 2);
    EXPECT_EQ(order.lines[0].cancelled, 1);
    EXPECT_EQ(status(order), OrderStatus::cancelled);
    ASSERT_EQ(order.refunds.size(), 1U);
    EXPECT_EQ(order.refunds[0].amount, Minor{3601});
}

TEST(Bundles, AnotherSplitOfTheSamePriceIsNoChange) {
    Order order = imported(one_box());
    Snapshot shown = one_box(2000);
    shown.lines[1].unit_price = amount(999, 200);
    apply_snapshot(order, shown);
    EXPECT_TRUE(order.change_orders.empty());
    EXPECT_TRUE(order.exceptions.empty());
}

TEST(Totals, ThatDoNotAddUpAreAnExceptionUntilTheyDo) {
    Snapshot shown = three_mugs();
    shown.totals = amount(3500, 701);
    Order order = imported(shown);
    const ProcessException* exception = active(order, "totals_differ");
    ASSERT_NE(exception, nullptr);
    EXPECT_NE(exception->message.find("0.01"), std::string::npos);
    EXPECT_EQ(total(order), amount(3500, 700));
    apply_snapshot(order, three_mugs(2000));
    EXPECT_EQ(active(order, "totals_differ"), nullptr);
}

}  // namespace
}  // namespace orderhub::domain
