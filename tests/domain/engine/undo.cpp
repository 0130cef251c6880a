// Everything is taken back at the end.
#include <algorithm>

#include "hub/domain/units.hpp"
#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

namespace {

template <class Planned>
bool attempt(World& world, std::size_t index, ActionKind action, std::string words,
             Planned planned) {
    Asked asked;
    asked.action = action;
    asked.words = std::string(to_text(action)) + " " + words;
    asked.plan = planned;
    const int before = world.number;
    carry_out(world, index, asked);
    return world.number > before;
}

void resume(World& world, std::size_t index) {
    while (const ProcessException* stop = suspension(world.orders[index].order)) {
        const bool done =
            attempt(world, index, ActionKind::resolve_exception, stop->id,
                    [id = stop->id](Order order, const Context& context) {
                        return plan_resolve_exception(std::move(order), id, false, "done", context);
                    });
        law(done, "a suspended order can be resumed");
    }
}

void end_returns(World& world, std::size_t index) {
    for (std::size_t i = 0; i < world.orders[index].order.return_orders.size(); ++i) {
        const ReturnOrder each = world.orders[index].order.return_orders[i];
        if (each.state == ReturnState::closed || each.state == ReturnState::cancelled) continue;
        const bool cancelled =
            attempt(world, index, ActionKind::cancel_return, each.id,
                    [&](Order order, const Context& context) {
                        return plan_cancel_return(std::move(order), each.id, "undone", context);
                    });
        if (cancelled) continue;
        const bool closed =
            attempt(world, index, ActionKind::close_return, each.id,
                    [&](Order order, const Context& context) {
                        CloseReturnInput input;
                        input.return_order = each.id;
                        input.fees.emplace();
                        Minor due;
                        for (const Known& other : world.orders)
                            if (other.order.id == each.exchange_order)
                                due = balance_due(other.order);
                        return plan_close_return(std::move(order), input, context, due);
                    });
        law(closed, "a return order can be cancelled or closed");
    }
}

void stop_fulfilments(World& world, std::size_t index) {
    for (std::size_t i = 0; i < world.orders[index].order.fulfilments.size(); ++i) {
        const Fulfilment each = world.orders[index].order.fulfilments[i];
        if (each.state != FulfilmentState::pending && each.state != FulfilmentState::draft)
            continue;
        const bool done =
            attempt(world, index, ActionKind::update_fulfilment, each.id,
                    [&](Order order, const Context& context) {
                        UpdateFulfilmentInput input;
                        input.fulfilment = each.id;
                        input.state = FulfilmentState::cancelled;
                        return plan_update_fulfilment(std::move(order), input, context);
                    });
        law(done, "what has not left can be stopped");
    }
}

void take_back(World& world, std::size_t index, bool cancels) {
    const Available available = cancels ? &Line::available_to_cancel : &Line::available_to_return;
    RemovalInput input;
    input.reason = "undone";
    input.delivery = DeliveryRule::proportional;
    const Order& order = world.orders[index].order;
    for (const Line& line : order.lines)
        if (line.kind == LineKind::product && !is_container(order, line) && (line.*available)() > 0)
            input.lines.push_back({line.id, (line.*available)()});
    if (input.lines.empty()) return;
    const bool done = attempt(world, index, cancels ? ActionKind::cancel : ActionKind::return_,
                              "all", [&](Order planned, const Context& context) {
                                  return cancels ? plan_cancel(std::move(planned), input, context)
                                                 : plan_return(std::move(planned), input, context);
                              });
    law(done, "all units can be taken back");
}

/// Nothing may be left: no fee was charged, no value stayed without its units, and each delivery
/// charge still has goods to go with, or is gone already.
bool is_whole(const Known& known) {
    const Order& order = known.order;
    const auto goods = [&](const std::string& group) {
        return std::ranges::any_of(order.lines, [&](const Line& line) {
            return line.kind == LineKind::product && line.delivery_group == group &&
                   value(line, order.tax_locale).inc > Minor{};
        });
    };
    return std::ranges::none_of(order.lines, [&](const Line& line) {
        if (line.kind == LineKind::fee) return true;
        if (line.kind == LineKind::delivery)
            return !value(line, order.tax_locale).is_zero() && !goods(line.delivery_group);
        const Amount of_units = worth(line, units_left(line), order.tax_locale).delta;
        return value(line, order.tax_locale) != of_units || known.touched_outside.contains(line.id);
    });
}

}  // namespace

void undo(World& world) {
    bool all = true;
    for (std::size_t index = 0; index < world.orders.size(); ++index) {
        if (!world.orders[index].order.managed) return;
        resume(world, index);
        end_returns(world, index);
        stop_fulfilments(world, index);
        const bool whole = is_whole(world.orders[index]);
        take_back(world, index, true);
        take_back(world, index, false);
        const Order& order = world.orders[index].order;
        for (const Line& line : order.lines)
            law(line.kind != LineKind::product || line.quantity() == 0 || is_container(order, line),
                line.id + ": every unit is gone");
        if (whole) law(total(order).is_zero(), "nothing is left of an order that is undone");
        all = all && whole;
    }
    world.outcome.undone = all;
}

}  // namespace orderhub::domain
