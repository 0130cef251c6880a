#include "hub/domain/fulfilment.hpp"

#include <gtest/gtest.h>

#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

FulfilInput units(std::int64_t quantity, bool draft = false) {
    return {.lines = {{"l1", quantity}}, .reason = "lost by the carrier", .draft = draft};
}

Order fulfilled(const Order& order, std::int64_t quantity, const std::string& id) {
    return accepted(plan_fulfil(order, units(quantity), {}).value(), id);
}
Order moved(const Order& order, FulfilmentState state) {
    return plan_update_fulfilment(order,
                                  {.fulfilment = order.fulfilments.back().id, .state = state}, {})
        .value()
        .order;
}

TEST(Fulfil, AllocatesThenShipsThenDelivers) {
    const auto plan = plan_fulfil(imported(three_mugs()),
                                  {.lines = {{"l1", 2}}, .carrier = "DHL", .tracking_number = "1Z"},
                                  {.policy = {}, .actor = "agent:a", .now = 77});
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->action, ActionKind::fulfil);
    const Fulfilment& made = plan->order.fulfilments.at(0);
    EXPECT_EQ(made.kind, FulfilmentKind::standard);
    EXPECT_EQ(made.state, FulfilmentState::pending);
    EXPECT_EQ(made.origin, "hub");
    EXPECT_EQ(made.carrier, "DHL");
    EXPECT_EQ(made.tracking_number, "1Z");
    EXPECT_EQ(made.at, 77);
    EXPECT_EQ(total(plan->order), plan->before);
    Order order = accepted(*plan, "a");
    EXPECT_EQ(order.lines[0].allocated, 2);
    EXPECT_EQ(order.lines[0].fulfilled, 0);
    EXPECT_EQ(order.lines[0].available_to_cancel(), 1);
    order = moved(order, FulfilmentState::shipped);
    EXPECT_EQ(order.lines[0].fulfilled, 2);
    order = moved(order, FulfilmentState::delivered);
    EXPECT_EQ(order.lines[0].fulfilled, 2);
    EXPECT_EQ(order.fulfilments[0].tracking_number, "1Z");
}

TEST(Fulfil, OnlyUnitsThatAreFree) {
    const Order order = fulfilled(imported(three_mugs()), 2, "a");
    const auto plan = plan_fulfil(order, units(2), {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "too_many_units");
    EXPECT_EQ(plan.error().field, "/lines/0/quantity");
    EXPECT_TRUE(plan_fulfil(order, units(1), {}));
    EXPECT_EQ(plan_fulfil(order, {.lines = {{"l2", 1}}}, {}).error().code, "not_a_product");
}

TEST(Fulfil, ADraftAllocatesNothingAndIsCheckedAgain) {
    Order order = accepted(plan_fulfil(imported(three_mugs()), units(2, true), {}).value(), "a");
    const std::string draft = order.fulfilments[0].id;
    EXPECT_EQ(order.lines[0].allocated, 0);
    EXPECT_EQ(moved(order, FulfilmentState::pending).lines[0].allocated, 2);
    order = fulfilled(order, 2, "b");
    const auto late =
        plan_update_fulfilment(order, {.fulfilment = draft, .state = FulfilmentState::pending}, {});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, "too_many_units");
    EXPECT_EQ(late.error().field, "/state");
}

TEST(UpdateFulfilment, CancellingFreesTheUnitsOnly) {
    const Order order =
        moved(fulfilled(imported(three_mugs()), 2, "a"), FulfilmentState::cancelled);
    EXPECT_EQ(order.lines[0].allocated, 0);
    EXPECT_EQ(order.lines[0].cancelled, 0);
    EXPECT_EQ(order.lines[0].available_to_cancel(), 3);
}

TEST(UpdateFulfilment, NeverGoesBack) {
    const Order shipped =
        moved(fulfilled(imported(three_mugs()), 2, "a"), FulfilmentState::shipped);
    for (const auto state : {FulfilmentState::draft, FulfilmentState::pending,
                             FulfilmentState::shipped, FulfilmentState::cancelled}) {
        const auto plan = plan_update_fulfilment(
            shipped, {.fulfilment = shipped.fulfilments[0].id, .state = state}, {});
        ASSERT_FALSE(plan) << static_cast<int>(state);
        EXPECT_EQ(plan.error().code, "bad_state");
        EXPECT_EQ(plan.error().kind, ErrorKind::Conflict);
        EXPECT_EQ(plan.error().field, "/state");
    }
    EXPECT_EQ(plan_update_fulfilment(shipped, {.fulfilment = "fo_9"}, {}).error().kind,
              ErrorKind::NotFound);
}

TEST(UpdateFulfilment, TrackingIsCorrectedWhileItIsOnItsWay) {
    Order order = moved(fulfilled(imported(three_mugs()), 2, "a"), FulfilmentState::shipped);
    const UpdateFulfilmentInput input{.fulfilment = order.fulfilments[0].id,
                                      .state = FulfilmentState::shipped,
                                      .tracking_number = "2Z"};
    const auto plan = plan_update_fulfilment(order, input, {});
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->order.fulfilments[0].tracking_number, "2Z");
    EXPECT_EQ(plan->subject, order.fulfilments[0].id);
    order = moved(order, FulfilmentState::delivered);
    auto late = input;
    late.state = FulfilmentState::delivered;
    EXPECT_EQ(plan_update_fulfilment(order, late, {}).error().code, "bad_state");
}

TEST(Reship, SendsLostUnitsAgainAtNoCharge) {
    const Order order = moved(fulfilled(imported(three_mugs()), 2, "a"), FulfilmentState::shipped);
    const auto plan = plan_reship(order, units(1), {});
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->action, ActionKind::reship);
    EXPECT_EQ(plan->order.fulfilments[1].kind, FulfilmentKind::reship);
    EXPECT_EQ(plan->order.fulfilments[1].reason, "lost by the carrier");
    EXPECT_EQ(total(plan->order), plan->before);
    EXPECT_TRUE(changes_of(*plan).empty());
    const Order again = accepted(*plan, "b");
    EXPECT_EQ(again.lines[0].reshipped, 1);
    EXPECT_EQ(again.lines[0].fulfilled, 2);
    EXPECT_EQ(again.lines[0].allocated, 2);
    EXPECT_EQ(plan_reship(again, units(2), {}).error().code, "too_many_units");
    EXPECT_EQ(moved(again, FulfilmentState::shipped).lines[0].reshipped, 1);
    EXPECT_EQ(moved(again, FulfilmentState::cancelled).lines[0].reshipped, 0);
}

TEST(Reship, NeedsAReasonAndUnitsThatTheCustomerShouldHave) {
    Order order = moved(fulfilled(imported(three_mugs()), 2, "a"), FulfilmentState::shipped);
    EXPECT_EQ(plan_reship(order, {.lines = {{"l1", 1}}}, {}).error().field, "/reason");
    order = accepted(plan_open_return(order, {.lines = {{"l1", 1}}}, {}).value(), "b");
    EXPECT_FALSE(plan_reship(order, units(2), {}));
    EXPECT_TRUE(plan_reship(order, units(1), {}));
}

/// A set of one pot and two cups, ordered twice; the parts have the price.
Order tea_sets() {
    Snapshot shown = three_mugs();
    shown.lines = {shown_line("set", 2, {}), shown_line("pot", 2, amount(2000, 400)),
                   shown_line("cup", 4, amount(1000, 200))};
    for (std::size_t i : {1U, 2U})
        shown.lines[i].bundle = "set";
    shown.lines[1].units_per_bundle = 1;
    shown.lines[2].units_per_bundle = 2;
    shown.totals = amount(3000, 600);
    shown.payments[0].amount = Minor{3600};
    return imported(shown);
}

TEST(Bundles, StandForTheirPartsAndCountWholeOnes) {
    const auto plan = plan_fulfil(tea_sets(), units(1), {});
    ASSERT_TRUE(plan) << plan.error().message;
    Order order = moved(accepted(*plan, "a"), FulfilmentState::shipped);
    EXPECT_EQ(order.lines[0].fulfilled, 1);
    EXPECT_EQ(order.lines[1].fulfilled, 1);
    EXPECT_EQ(order.lines[2].fulfilled, 2);
    order = accepted(plan_fulfil(order, {.lines = {{"l3", 1}}}, {}).value(), "b");
    EXPECT_EQ(order.lines[2].allocated, 3);
    EXPECT_EQ(order.lines[0].allocated, 1);
    EXPECT_EQ(plan_fulfil(order, units(1), {}).error().code, "too_many_units");
}

// Published as Magento 23440: a bundle cannot be refunded in part.
TEST(Bundles, ComeBackWholeOrInPart) {
    Order order = moved(fulfilled(tea_sets(), 2, "a"), FulfilmentState::shipped);
    order =
        accepted(plan_open_return(
                     order, {.lines = {{"l1", 1}, {"l3", 1}}, .reasons = {"broken", "spare"}}, {})
                     .value(),
                 "b");
    ASSERT_EQ(order.return_orders[0].lines.size(), 2U);
    EXPECT_EQ(order.return_orders[0].lines[0].line_id, "l2");
    EXPECT_EQ(order.return_orders[0].lines[0].reason, "broken");
    EXPECT_EQ(order.return_orders[0].lines[1].expected, 3);
    EXPECT_EQ(order.return_orders[0].lines[1].reason, "spare");
    EXPECT_EQ(order.lines[0].return_initiated, 1);
    const ReceiveInput arrived{.return_order = order.return_orders[0].id,
                               .receipts = {{"r1", 1, 0, "new", ""}, {"r2", 3, 0, "new", ""}}};
    order = plan_receive_return(order, arrived, {}).value().order;
    const auto closed = plan_close_return(order, {.return_order = order.return_orders[0].id}, {});
    ASSERT_TRUE(closed);
    EXPECT_EQ(changes_of(*closed)[0].delta, amount(-1750, -350));
    EXPECT_EQ(closed->order.lines[0].returned, 1);
    EXPECT_EQ(closed->order.lines[2].returned, 3);
}

}  // namespace
}  // namespace orderhub::domain
