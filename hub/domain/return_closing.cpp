#include <algorithm>
#include <map>

#include "hub/domain/fulfilment.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/units.hpp"
#include "hub/domain/words.hpp"

namespace orderhub::domain {

namespace {

/// All that a return order has of one order line, however many receipts it took: so the figures
/// depend on what was accepted alone.
struct Returned {
    ChangeLine held;                               ///< line_id and quantity are set
    std::map<std::string, std::int64_t> accepted;  ///< units by condition
};

std::vector<Returned> by_order_line(const ReturnOrder& closing) {
    std::vector<Returned> all;
    std::map<std::string_view, std::size_t> places;
    for (const ReturnLine& each : closing.lines) {
        const auto [place, fresh] = places.try_emplace(each.line_id, all.size());
        if (fresh) all.emplace_back().held.line_id = each.line_id;
        Returned& entry = all[place->second];
        add(entry.held, {{}, each.expected, each.held.amount, each.held.taxes});
        if (each.accepted > 0) entry.accepted[each.condition] += each.accepted;
    }
    return all;
}

Result<void> check_conditions(const ReturnOrder& closing, const Policy& policy) {
    for (const ReturnLine& each : closing.lines)
        if (each.accepted > 0 && !policy.conditions.contains(each.condition))
            return fail(ErrorKind::Conflict, "unknown_condition",
                        "line " + each.id + " was accepted as " + each.condition +
                            ", which the policy no longer knows",
                        "/return_order");
    return {};
}

/// The next units of a pool; they are taken off it.
ChangeLine draw(Pool& pool, std::int64_t units, TaxLocale locale) {
    ChangeLine part = worth(pool, locale);
    pool.taken += units;
    add(part, -worth(pool, locale));
    part.quantity = units;
    return part;
}

struct Settled {
    ChangeOrder change;
    ChangeLine given;  ///< what the customer gets back for the units, positive
    Amount list;       ///< the same units before discounts
};

/// Books one order line: what is given back for the accepted units; what the customer loses with
/// them stays as value without units; the other units are put back.
void settle_line(Line& line, const Returned& returned, const Policy& policy, TaxLocale locale,
                 Settled& settled) {
    Pool held{returned.held.quantity, 0, returned.held.delta, returned.held.taxes};
    ChangeLine given, kept;
    for (const auto& [condition, units] : returned.accepted) {
        const ChangeLine part = draw(held, units, locale);
        const ChangeLine share = percent_of(part, policy.conditions.at(condition), locale);
        add(given, share);
        add(kept, part);
        add(kept, -share);
    }
    const std::int64_t accepted = held.taken;
    ChangeLine rest = worth(held, locale);
    if (!kept.delta.is_zero()) put(line, {0, 0, kept.delta, std::move(kept.taxes)}, locale);
    if (rest.quantity > 0) put(line, {rest.quantity, 0, rest.delta, std::move(rest.taxes)}, locale);
    line.return_initiated -= rest.quantity;
    line.returned += accepted;
    if (accepted == 0) return;
    settled.list += list_worth(line, accepted);
    add(settled.given, given);
    given.line_id = line.id;
    given.quantity = accepted;
    settled.change.delta -= given.delta;
    settled.change.lines.push_back(-std::move(given));
}

Settled settle_lines(Order& order, const ReturnOrder& closing, const std::string& reason,
                     const Context& context) {
    Settled settled;
    settled.change.kind = ChangeKind::return_;
    settled.change.stage = Stage::post;
    settled.change.origin = "hub";
    settled.change.actor = context.actor;
    settled.change.reason = reason;
    settled.change.at = context.now;
    const auto lines = index_of_lines(order);
    for (const Returned& each : by_order_line(closing))
        settle_line(order.lines[lines.at(each.held.line_id)], each, context.policy,
                    order.tax_locale, settled);
    return settled;
}

Result<void> check_closing(const ReturnOrder& closing, const CloseReturnInput& input,
                           const Policy& policy) {
    if (closing.state == ReturnState::approved)
        return fail(ErrorKind::Conflict, "bad_state",
                    "nothing has arrived: the return order is to be cancelled", "/return_order");
    if (!may_become(closing.state, ReturnState::closed))
        return fail(
            ErrorKind::Conflict, "bad_state",
            "the return order is " + std::string(to_text(closing.state)) + " and cannot be closed",
            "/return_order");
    if (accepted_units(closing) == 0 && input.fees && !input.fees->empty())
        return fail(ErrorKind::Invalid, "fee_too_large",
                    "nothing was accepted, so there is nothing to take a fee from", "/fees");
    return check_conditions(closing, policy);
}

/// Money for what was accepted: first to the exchange order that waits for it.
Result<void> give_money(Plan& plan, const std::string& exchange_order, Minor exchange_due,
                        const std::string& reason, const CloseReturnInput& input,
                        const Context& context) {
    Amount delta;
    for (const ChangeOrder& change : plan.order.change_orders)
        if (change.id.empty()) delta += change.delta;
    const Minor reserved =
        exchange_order.empty() ? Minor{} : std::min(exchange_due, refund_due(plan.order, delta));
    Minor moved;
    if (reserved > Minor{}) {
        const auto done =
            move_money(plan, reserved, exchange_order, reason, input.tenders, context);
        if (!done) return std::unexpected(done.error());
        moved = *done;
    }
    return settle(plan, reason, input.tenders, context, moved);
}

}  // namespace

Result<Plan> plan_close_return(Order order, const CloseReturnInput& input, const Context& context,
                               Minor exchange_due) {
    ORDERHUB_TRY(check_open(order, ActionKind::close_return));
    const auto found = known_return_order(order, input.return_order);
    if (!found) return std::unexpected(found.error());
    ORDERHUB_TRY(check_closing(**found, input, context.policy));
    Plan plan = start_plan(std::move(order), ActionKind::close_return);
    plan.subject = input.return_order;
    Order& closed = plan.order;
    ReturnOrder& closing = *find_return_order(closed, input.return_order);
    const bool proportional = closing.delivery == DeliveryRule::proportional;
    const Order before = proportional ? closed : Order{};
    const std::string reason = input.reason.empty() ? closing.reason : input.reason;
    if (input.fees) closing.fees = *input.fees;
    closing.state = ReturnState::closed;
    closing.closed_at = context.now;
    Settled settled = settle_lines(closed, closing, reason, context);
    count_bundles(closed);
    if (settled.change.lines.empty()) return plan;
    if (proportional) reduce_delivery(closed, before, settled.change);
    closed.change_orders.push_back(std::move(settled.change));
    ORDERHUB_TRY(charge_fees(closed, closing.fees, settled.given, settled.list, Stage::post, reason,
                             context));
    ORDERHUB_TRY(give_money(plan, closing.exchange_order, exchange_due, reason, input, context));
    return plan;
}

}  // namespace orderhub::domain
