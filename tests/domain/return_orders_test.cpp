#include "hub/domain/return_orders.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "tests/domain/return_stage.hpp"

namespace orderhub::domain {
namespace {

TEST(OpenReturn, HoldsTheUnitsPriceAndChangesNoTotal) {
    const auto plan =
        plan_open_return(shipped(3, amount(1000, 199)),
                         {.lines = {{"l1", 2}}, .reasons = {"too small"}, .reason = "too big"},
                         {.policy = {}, .actor = "agent:a", .now = 77});
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(plan->order.return_orders.size(), 1U);
    const ReturnOrder& made = plan->order.return_orders[0];
    EXPECT_EQ(made.state, ReturnState::approved);
    EXPECT_EQ(made.actor, "agent:a");
    EXPECT_EQ(made.at, 77);
    ASSERT_EQ(made.lines.size(), 1U);
    EXPECT_EQ(made.lines[0].id, "r1");
    EXPECT_EQ(made.lines[0].reason, "too small");
    EXPECT_EQ(made.lines[0].expected, 2);
    EXPECT_EQ(made.lines[0].held.amount, amount(667, 133));
    const Line& line = plan->order.lines[0];
    EXPECT_EQ(value(line, TaxLocale::net), amount(333, 66));
    EXPECT_EQ(line.return_initiated, 2);
    EXPECT_EQ(line.available_to_return(), 1);
    EXPECT_EQ(total(plan->order), plan->before);
    EXPECT_TRUE(refunds_of(*plan).empty());
    EXPECT_TRUE(changes_of(*plan).empty());
    EXPECT_EQ(return_status(plan->order), ReturnStatus::initiated);
}

TEST(OpenReturn, RefusesBadInputAndNamesTheField) {
    const Order order = shipped(3, amount(3000, 600));
    const auto error = [&](const OpenReturnInput& input) {
        return plan_open_return(order, input, {}).error();
    };
    EXPECT_EQ(error({.lines = {{"l1", 4}}}).field, "/lines/0/quantity");
    EXPECT_EQ(error({.lines = {{"l9", 1}}}).field, "/lines/0/line_id");
    EXPECT_EQ(error({.lines = {{"l1", 1}}, .state = ReturnState::closed}).field, "/state");
    const Fee dear{"Restocking", FeeBasis::amount_with_tax, 1201};
    EXPECT_EQ(error({.lines = {{"l1", 1}}, .fees = {dear}}).field, "/fees/0/value");
    EXPECT_TRUE(plan_open_return(order, {.lines = {{"l1", 2}}, .fees = {dear}}, {}));
}

TEST(OpenReturn, UnitsOnTheirWayBackCannotGoTwice) {
    const Order order = opened(shipped(3, amount(3000, 600)), 2);
    EXPECT_FALSE(plan_open_return(order, {.lines = {{"l1", 2}}}, {}));
    EXPECT_FALSE(plan_return(order, {.lines = {{"l1", 2}}, .reason = "r"}, {}));
    EXPECT_TRUE(plan_return(order, {.lines = {{"l1", 1}}, .reason = "r"}, {}));
}

TEST(OpenReturn, UnmanagedAndSuspendedOrdersStay) {
    Order order = opened(shipped(3, amount(3000, 600)), 2);
    const std::string id = order.return_orders[0].id;
    const auto codes = [&] {
        std::set<std::string> found;
        const auto note = [&](const Result<Plan>& plan) { found.insert(plan.error().code); };
        note(plan_open_return(order, {.lines = {{"l1", 1}}}, {}));
        note(plan_move_return(order, id, ReturnState::approved, {}));
        note(plan_receive_return(order, receipts(order, {{"r1", 1, 0, "new", ""}}), {}));
        note(closing(order));
        note(plan_cancel_return(order, id, "r", {}));
        return found;
    };
    order.exceptions.emplace_back().suspends = true;
    order.exceptions.back().message = "fraud?";
    EXPECT_EQ(codes(), std::set<std::string>{"suspended"});
    EXPECT_EQ(closing(order).error().message, "the order is suspended: fraud?");
    order.managed = false;
    EXPECT_EQ(codes(), std::set<std::string>{"unmanaged"});
}

TEST(ReturnOrder, GoesThroughItsStatesAndNotBack) {
    Order order =
        opened(shipped(3, amount(3000, 600)), {.lines = {{"l1", 2}}, .state = ReturnState::draft});
    const std::string id = order.return_orders[0].id;
    const auto move = [&](ReturnState to) { return plan_move_return(order, id, to, {}); };
    EXPECT_EQ(
        plan_receive_return(order, receipts(order, {{"r1", 2, 0, "new", ""}}), {}).error().code,
        "bad_state");
    auto submitted = move(ReturnState::submitted);
    ASSERT_TRUE(submitted);
    EXPECT_EQ(submitted->action, ActionKind::submit_return);
    EXPECT_EQ(submitted->subject, id);
    order = submitted->order;
    EXPECT_EQ(move(ReturnState::submitted).error().code, "bad_state");
    EXPECT_EQ(move(ReturnState::closed).error().code, "bad_state");
    auto approved = move(ReturnState::approved);
    ASSERT_TRUE(approved);
    EXPECT_EQ(approved->action, ActionKind::approve_return);
    order = approved->order;
    EXPECT_EQ(closing(order).error().code, "bad_state");
    EXPECT_EQ(plan_move_return(order, "ro_9", ReturnState::approved, {}).error().kind,
              ErrorKind::NotFound);
    order = plan_cancel_return(order, id, "r", {})->order;
    EXPECT_EQ(plan_cancel_return(order, id, "r", {}).error().code, "bad_state");
    EXPECT_FALSE(may_become(ReturnState::closed, ReturnState::received));
}

TEST(ReceiveReturn, MissingUnitsGoOnAsANewLine) {
    Order order = received(opened(shipped(3, amount(1000, 199)), 3), {{"r1", 2, 0, "new", ""}});
    const ReturnOrder& into = order.return_orders[0];
    EXPECT_EQ(into.state, ReturnState::partly_received);
    ASSERT_EQ(into.lines.size(), 2U);
    EXPECT_EQ(into.lines[0].expected, 2);
    EXPECT_EQ(into.lines[0].received, 2);
    EXPECT_EQ(into.lines[0].held.amount, amount(667, 133));
    EXPECT_EQ(into.lines[1].id, "r2");
    EXPECT_EQ(into.lines[1].expected, 1);
    EXPECT_EQ(into.lines[1].reason, "too big");
    EXPECT_EQ(into.lines[1].held.amount, amount(333, 66));
    EXPECT_EQ(total(order), worth_of(order));
    order = received(order, {{"r2", 0, 1, "", "not ours"}});
    EXPECT_EQ(order.return_orders[0].state, ReturnState::received);
    EXPECT_EQ(order.return_orders[0].lines[1].rejection_reason, "not ours");
    EXPECT_EQ(order.return_orders[0].lines[1].condition, "");
}

TEST(ReceiveReturn, MoreThanExpectedStaysInsideTheReturnOrder) {
    const Order order =
        received(opened(shipped(3, amount(1000, 199)), 1), {{"r1", 3, 0, "new", ""}});
    const ReturnOrder& into = order.return_orders[0];
    EXPECT_EQ(into.state, ReturnState::received);
    ASSERT_EQ(into.lines.size(), 1U);
    EXPECT_EQ(into.lines[0].expected, 3);
    EXPECT_EQ(into.lines[0].held.units, 3);
    EXPECT_EQ(into.lines[0].held.amount, amount(1000, 199));
    EXPECT_EQ(order.lines[0].return_initiated, 3);
    EXPECT_EQ(closing(order)->order.change_orders.back().delta, amount(-1000, -199));
}

TEST(ReceiveReturn, MoreCanArriveAfterAllWasBooked) {
    Order order = opened(shipped(3, amount(1000, 199)), 1);
    order = received(order, {{"r1", 1, 0, "new", ""}});
    order = received(order, {{"r1", 1, 1, "damaged", "not ours"}});
    const ReturnOrder& into = order.return_orders[0];
    ASSERT_EQ(into.lines.size(), 2U);
    EXPECT_EQ(into.lines[1].id, "r2");
    EXPECT_EQ(into.lines[1].expected, 2);
    EXPECT_EQ(into.lines[1].condition, "damaged");
    EXPECT_EQ(total(order), worth_of(order));
}

TEST(ReceiveReturn, MoreThanTheCustomerHasIsAnError) {
    const Order order = opened(shipped(3, amount(3000, 600)), 2);
    const auto error = [&](Receipt receipt) {
        return plan_receive_return(order, receipts(order, {std::move(receipt)}), {}).error();
    };
    EXPECT_EQ(error({"r1", 4, 0, "new", ""}).code, "too_many_units");
    EXPECT_EQ(error({"r1", 4, 0, "new", ""}).field, "/lines/0/accepted");
    EXPECT_EQ(error({"r1", 2, 2, "new", "x"}).code, "too_many_units");
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(error({"r1", kMost, kMost, "new", "x"}).code, "too_many_units");
}

TEST(ReceiveReturn, RefusesBadInputAndNamesTheField) {
    Order order = opened(shipped(3, amount(3000, 600)), 2);
    const auto error = [&](std::vector<Receipt> list) {
        return plan_receive_return(order, receipts(order, std::move(list)), {}).error();
    };
    EXPECT_EQ(error({}).field, "/lines");
    EXPECT_EQ(error({{"r9", 1, 0, "new", ""}}).field, "/lines/0/return_line");
    EXPECT_EQ(error({{"r1", 0, 0, "new", ""}}).code, "bad_quantity");
    EXPECT_EQ(error({{"r1", -1, 2, "new", "x"}}).field, "/lines/0/accepted");
    EXPECT_EQ(error({{"r1", 2, -1, "new", "x"}}).field, "/lines/0/rejected");
    EXPECT_EQ(error({{"r1", 1, 0, "mint", ""}}).field, "/lines/0/condition");
    EXPECT_EQ(error({{"r1", 1, 0, "", ""}}).message,
              "the condition must be one of: damaged, new, opened, worthless");
    EXPECT_EQ(error({{"r1", 0, 1, "", ""}}).field, "/lines/0/rejection_reason");
    order = received(order, {{"r1", 1, 0, "new", ""}});
    EXPECT_EQ(error({{"r1", 1, 0, "new", ""}}).code, "frozen_line");
    EXPECT_EQ(error({{"r2", 1, 0, "new", ""}, {"r2", 2, 0, "new", ""}}).field, "/lines/1/accepted");
}

TEST(ReceiveReturn, OneLineGivenTwiceDiffersInCondition) {
    const Order order =
        received(opened(shipped(4, amount(4000, 800)), 3), {{"r1", 1, 0, "new", ""},
                                                            {"r1", 1, 0, "damaged", ""},
                                                            {"r1", 1, 0, "worthless", ""},
                                                            {"r1", 0, 1, "", "not ours"}});
    const ReturnOrder& into = order.return_orders[0];
    ASSERT_EQ(into.lines.size(), 4U);
    EXPECT_EQ(into.lines[1].condition, "damaged");
    EXPECT_EQ(into.lines[2].condition, "worthless");
    EXPECT_EQ(into.lines[3].rejected, 1);
    EXPECT_EQ(into.state, ReturnState::received);
    EXPECT_EQ(closing(order)->order.change_orders.back().delta, amount(-1500, -300));
}

TEST(CancelReturn, PutsEverythingBackExactly) {
    Order order = shipped(3, amount(1000, 199));
    const Amount before = value(order.lines[0], TaxLocale::net);
    order = opened(std::move(order), 2);
    order = received(order, {{"r1", 0, 1, "", "not ours"}});
    const auto plan = plan_cancel_return(order, order.return_orders[0].id, "r", {});
    ASSERT_TRUE(plan);
    const Line& line = plan->order.lines[0];
    EXPECT_EQ(value(line, TaxLocale::net), before);
    EXPECT_EQ(units_left(line), 3);
    EXPECT_EQ(line.return_initiated, 0);
    EXPECT_EQ(worth(line, 3, TaxLocale::net).delta, before);
    EXPECT_EQ(plan->order.return_orders[0].state, ReturnState::cancelled);
    EXPECT_EQ(return_status(plan->order), ReturnStatus::none);
}

TEST(CancelReturn, WhatWasAcceptedIsToBeClosed) {
    const Order order =
        received(opened(shipped(3, amount(1000, 199)), 2), {{"r1", 1, 0, "new", ""}});
    const auto plan = plan_cancel_return(order, order.return_orders[0].id, "r", {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "units_accepted");
    EXPECT_EQ(plan.error().kind, ErrorKind::Conflict);
}

}  // namespace
}  // namespace orderhub::domain
