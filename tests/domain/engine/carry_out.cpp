// Takes a plan over as the hub does.
#include <fmt/format.h>

#include <ostream>

#include "hub/domain/words.hpp"
#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

namespace {

template <class List>
void name(List& list, const std::string& prefix, int step) {
    int n = 0;
    for (auto& each : list)
        if (each.id.empty()) each.id = fmt::format("{}{}.{}", prefix, step, ++n);
}

void reserve(MoneyState& state) {
    if (state == MoneyState::intent) state = MoneyState::reserved;
}

/// Gives ids and keys to everything that the plan has added.
void give_ids(Order& order, int step) {
    for (ChangeOrder& each : order.change_orders)
        if (each.id.empty()) each.action_id = "a" + std::to_string(step);
    name(order.change_orders, "co", step);
    name(order.refunds, "re", step);
    name(order.fulfilments, "fo", step);
    name(order.return_orders, "ro", step);
    name(order.credit_memos, "cm", step);
    name(order.invoices, "in", step);
    name(order.exceptions, "ex", step);
    for (ChangeOrder& each : order.change_orders)
        if (each.origin == "hub") each.key = each.id;
    for (Refund& each : order.refunds) {
        if (each.kind != RefundKind::foreign) each.key = each.id;
        reserve(each.state);
    }
    for (Payment& payment : order.payments) {
        name(payment.operations, "op" + payment.external_id + "-", step);
        for (PaymentOperation& each : payment.operations)
            reserve(each.state);
    }
}

/// The exchange order gets its id everywhere.
void link(World& world, std::size_t index, Order exchange) {
    exchange.id = "os_" + std::to_string(world.orders.size() + 1);
    exchange.number = "X" + std::to_string(world.orders.size());
    Order& order = world.orders[index].order;
    order.related.back().order_id = exchange.id;
    for (Refund& each : order.refunds)
        if (each.kind == RefundKind::transfer && each.order.empty()) each.order = exchange.id;
    if (!order.return_orders.empty() && order.return_orders.back().id.empty())
        order.return_orders.back().exchange_order = exchange.id;
    TaxesOfLines taxes = taxes_of(exchange);
    world.orders.push_back({std::move(exchange), std::move(taxes), {}});
}

void take_over(World& world, std::size_t index, Plan plan) {
    world.orders[index].order = std::move(plan.order);
    if (plan.exchange) link(world, index, *std::move(plan.exchange));
    for (const Transfer& each : plan.transfers)
        for (Known& other : world.orders)
            if (!each.order_id.empty() && other.order.id == each.order_id)
                add_transfer(other.order, each, world.orders[index].order.id, world.context.now);
    Order& order = world.orders[index].order;
    give_ids(order, world.number);
    order.actions.push_back({"a" + std::to_string(world.number), std::string(to_text(plan.action)),
                             "agent", "", world.context.now, false});
    ++order.version;
}

void check_refusal(const Order& order, const Error& error, const Asked& asked) {
    const bool stopped = error.code == "suspended" || error.code == "unmanaged";
    law(error.kind != ErrorKind::Bug && !error.code.empty() && !error.message.empty(),
        "a refusal has a code and words: " + error.message);
    law(!asked.must_work || stopped, "this was valid: " + error.message);
    law(!stopped || !order.managed || suspension(order) != nullptr, "nothing stopped it");
}

void check_again(const Order& before, const Plan& plan, const Asked& asked,
                 const Context& context) {
    const auto again = asked.plan(before, context);
    law(again.has_value(), "planned twice, accepted once");
    law(figures(plan.order) == figures(again->order), "planned twice, two plans");
    law(plan.exchange.has_value() == again->exchange.has_value() &&
            (!plan.exchange || figures(*plan.exchange) == figures(*again->exchange)),
        "planned twice, two exchange orders");
}

}  // namespace

void carry_out(World& world, std::size_t index, const Asked& asked) {
    const Order before = world.orders[index].order;
    ++world.context.now;
    auto plan = asked.plan(before, world.context);
    if (world.words)
        *world.words << before.id << ": " << asked.words
                     << (plan ? "" : " -- refused: " + plan.error().message) << '\n';
    auto& count = plan ? world.outcome.accepted : world.outcome.refused;
    ++count[std::string(to_text(asked.action))];
    if (!plan) return check_refusal(before, plan.error(), asked);
    law(before.managed, "an unmanaged order is never changed");
    law(suspension(before) == nullptr || asked.action == ActionKind::resolve_exception,
        "a suspended order is left alone");
    check_plan(before, *plan, asked);
    check_again(before, *plan, asked, world.context);
    ++world.number;
    take_over(world, index, *std::move(plan));
    for (const Known& each : world.orders)
        check_order(each);
}

}  // namespace orderhub::domain
