#include "tests/domain/engine/engine.hpp"

#include <algorithm>
#include <ostream>

#include "hub/domain/units.hpp"
#include "hub/domain/words.hpp"
#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

namespace {

void describe(const Order& order, std::ostream& words) {
    words << "an order, amounts in minor units:\n" << figures(order);
}

World world_of(const Recipe& recipe, std::ostream* words) {
    World world;
    world.shop = order_of(recipe);
    world.words = words;
    world.context.actor = "agent:ada";
    world.context.now = 10'000;
    if (recipe.order.back() % 3 == 1) world.context.policy.refund_first = {"gift_card"};
    if (recipe.order.back() % 3 == 2) world.context.policy.refund_last = {"gift_card", "card"};
    Known known;
    known.order.id = "os_1";
    known.order.connector = "shop";
    apply_snapshot(known.order, world.shop);
    int n = 0;
    for (ChangeOrder& each : known.order.change_orders) {
        each.id = "s0." + std::to_string(++n);
        for (const ChangeLine& part : each.lines)
            known.touched_outside.insert(part.line_id);
    }
    for (Fulfilment& each : known.order.fulfilments)
        each.id = "s0." + std::to_string(++n);
    known.taxes = taxes_of(known.order);
    world.orders.push_back(std::move(known));
    return world;
}

void step(World& world, const Recipe::Numbers& numbers) {
    Choices choices(numbers);
    const auto what = choices.below(100);
    if (what >= 85) return show_snapshot(world, choices);
    if (what >= 70) return move_money_outside(world, choices);
    const auto index = static_cast<std::size_t>(choices.below(std::ssize(world.orders)));
    const Order& order = world.orders[index].order;
    if (const auto asked = ask(world, order, choices)) carry_out(world, index, *asked);
}

}  // namespace

Outcome play(const Recipe& recipe, std::ostream* words) {
    World world = world_of(recipe, words);
    if (words) describe(world.orders[0].order, *words);
    check_order(world.orders[0]);
    for (const Recipe::Numbers& numbers : recipe.steps)
        step(world, numbers);
    if (words) *words << "then everything is taken back:\n";
    undo(world);
    return std::move(world.outcome);
}

}  // namespace orderhub::domain
