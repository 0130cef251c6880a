// What happens to an order without the hub: providers answer, the storefront goes on.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "hub/domain/money_state.hpp"
#include "hub/domain/units.hpp"
#include "hub/domain/words.hpp"
#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

namespace {

void say(const World& world, const std::string& text) {
    if (world.words) *world.words << text << '\n';
}

constexpr MoneyState kEnds[] = {MoneyState::succeeded, MoneyState::failed,   MoneyState::sent,
                                MoneyState::unknown,   MoneyState::reserved, MoneyState::pending};

/// Money that was given back cannot turn out never to have been taken.
bool may_fail(const Order& order, const Payment& payment, const PaymentOperation& operation) {
    Minor given, of_this;
    for (const Refund& each : order.refunds) {
        if (!holds(each.state)) continue;
        if (each.payment == payment.external_id) given += each.amount;
        if (each.operation == operation.id) of_this += each.amount;
    }
    return operation.kind == OperationKind::reverse ||
           (of_this == Minor{} && given <= captured(payment) - operation.amount);
}

/// The next of an order's open movements of money goes on.
bool move_operation(World& world, Order& order, Choices& choices) {
    for (Payment& payment : order.payments)
        for (PaymentOperation& each : payment.operations) {
            const MoneyState to = choices.of(kEnds);
            if (!may_become(each.state, to)) continue;
            if (to == MoneyState::failed && !may_fail(order, payment, each)) continue;
            say(world, fmt::format("provider: {} of {} {}", to_text(each.kind), payment.external_id,
                                   to_text(to)));
            each.state = to;
            return true;
        }
    return false;
}

void move_refund(World& world, Order& order, Choices& choices) {
    std::vector<Refund*> open;
    for (Refund& each : order.refunds)
        if (is_open(each.state)) open.push_back(&each);
    if (open.empty()) return;
    Refund& refund = *choices.of(open);
    const MoneyState to = choices.of(kEnds);
    if (!may_become(refund.state, to)) return;
    say(world,
        fmt::format("provider: refund {} of {} {}", refund.id, refund.amount.count(), to_text(to)));
    refund.state = to;
    if (to != MoneyState::failed) return;
    ProcessException exception;
    exception.id = "ex-" + refund.id;
    exception.code = "refund_failed";
    exception.subject = refund.id;
    raise_exception(order, std::move(exception));
}

}  // namespace

void move_money_outside(World& world, Choices& choices) {
    Order& order = choices.of(world.orders).order;
    if (!move_operation(world, order, choices)) move_refund(world, order, choices);
    for (const Known& each : world.orders)
        check_order(each);
}

namespace {

/// A line that the storefront and the hub both have units of to ship or cancel.
std::pair<SnapshotLine*, const Line*> free_line(World& world, Choices& choices) {
    std::vector<std::pair<SnapshotLine*, const Line*>> found;
    for (SnapshotLine& shown : world.shop.lines) {
        const Line* line = find_line_by_external_id(world.orders[0].order, shown.external_id);
        if (line && line->kind == LineKind::product && line->bundle.empty() &&
            !is_container(world.orders[0].order, *line) && line->available_to_cancel() > 0)
            found.emplace_back(&shown, line);
    }
    return found.empty() ? std::pair<SnapshotLine*, const Line*>{} : choices.of(found);
}

std::string ship(World& world, Choices& choices) {
    const auto [shown, line] = free_line(world, choices);
    if (!shown) return {};
    Fulfilment fulfilment;
    fulfilment.external_id = fmt::format("f{}", world.shop.observed_at);
    fulfilment.state = choices.chance(30) ? FulfilmentState::pending : FulfilmentState::shipped;
    const std::int64_t units = 1 + choices.below(line->available_to_cancel());
    fulfilment.lines = {{shown->external_id, units}};
    world.shop.fulfilments.push_back(std::move(fulfilment));
    return fmt::format("{} of {} are on their way", units, line->id);
}

std::string arrive(World& world, Choices& choices) {
    if (world.shop.fulfilments.empty()) return {};
    Fulfilment& fulfilment = choices.of(world.shop.fulfilments);
    if (fulfilment.state != FulfilmentState::pending &&
        fulfilment.state != FulfilmentState::shipped)
        return {};
    fulfilment.state = fulfilment.state == FulfilmentState::pending ? FulfilmentState::shipped
                                                                    : FulfilmentState::delivered;
    return fmt::format("{} is {}", fulfilment.external_id, to_text(fulfilment.state));
}

/// Units of a line that the hub has cancelled and the storefront still shows.
std::int64_t due_there(const Order& order, const Line& line) {
    std::int64_t units = 0;
    for (const ChangeOrder& change : order.change_orders)
        for (const ChangeLine& part : change.lines)
            if (change.echo == Echo::expected && part.line_id == line.id) units += part.quantity;
    return units;
}

std::string cancel_there(World& world, Choices& choices) {
    const auto [shown, line] = free_line(world, choices);
    if (!shown) return {};
    const std::int64_t most = std::min(line->available_to_cancel(),
                                       shown->quantity - due_there(world.orders[0].order, *line));
    if (most <= 0) return {};
    const std::int64_t units = 1 + choices.below(most);
    const Amount left =
        value(Pool{shown->quantity, units, shown->total, shown->taxes}, world.shop.tax_locale);
    world.shop.totals -= shown->total - left;
    shown->cancelled_total += shown->total - left;
    shown->total = left;
    shown->quantity -= units;
    world.shop.cancellations->push_back(
        {fmt::format("c{}", world.shop.observed_at), "", "cancelled there"});
    return fmt::format("{} of {} are cancelled there", units, line->id);
}

bool shows(const World& world, const ChangeOrder& change) {
    return change.echo == Echo::expected &&
           std::ranges::all_of(change.lines, [&](const ChangeLine& part) {
               const Line* line = find_line(world.orders[0].order, part.line_id);
               return !line->external_id.empty() && line->bundle.empty();
           });
}

/// The storefront carries out a cancellation of the hub's.
std::string follow(World& world, Choices&) {
    for (ChangeOrder& change : world.orders[0].order.change_orders) {
        if (!shows(world, change)) continue;
        for (const ChangeLine& part : change.lines) {
            const Line* line = find_line(world.orders[0].order, part.line_id);
            const auto shown =
                std::ranges::find(world.shop.lines, line->external_id, &SnapshotLine::external_id);
            shown->quantity -= part.quantity;
            shown->total += part.delta;
            world.shop.totals += part.delta;
        }
        world.shop.cancellations->push_back({"c-" + change.id, change.key, "asked for"});
        return change.id + " is done there";
    }
    return {};
}

/// Refunds of a payment that the storefront has made since the hub last looked.
Minor unseen_refunds(const World& world, const Payment& payment) {
    Minor sum;
    for (const SnapshotRefund& each : world.shop.refunds) {
        const bool seen =
            std::ranges::any_of(world.orders[0].order.refunds, [&](const auto& known) {
                return known.external_id == each.external_id ||
                       (!each.key.empty() && known.key == each.key);
            });
        if (!seen && each.payment == payment.external_id) sum += each.amount;
    }
    return sum;
}

std::string refund_there(World& world, Choices& choices) {
    const Order& order = world.orders[0].order;
    if (order.payments.empty() || !choices.chance(30)) return {};
    const Payment& payment = choices.of(order.payments);
    const Minor most = available_to_refund(order, payment) - unseen_refunds(world, payment);
    if (most <= Minor{}) return {};
    SnapshotRefund refund;
    refund.external_id = fmt::format("r{}", world.shop.refunds.size() + 1);
    refund.payment = payment.external_id;
    refund.amount = choices.up_to(most);
    refund.state = MoneyState::succeeded;
    refund.chargeback = choices.chance(30);
    world.shop.refunds.push_back(refund);
    return fmt::format("{} of {} {}", refund.amount.count(), payment.external_id,
                       refund.chargeback ? "charged back" : "refunded there");
}

/// A refund of the hub's, which the storefront may know before the provider has answered.
std::string show_refund(World& world, Choices& choices) {
    std::vector<const Refund*> open;
    for (const Refund& each : world.orders[0].order.refunds)
        if (is_open(each.state) && each.kind != RefundKind::foreign && each.external_id.empty())
            open.push_back(&each);
    if (open.empty()) return {};
    const Refund& refund = *choices.of(open);
    SnapshotRefund shown;
    shown.external_id = "r-" + refund.id;
    shown.key = refund.key;
    shown.payment = refund.payment;
    shown.amount = refund.amount;
    constexpr MoneyState kStates[] = {MoneyState::succeeded, MoneyState::pending,
                                      MoneyState::failed};
    shown.state = choices.of(kStates);
    world.shop.refunds.push_back(shown);
    return fmt::format("refund {} is {}", refund.id, to_text(shown.state));
}

/// Authorized money is taken there, unless the hub has begun to take or give up some of it.
std::string capture_there(World& world, Choices& choices) {
    if (world.shop.payments.empty()) return {};
    Payment& payment = choices.of(world.shop.payments);
    const Payment* known = find_payment(world.orders[0].order, payment.external_id);
    if (payment.state != PaymentState::authorized || !known->operations.empty()) return {};
    payment.state = PaymentState::captured;
    return payment.external_id + " is captured there";
}

std::string grow(World& world, Choices& choices) {
    const auto [shown, line] = free_line(world, choices);
    if (!shown || !choices.chance(40)) return {};
    const Minor ex{choices.below(5'000)}, tax{choices.below(500)};
    const Amount more{ex, tax, ex + tax};
    ++shown->quantity;
    ++shown->ordered_quantity;
    shown->total += more;
    world.shop.totals += more;
    return fmt::format("one more of {} for {}", line->id, more.inc.count());
}

}  // namespace

void show_snapshot(World& world, Choices& choices) {
    constexpr std::string (*kEvents[])(World&, Choices&) = {
        ship,   arrive,      ship,         follow,        cancel_there,
        follow, show_refund, refund_there, capture_there, grow};
    ++world.shop.observed_at;
    std::string what;
    bool moved = false;  // the hub has not seen yet which units are gone
    for (std::int64_t count = 1 + choices.below(3); count > 0; --count) {
        const auto event = choices.of(kEvents);
        const bool moves = event == ship || event == cancel_there || event == grow;
        if (moves && moved) continue;
        moved = moved || moves;
        if (const std::string text = event(world, choices); !text.empty())
            what += (what.empty() ? "" : ", ") + text;
    }
    say(world, "storefront: " + (what.empty() ? "nothing new" : what));
    ++world.outcome.accepted["snapshot"];
    Known& known = world.orders[0];
    const std::size_t changes = known.order.change_orders.size();
    apply_snapshot(known.order, world.shop);
    int n = 0;
    const auto name = [&](auto& list) {
        for (auto& each : list)
            if (each.id.empty()) each.id = fmt::format("s{}.{}", world.shop.observed_at, ++n);
    };
    name(known.order.change_orders);
    name(known.order.refunds);
    name(known.order.fulfilments);
    name(known.order.exceptions);
    for (std::size_t i = changes; i < known.order.change_orders.size(); ++i)
        for (const ChangeLine& part : known.order.change_orders[i].lines)
            known.touched_outside.insert(part.line_id);
    check_order(known);
    const std::string shown_once = figures(known.order);
    apply_snapshot(known.order, world.shop);
    law(figures(known.order) == shown_once, "a snapshot that is shown twice counts once");
}

}  // namespace orderhub::domain
