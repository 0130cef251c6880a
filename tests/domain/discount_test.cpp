#include "hub/domain/discount.hpp"

#include <gtest/gtest.h>

#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

DiscountInput by(DiscountBasis basis, std::int64_t value) {
    DiscountInput input;
    input.basis = basis;
    input.value = value;
    input.reason = "late";
    return input;
}

/// Ten units for 100.00 + 10.00: five before, two in, three after fulfilment.
Order ten_units() {
    Snapshot shown = three_mugs();
    shown.lines = {shown_line("a", 10, amount(10000, 1000))};
    shown.totals = amount(10000, 1000);
    shown.payments[0].amount = Minor{11000};
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3),
                         shown_fulfilment("f2", FulfilmentState::pending, "a", 2)};
    return imported(shown);
}

// Published: price 100, tax 10, 10% off gives 90 / 9 / 99; the original is untouched.
TEST(Discount, PercentageTakesTheTaxAlong) {
    Snapshot shown = three_mugs();
    shown.lines = {shown_line("a", 1, amount(10000, 1000))};
    shown.totals = amount(10000, 1000);
    const auto plan = plan_discount(imported(shown), by(DiscountBasis::percentage, 1000), {});
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(value(plan->order.lines[0], TaxLocale::net), amount(9000, 900));
    EXPECT_EQ(plan->order.lines[0].original, amount(10000, 1000));
    EXPECT_EQ(total(plan->order), amount(9000, 900));
}

// Published: two taxes of 1 and 0.5 on a line are merged to one of -0.15 elsewhere; here each stays
// itself.
TEST(Discount, KeepsTaxesApart) {
    Snapshot shown = three_mugs();
    shown.lines = {shown_line("a", 1, amount(1000, 150))};
    shown.lines[0].taxes = {{"state", "10", Minor{100}}, {"city", "5", Minor{50}}};
    shown.totals = amount(1000, 150);
    const auto plan = plan_discount(imported(shown), by(DiscountBasis::percentage, 1000), {});
    ASSERT_TRUE(plan);
    const auto changes = changes_of(*plan);
    const ChangeLine& part = changes[0].lines[0];
    ASSERT_EQ(part.taxes.size(), 2U);
    EXPECT_EQ(part.taxes[0].amount, Minor{-10});
    EXPECT_EQ(part.taxes[1].amount, Minor{-5});
    EXPECT_EQ(taxes_left(plan->order.lines[0], TaxLocale::net)[1].amount, Minor{45});
}

TEST(Discount, UnitsInFulfilmentAreLeftOutByDefault) {
    const auto plan = plan_discount(ten_units(), by(DiscountBasis::amount_with_tax, 880), {});
    ASSERT_TRUE(plan);
    const auto changes = changes_of(*plan);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].stage, Stage::pre);
    EXPECT_EQ(changes[0].delta, amount(-500, -50));
    EXPECT_EQ(changes[0].lines[0].quantity, 5);
    EXPECT_EQ(changes[1].stage, Stage::post);
    EXPECT_EQ(changes[1].delta, amount(-300, -30));
    EXPECT_EQ(plan->order.credit_memos.at(0).total, amount(300, 30));
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    EXPECT_EQ(refunds_of(*plan)[0].amount, Minor{880});
}

TEST(Discount, UnitsInFulfilmentCanJoinThoseBeforeOrStandAlone) {
    DiscountInput input = by(DiscountBasis::amount_with_tax, 1100);
    input.in_fulfilment = InFulfilment::pre_fulfilment;
    auto changes = changes_of(*plan_discount(ten_units(), input, {}));
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].delta, amount(-700, -70));
    EXPECT_EQ(changes[0].lines[0].quantity, 7);
    input.in_fulfilment = InFulfilment::in_fulfilment;
    changes = changes_of(*plan_discount(ten_units(), input, {}));
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[1].stage, Stage::in);
    EXPECT_EQ(changes[1].delta, amount(-200, -20));
}

TEST(Discount, OfNothingButUnitsInFulfilmentIsRefused) {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::pending, "a", 3)};
    const auto plan = plan_discount(imported(shown), by(DiscountBasis::percentage, 1000), {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "nothing_to_discount");
}

TEST(Discount, IsNeverAnIncreaseAndNeverMoreThanThePrice) {
    const auto field = [](const DiscountInput& input) {
        return plan_discount(ten_units(), input, {}).error().field;
    };
    EXPECT_EQ(field(by(DiscountBasis::percentage, -1)), "/value");
    EXPECT_EQ(field(by(DiscountBasis::percentage, 0)), "/value");
    EXPECT_EQ(field(by(DiscountBasis::percentage, 10'001)), "/value");
    EXPECT_EQ(field(by(DiscountBasis::amount_with_tax, 8801)), "/value");
    EXPECT_EQ(field(by(DiscountBasis::amount_without_tax, 8001)), "/value");
}

TEST(Discount, ReturnedAndCancelledUnitsTakeNoShare) {
    Order order = returned(ten_units(), {{"l1", 3}}, "ac_1");
    order = cancelled(std::move(order), {{"l1", 5}}, "ac_2");
    DiscountInput input = by(DiscountBasis::percentage, 1000);
    EXPECT_EQ(plan_discount(order, input, {}).error().code, "nothing_to_discount");
    input.in_fulfilment = InFulfilment::in_fulfilment;
    EXPECT_EQ(changes_of(*plan_discount(order, input, {})).at(0).delta, amount(-200, -20));
}

TEST(Discount, DiscountedUnitsGoBackAtTheirLowerPrice) {
    Order order = accepted(
        plan_discount(ten_units(), by(DiscountBasis::amount_with_tax, 880), {}).value(), "ac_1");
    order = returned(std::move(order), {{"l1", 3}}, "ac_2");
    EXPECT_EQ(order.change_orders.back().delta, amount(-2700, -270));
    order = cancelled(std::move(order), {{"l1", 5}}, "ac_3");
    EXPECT_EQ(total(order), amount(2000, 200));  // the two in fulfilment, at full price
    EXPECT_EQ(refunded(order) + total(order).inc, captured(order));
}

TEST(Discount, OfTheWholeOrderIsSpreadByWorth) {
    Snapshot shown = three_mugs();
    shown.lines = {shown_line("a", 1, amount(1000, 200)), shown_line("b", 2, amount(2000, 400)),
                   shown_line("d", 1, amount(500, 100))};
    shown.lines[2].kind = LineKind::delivery;
    shown.totals = amount(3500, 700);
    const auto plan = plan_discount(imported(shown), by(DiscountBasis::amount_with_tax, 100), {});
    ASSERT_TRUE(plan);
    const ChangeOrder change = changes_of(*plan).at(0);
    ASSERT_EQ(change.lines.size(), 2U);  // the delivery charge only if it is named
    EXPECT_EQ(change.lines[0].delta.inc, Minor{-33});
    EXPECT_EQ(change.lines[1].delta.inc, Minor{-67});
    DiscountInput delivery = by(DiscountBasis::percentage, 10'000);
    delivery.line_ids = {"l3"};
    EXPECT_EQ(changes_of(*plan_discount(imported(shown), delivery, {})).at(0).delta,
              amount(-500, -100));
}

TEST(Appeasement, TakesOnlyFulfilledUnitsACodeAndALimit) {
    Context context;
    context.policy.appeasement_reasons = {"late", "scratched"};
    context.policy.appeasement_limit = 1000;
    const auto plan =
        plan_appeasement(ten_units(), by(DiscountBasis::amount_with_tax, 1100), context);
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(changes_of(*plan).size(), 1U);
    EXPECT_EQ(changes_of(*plan)[0].stage, Stage::post);
    EXPECT_EQ(plan_appeasement(ten_units(), by(DiscountBasis::amount_with_tax, 1101), context)
                  .error()
                  .code,
              "over_limit");
    const Order order = accepted(*plan, "ac_1");
    EXPECT_EQ(plan_appeasement(order, by(DiscountBasis::amount_with_tax, 1), context).error().kind,
              ErrorKind::Denied);
    DiscountInput other = by(DiscountBasis::amount_with_tax, 1);
    other.reason = "because";
    EXPECT_EQ(plan_appeasement(ten_units(), other, context).error().field, "/reason");
}

}  // namespace
}  // namespace orderhub::domain
