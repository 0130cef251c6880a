// Exchanges whose goods are inspected first, and what becomes of the money of exchanged orders
// later.
#include <gtest/gtest.h>

#include <map>

#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

const Context kContext{{}, "agent:ada", 7000};

/// Three mugs for 36.00, shipped; paid 30.00 by card and 6.00 by gift card.
Snapshot two_tenders() {
    Snapshot shown = three_mugs();
    shown.lines.resize(1);
    shown.totals = amount(3000, 600);
    shown.payments[0].amount = Minor{3000};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].method = "gift_card";
    shown.payments[1].amount = Minor{600};
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    return shown;
}

ExchangeInput exchange_of(std::int64_t units, std::vector<ExchangeItem> items) {
    ExchangeInput input;
    input.lines = {{"l1", units}};
    input.items = std::move(items);
    input.reason = "wrong size";
    return input;
}

/// Both orders as whoever stores them would leave them.
struct Pair {
    Order old, made;
};

Pair stored(Plan plan, const std::string& id) {
    Order made = *plan.exchange;
    made.id = "os_" + id;
    made.number = "X-" + id;
    plan.order.related.back() = {Relation::exchange, made.id, made.number};
    for (Refund& each : plan.order.refunds)
        if (each.id.empty() && each.kind == RefundKind::transfer) each.order = made.id;
    for (ReturnOrder& each : plan.order.return_orders)
        if (each.id.empty()) each.exchange_order = made.id;
    return {accepted(std::move(plan), id), std::move(made)};
}

Pair exchanged(const Order& order, const ExchangeInput& input, const std::string& id) {
    auto plan = plan_exchange(order, input, kContext);
    EXPECT_TRUE(plan) << plan.error().message;
    return stored(*std::move(plan), id);
}

Order shipped(Order order) {
    order =
        accepted(*plan_fulfil(order, {.lines = {{"l1", order.lines[0].ordered}}}, kContext), "f");
    const UpdateFulfilmentInput update{.fulfilment = order.fulfilments.back().id,
                                       .state = FulfilmentState::shipped};
    return accepted(*plan_update_fulfilment(order, update, kContext), "u");
}

/// Over a tree of orders: what was really taken, and what really went back.
std::pair<Minor, Minor> taken_and_returned(const std::vector<Order>& tree) {
    Minor taken, back;
    for (const Order& order : tree) {
        for (const Payment& payment : order.payments)
            if (payment.source_order.empty()) taken += captured(payment);
        for (const Refund& refund : order.refunds)
            if (refund.kind != RefundKind::transfer) back += refund.amount;
    }
    return {taken, back};
}

Minor kept(const std::vector<Order>& tree) {
    Minor sum;
    for (const Order& order : tree)
        sum += captured(order) - refunded(order);
    return sum;
}

void expect_closed(const std::vector<Order>& tree) {
    const auto [taken, back] = taken_and_returned(tree);
    EXPECT_EQ(back + kept(tree), taken);
    for (const Order& order : tree)
        for (const Payment& payment : order.payments) {
            Minor gone;
            for (const Refund& refund : order.refunds)
                if (refund.payment == payment.external_id) gone += refund.amount;
            EXPECT_LE(gone, captured(payment));
        }
}

TEST(ExchangeTenders, EachKeepsItsName) {
    const Pair pair = exchanged(imported(two_tenders()), exchange_of(3, {{"A", {}, 3, {}}}), "x");
    ASSERT_EQ(pair.made.payments.size(), 2U);
    std::map<std::string, std::pair<std::string, Minor>> held;
    for (const Payment& each : pair.made.payments)
        held[each.external_id] = {each.method, each.amount};
    EXPECT_EQ(held.at("transfer:p1"), std::pair(std::string("card"), Minor{3000}));
    EXPECT_EQ(held.at("transfer:p2"), std::pair(std::string("gift_card"), Minor{600}));
    EXPECT_EQ(total(pair.old), Amount{});
    expect_closed({pair.old, pair.made});
}

TEST(ExchangeTenders, AWishSaysWhoseMoneyMovesIfNoneGoesBack) {
    ExchangeInput input = exchange_of(1, {{"A", {}, 1, {}}});
    input.tenders.sequence = {{"p2", {}, Minor{600}}};
    const Pair pair = exchanged(imported(two_tenders()), input, "x");
    ASSERT_EQ(pair.made.payments.size(), 2U);
    EXPECT_EQ(pair.made.payments[0].source_payment, "p2");
    EXPECT_EQ(pair.made.payments[0].amount, Minor{600});
    EXPECT_EQ(pair.made.payments[1].source_payment, "p1");
    EXPECT_EQ(pair.made.payments[1].amount, Minor{600});
}

TEST(ExchangeOrder, AReturnFromItGoesBackToTheSourcePayment) {
    Pair pair = exchanged(imported(two_tenders()), exchange_of(3, {{"A", {}, 3, {}}}), "x");
    pair.made = returned(shipped(std::move(pair.made)), {{"l1", 3}}, "r");
    ASSERT_EQ(pair.made.refunds.size(), 2U);
    for (const Refund& refund : pair.made.refunds) {
        const Payment* payment = find_payment(pair.made, refund.payment);
        ASSERT_NE(payment, nullptr);
        EXPECT_EQ(payment->source_order, "os_1");
        EXPECT_EQ(refund.amount, payment->amount);
        EXPECT_EQ(refund.kind, RefundKind::change);
    }
    EXPECT_EQ(total(pair.made), Amount{});
    EXPECT_EQ(taken_and_returned({pair.old, pair.made}), std::pair(Minor{3600}, Minor{3600}));
    expect_closed({pair.old, pair.made});
}

TEST(ExchangeOrder, CanBeExchangedAgain) {
    const Pair first = exchanged(imported(two_tenders()), exchange_of(1, {{"A", {}, 1, {}}}), "x");
    const Pair second =
        exchanged(first.made, exchange_of(1, {{"B", {}, 1, amount(800, 160)}}), "y");
    ASSERT_EQ(second.made.payments.size(), 1U);
    EXPECT_EQ(second.made.payments[0].external_id, "transfer:transfer:p1");
    EXPECT_EQ(second.made.payments[0].source_order, "os_x");
    EXPECT_EQ(second.made.payments[0].amount, Minor{960});
    EXPECT_EQ(taken_and_returned({first.old, second.old, second.made}),
              std::pair(Minor{3600}, Minor{240}));
    expect_closed({first.old, second.old, second.made});
}

TEST(AddTransfer, ASecondOneFromTheSamePaymentHasItsOwnName) {
    Order order;
    for (int i = 0; i < 3; ++i)
        add_transfer(order, {"os_2", "p1", "card", Minor{100}}, "os_1", 5);
    EXPECT_EQ(order.payments[0].external_id, "transfer:p1");
    EXPECT_EQ(order.payments[1].external_id, "transfer:p1#2");
    EXPECT_EQ(order.payments[2].external_id, "transfer:p1#3");
    EXPECT_EQ(order.payments[2].source_payment, "p1");
}

Order received(Order order, std::int64_t accepted_units, std::int64_t rejected) {
    ReceiveInput input;
    input.return_order = order.return_orders[0].id;
    input.receipts = {{"r1", accepted_units, rejected, "new", rejected > 0 ? "worn" : ""}};
    auto plan = plan_receive_return(std::move(order), input, kContext);
    EXPECT_TRUE(plan) << plan.error().message;
    return accepted(*std::move(plan), "rec");
}

TEST(InspectedExchange, MovesMoneyOnlyWhenTheReturnCloses) {
    ExchangeInput input = exchange_of(2, {{"A", {}, 2, {}}});
    input.inspect = true;
    const auto plan = plan_exchange(imported(two_tenders()), input, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_TRUE(changes_of(*plan).empty());
    EXPECT_TRUE(refunds_of(*plan).empty());
    EXPECT_TRUE(plan->order.credit_memos.empty());
    ASSERT_EQ(plan->order.return_orders.size(), 1U);
    const ReturnOrder& opened = plan->order.return_orders[0];
    EXPECT_EQ(opened.state, ReturnState::approved);
    EXPECT_EQ(opened.reason, "wrong size");
    EXPECT_TRUE(opened.exchange_order.empty());
    ASSERT_EQ(opened.lines.size(), 1U);
    EXPECT_EQ(opened.lines[0].expected, 2);
    EXPECT_EQ(plan->order.lines[0].return_initiated, 2);
    EXPECT_EQ(total(*plan->exchange), amount(2000, 400));
    EXPECT_EQ(balance_due(*plan->exchange), Minor{2400});

    Pair pair = stored(*plan, "x");
    // What is reserved is not left over: the units are still on the order.
    EXPECT_EQ(excess_funds(pair.old), Minor{});
    pair.old = received(std::move(pair.old), 1, 1);
    const CloseReturnInput close{pair.old.return_orders[0].id, "inspected", {}, {}};
    const auto closed = plan_close_return(pair.old, close, kContext, balance_due(pair.made));
    ASSERT_TRUE(closed) << closed.error().message;
    ASSERT_EQ(closed->transfers.size(), 1U);
    EXPECT_EQ(closed->transfers[0].order_id, "os_x");
    EXPECT_EQ(closed->transfers[0].amount, Minor{1200});
    EXPECT_EQ(refunds_of(*closed).size(), 1U);
    add_transfer(pair.made, closed->transfers[0], pair.old.id, kContext.now);
    EXPECT_EQ(balance_due(pair.made), Minor{1200});
    expect_closed({accepted(*closed, "c"), pair.made});
}

TEST(InspectedExchange, CancelsWhatDidNotLeaveAtOnceAndKeepsTheFeesForTheReturn) {
    Snapshot shown = two_tenders();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 1)};
    ExchangeInput input = exchange_of(3, {{"A", {}, 3, {}}});
    input.inspect = true;
    input.delivery = DeliveryRule::proportional;
    input.fees = {{"Restocking", FeeBasis::amount_with_tax, 120}};
    const auto plan = plan_exchange(imported(shown), input, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(changes_of(*plan).size(), 1U);
    EXPECT_EQ(changes_of(*plan)[0].kind, ChangeKind::cancel);
    EXPECT_TRUE(plan->order.invoices.empty());
    const ReturnOrder& opened = plan->order.return_orders[0];
    EXPECT_EQ(opened.lines[0].expected, 1);
    EXPECT_EQ(opened.delivery, DeliveryRule::proportional);
    ASSERT_EQ(opened.fees.size(), 1U);
    EXPECT_EQ(opened.fees[0].value, 120);
    EXPECT_EQ(total(*plan->exchange), amount(3000, 600));
    EXPECT_EQ(balance_due(*plan->exchange), Minor{1200});
}

TEST(InspectedExchange, WithoutShippedUnitsThereIsNothingToInspect) {
    Snapshot shown = two_tenders();
    shown.fulfilments.clear();
    ExchangeInput input = exchange_of(1, {{"A", {}, 1, {}}});
    input.inspect = true;
    input.fees = {{"Handling", FeeBasis::amount_with_tax, 120}};
    const auto plan = plan_exchange(imported(shown), input, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_TRUE(plan->order.return_orders.empty());
    EXPECT_EQ(changes_of(*plan).size(), 2U);
    EXPECT_EQ(balance_due(*plan->exchange), Minor{120});
}

}  // namespace
}  // namespace orderhub::domain
