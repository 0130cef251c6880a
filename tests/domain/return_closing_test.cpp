#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/domain/return_stage.hpp"

namespace orderhub::domain {
namespace {

// Published as Spree 14678: an RMA of 3 that was received as 2 refunded 3, 89.99 too much.
TEST(CloseReturn, ThreeExpectedTwoReceivedRefundsTwo) {
    const Order order =
        received(opened(shipped(3, amount(26997, 0)), 3), {{"r1", 2, 0, "new", ""}});
    const auto plan = closing(order);
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(changes_of(*plan).size(), 1U);
    const ChangeOrder change = changes_of(*plan)[0];
    EXPECT_EQ(change.kind, ChangeKind::return_);
    EXPECT_EQ(change.stage, Stage::post);
    EXPECT_EQ(change.reason, "too big");
    EXPECT_EQ(change.delta, amount(-17998, 0));
    ASSERT_EQ(change.lines.size(), 1U);
    EXPECT_EQ(change.lines[0].quantity, 2);
    EXPECT_EQ(refunded_by(*plan), Minor{17998});
    ASSERT_EQ(plan->order.credit_memos.size(), 1U);
    EXPECT_EQ(plan->order.credit_memos[0].total, amount(17998, 0));
    const Line& line = plan->order.lines[0];
    EXPECT_EQ(line.returned, 2);
    EXPECT_EQ(line.return_initiated, 2);
    EXPECT_EQ(line.available_to_return(), 1);
    EXPECT_EQ(value(line, TaxLocale::net), amount(8999, 0));
    EXPECT_EQ(plan->order.return_orders[0].state, ReturnState::closed);
    EXPECT_EQ(closing(plan->order).error().code, "bad_state");
}

TEST(CloseReturn, ARejectedUnitStaysTheCustomers) {
    const Order order = received(opened(shipped(2, amount(2000, 400)), 2),
                                 {{"r1", 1, 1, "opened", "serial number of another"}});
    const auto plan = closing(order);
    ASSERT_TRUE(plan);
    EXPECT_EQ(refunded_by(*plan), Minor{1200});
    EXPECT_EQ(plan->order.lines[0].returned, 1);
    EXPECT_EQ(plan->order.lines[0].return_initiated, 1);
    EXPECT_EQ(units_left(plan->order.lines[0]), 1);
    const auto again = plan_open_return(accepted(*plan, "b"), {.lines = {{"l1", 1}}}, {});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->order.return_orders[1].lines[0].held.amount, amount(1000, 200));
}

TEST(CloseReturn, NothingAcceptedMovesNoMoney) {
    OpenReturnInput input{.lines = {{"l1", 2}}, .reason = "r"};
    input.fees = {{"Restocking", FeeBasis::percentage, 1000}};
    const Order order =
        received(opened(shipped(2, amount(2000, 400)), input), {{"r1", 0, 2, "", "not ours"}});
    const auto plan = closing(order);
    ASSERT_TRUE(plan);
    EXPECT_TRUE(changes_of(*plan).empty());
    EXPECT_TRUE(plan->order.credit_memos.empty());
    EXPECT_TRUE(plan->order.invoices.empty());
    EXPECT_TRUE(refunds_of(*plan).empty());
    EXPECT_EQ(value(plan->order.lines[0], TaxLocale::net), amount(2000, 400));
    EXPECT_EQ(plan->order.lines[0].return_initiated, 0);
    const auto charged = plan_close_return(
        order, {.return_order = order.return_orders[0].id, .fees = input.fees}, {});
    ASSERT_FALSE(charged);
    EXPECT_EQ(charged.error().field, "/fees");
}

struct Half {
    const char* currency;
    TaxLocale locale;
    Amount price, back, kept;
};

TEST(CloseReturn, ADamagedUnitGivesBackHalfToTheMinorUnit) {
    const Half cases[] = {
        {"EUR", TaxLocale::net, amount(999, 199), amount(500, 100), amount(499, 99)},
        {"EUR", TaxLocale::gross, amount(100, 19), amount(50, 10), amount(50, 9)},
        {"JPY", TaxLocale::net, amount(101, 10), amount(51, 5), amount(50, 5)},
        {"BHD", TaxLocale::net, amount(12345, 1235), amount(6173, 618), amount(6172, 617)},
    };
    for (const Half& each : cases) {
        SCOPED_TRACE(each.currency);
        const Order order = received(opened(shipped(1, each.price, each.currency, each.locale), 1),
                                     {{"r1", 1, 0, "damaged", ""}});
        const auto plan = closing(order);
        ASSERT_TRUE(plan);
        EXPECT_EQ(changes_of(*plan)[0].delta, -each.back);
        EXPECT_EQ(refunded_by(*plan), each.back.inc);
        EXPECT_EQ(value(plan->order.lines[0], each.locale), each.kept);
        EXPECT_EQ(total(plan->order), each.kept);
        EXPECT_EQ(plan->order.lines[0].quantity(), 0);
    }
}

TEST(CloseReturn, AWorthlessUnitIsTakenForNothing) {
    const Order order =
        received(opened(shipped(1, amount(999, 199)), 1), {{"r1", 1, 0, "worthless", ""}});
    const auto plan = closing(order);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->order.lines[0].returned, 1);
    EXPECT_TRUE(refunds_of(*plan).empty());
    EXPECT_TRUE(plan->order.credit_memos.empty());
    EXPECT_EQ(total(plan->order), amount(999, 199));
}

TEST(CloseReturn, ThreeReceiptsGiveTheFiguresOfOne) {
    const Order expected = opened(shipped(4, amount(1000, 199)), 4);
    const Order at_once = received(expected, {{"r1", 3, 1, "damaged", "x"}});
    Order by_one = received(expected, {{"r1", 1, 0, "damaged", ""}});
    by_one = received(by_one, {{"r2", 1, 1, "damaged", "x"}});
    by_one = received(by_one, {{"r3", 1, 0, "damaged", ""}});
    // 3 of 4 units are 750 + 149; half of it 375 + 75 (74.5).
    EXPECT_EQ(changes_of(*closing(at_once))[0].delta, amount(-375, -75));
    EXPECT_EQ(changes_of(*closing(by_one))[0].delta, amount(-375, -75));
}

TEST(CloseReturn, TheDeliveryChargeGoesInProportion) {
    OpenReturnInput input{.lines = {{"l1", 1}}, .reason = "r"};
    input.delivery = DeliveryRule::proportional;
    Order order = received(opened(shipped_mugs(), input), {{"r1", 1, 0, "new", ""}});
    // A third of 5.00 + 1.00 rounds to 1.67 + 0.33.
    EXPECT_EQ(changes_of(*closing(order))[0].delta, amount(-1167, -233));
    EXPECT_EQ(refunded_by(*closing(order)), Minor{1400});
    // What another return order expects still counts as the customer's.
    order = opened(accepted(*closing(order), "b"), input, "c");
    order = received(opened(order, input, "d"), {{"r1", 1, 0, "new", ""}});
    // Half of the 3.33 + 0.67 that are left.
    EXPECT_EQ(changes_of(*closing(order))[0].delta, amount(-1166, -233));
}

TEST(CloseReturn, ADamagedUnitTakesLessOfTheDeliveryChargeWithIt) {
    OpenReturnInput input{.lines = {{"l1", 3}}, .reason = "r"};
    input.delivery = DeliveryRule::proportional;
    const Order order = received(opened(shipped_mugs(), input), {{"r1", 3, 0, "damaged", ""}});
    EXPECT_EQ(changes_of(*closing(order))[0].delta, amount(-1750, -350));
}

TEST(CloseReturn, ARestockingFeeIsInvoicedAndNetted) {
    OpenReturnInput input{.lines = {{"l1", 2}}, .reason = "r"};
    input.fees = {{"Restocking", FeeBasis::percentage, 1000}};
    const Order order = received(opened(shipped_mugs(), input), {{"r1", 2, 0, "new", ""}});
    const auto plan = closing(order);
    ASSERT_TRUE(plan);
    ASSERT_EQ(changes_of(*plan).size(), 2U);
    EXPECT_EQ(changes_of(*plan)[0].delta, amount(-2000, -400));
    EXPECT_EQ(changes_of(*plan)[1].kind, ChangeKind::fee);
    EXPECT_EQ(changes_of(*plan)[1].delta, amount(200, 40));
    EXPECT_EQ(refunded_by(*plan), Minor{2160});
    ASSERT_EQ(plan->order.invoices.size(), 1U);
    EXPECT_EQ(plan->order.invoices[0].total, amount(200, 40));
    const auto waived = plan_close_return(
        order, {.return_order = order.return_orders[0].id, .fees = std::vector<Fee>{}}, {});
    ASSERT_TRUE(waived);
    EXPECT_EQ(refunded_by(*waived), Minor{2400});
    EXPECT_TRUE(waived->order.return_orders[0].fees.empty());
}

TEST(CloseReturn, AnExchangeOrderThatWaitsIsPaidFirst) {
    Order order = received(opened(shipped_mugs(), 2), {{"r1", 2, 0, "new", ""}});
    order.return_orders[0].exchange_order = "os_2";
    const CloseReturnInput input{.return_order = order.return_orders[0].id};
    const auto plan = plan_close_return(order, input, {}, Minor{1500});
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->transfers.size(), 1U);
    EXPECT_EQ(plan->transfers[0].order_id, "os_2");
    EXPECT_EQ(plan->transfers[0].amount, Minor{1500});
    const auto refunds = refunds_of(*plan);
    ASSERT_EQ(refunds.size(), 2U);
    EXPECT_EQ(refunds[0].kind, RefundKind::transfer);
    EXPECT_EQ(refunds[1].kind, RefundKind::change);
    EXPECT_EQ(refunds[1].amount, Minor{900});
    const auto all = plan_close_return(order, input, {}, Minor{9900});
    EXPECT_EQ(all->transfers[0].amount, Minor{2400});
    EXPECT_EQ(refunds_of(*all).size(), 1U);
}

TEST(CloseReturn, AConditionThatThePolicyForgotIsAConflict) {
    const Order order = received(opened(shipped_mugs(), 2), {{"r1", 2, 0, "opened", ""}});
    Context context;
    context.policy.conditions = {{"new", 10'000}};
    EXPECT_EQ(closing(order, context).error().code, "unknown_condition");
}

// Any receipts of the same goods give the same figures, and nothing is lost on the way.
TEST(CloseReturn, FiguresDependOnWhatWasAcceptedAlone) {
    EXPECT_TRUE(rc::check([] {
        const auto pick = [](std::int64_t from, std::int64_t to) {
            return *rc::gen::inRange(from, to + 1);
        };
        const std::int64_t units = pick(1, 9);
        const auto locale = pick(0, 1) == 0 ? TaxLocale::net : TaxLocale::gross;
        const Order start =
            opened(shipped(units, amount(pick(0, 9999), pick(0, 999)), "EUR", locale), units);
        Order order = start;
        std::map<std::string, std::int64_t> accepted;
        std::int64_t rejected = 0;
        for (std::int64_t left = units; left > 0;) {
            const std::int64_t yes = pick(0, left), no = pick(yes == 0 ? 1 : 0, left - yes);
            const char* kWords[] = {"new", "damaged", "worthless"};
            const std::string word = kWords[pick(0, 2)];
            order = received(order, {{order.return_orders[0].lines.back().id, yes, no, word, "x"}});
            accepted[word] += yes;
            rejected += no;
            left -= yes + no;
            RC_ASSERT(total(order) == worth_of(order));
            if (pick(0, 3) == 0) break;
        }
        std::vector<Receipt> in_one;
        for (const auto& [word, count] : accepted)
            if (count > 0) in_one.push_back({"r1", count, 0, word, ""});
        if (rejected > 0) in_one.push_back({"r1", 0, rejected, "", "x"});
        const auto by_parts = closing(order);
        const auto at_once = closing(received(start, in_one));
        RC_ASSERT(by_parts && at_once);
        RC_ASSERT(total(by_parts->order) == total(at_once->order));
        RC_ASSERT(total(by_parts->order) == worth_of(by_parts->order));
        RC_ASSERT(refunded_by(*by_parts) == by_parts->before.inc - total(by_parts->order).inc);
        const Line& line = by_parts->order.lines[0];
        RC_ASSERT(line.returned == line.return_initiated);
        RC_ASSERT(units_left(line) == units - line.returned);
    }));
}

}  // namespace
}  // namespace orderhub::domain
