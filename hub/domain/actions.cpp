#include "hub/domain/actions.hpp"

#include <algorithm>
#include <set>

#include "hub/domain/status.hpp"

namespace orderhub::domain {

namespace {

using Available = std::int64_t (Line::*)() const;

std::string pointer(std::size_t index, std::string_view member) {
    return "/lines/" + std::to_string(index) + "/" + std::string(member);
}

Result<void> check_line(const Line* line, const UnitsOfLine& units, std::size_t index,
                        Available available, std::string_view verb) {
    if (line == nullptr)
        return fail(ErrorKind::Invalid, "unknown_line", "the order has no line " + units.line_id,
                    pointer(index, "line_id"));
    if (line->kind != LineKind::product)
        return fail(ErrorKind::Invalid, "not_a_product",
                    "only product lines can be " + std::string(verb), pointer(index, "line_id"));
    if (units.quantity < 1)
        return fail(ErrorKind::Invalid, "bad_quantity", "quantity must be at least 1",
                    pointer(index, "quantity"));
    if (const auto most = (line->*available)(); units.quantity > most)
        return fail(ErrorKind::Invalid, "too_many_units",
                    std::to_string(most) + " of " + std::to_string(line->ordered) + " units of " +
                        line->name + " can be " + std::string(verb) + ", " +
                        std::to_string(units.quantity) + " were asked for",
                    pointer(index, "quantity"));
    return {};
}

Result<ChangeOrder> plan_removal(const Order& order, const std::vector<UnitsOfLine>& units,
                                 Available available, std::string_view verb) {
    if (units.empty())
        return fail(ErrorKind::Invalid, "no_lines", "at least one line is needed", "/lines");
    ChangeOrder change;
    std::set<std::string, std::less<>> seen;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Line* line = find_line(order, units[i].line_id);
        ORDERHUB_TRY(check_line(line, units[i], i, available, verb));
        if (!seen.insert(line->id).second)
            return fail(ErrorKind::Invalid, "line_twice", "the line is given twice",
                        pointer(i, "line_id"));
        ChangeLine taken = take(line->pool, units[i].quantity, order.tax_locale);
        taken.line_id = line->id;
        taken.delta = -taken.delta;
        for (Tax& tax : taken.taxes)
            tax.amount = -tax.amount;
        change.delta += taken.delta;
        change.lines.push_back(std::move(taken));
    }
    return change;
}

/// Refunds that belong to a change of the order. Others are the storefront's own and answer for
/// themselves.
Minor explained_refunds(const Order& order) {
    Minor sum;
    for (const Refund& refund : order.refunds)
        if (!refund.change_order_id.empty() && refund.state != RefundState::failed)
            sum += refund.amount;
    return sum;
}

/// What the customer gets back for a change: never more than the change is worth, than the customer
/// has paid beyond the new total, or than the payments still hold.
Minor refund_due(const Order& order, const Amount& delta) {
    const Amount after = total(order) + delta;
    const Minor paid_beyond = captured(order) - explained_refunds(order) - after.inc;
    const Minor held = captured(order) - refunded(order);
    return std::max(Minor{}, std::min({-delta.inc, paid_beyond, held}));
}

Plan make_plan(const Order& order, ChangeOrder change, ChangeKind kind, std::string reason) {
    Plan plan;
    plan.change = std::move(change);
    plan.change.kind = kind;
    plan.change.reason = std::move(reason);
    plan.refunds = plan_tenders(order, refund_due(order, plan.change.delta));
    return plan;
}

}  // namespace

Result<Plan> plan_cancel(const Order& order, const std::vector<UnitsOfLine>& units,
                         std::string reason) {
    auto change = plan_removal(order, units, &Line::available_to_cancel, "cancelled");
    if (!change) return std::unexpected(std::move(change).error());
    Plan plan = make_plan(order, *std::move(change), ChangeKind::cancel, std::move(reason));
    plan.change.echo = Echo::expected;
    return plan;
}

Result<Plan> plan_return(const Order& order, const std::vector<UnitsOfLine>& units,
                         std::string reason) {
    auto change = plan_removal(order, units, &Line::available_to_return, "returned");
    if (!change) return std::unexpected(std::move(change).error());
    Plan plan = make_plan(order, *std::move(change), ChangeKind::return_, std::move(reason));
    plan.credit_memo = true;
    return plan;
}

std::vector<PlannedRefund> plan_tenders(const Order& order, Minor amount) {
    struct Tender {
        const Payment* payment;
        Minor available;
    };
    std::vector<Tender> tenders;
    for (const Payment& payment : order.payments)
        if (const Minor rest = available_to_refund(order, payment); rest > Minor{})
            tenders.push_back({&payment, rest});
    std::ranges::sort(tenders, [](const Tender& a, const Tender& b) {
        if (a.available != b.available) return a.available > b.available;
        if (a.payment->at != b.payment->at) return a.payment->at < b.payment->at;
        return a.payment->external_id < b.payment->external_id;
    });
    // Largest first, so the last one that covers is the smallest; of equals the first, which is the
    // oldest.
    const Tender* single = nullptr;
    for (const Tender& tender : tenders)
        if (tender.available >= amount && (!single || tender.available < single->available))
            single = &tender;
    std::vector<PlannedRefund> plan;
    if (amount <= Minor{}) return plan;
    if (single) return {{single->payment->external_id, amount}};
    for (const Tender& tender : tenders) {
        const Minor part = std::min(amount, tender.available);
        if (part > Minor{}) plan.push_back({tender.payment->external_id, part});
        amount -= part;
    }
    return plan;
}

void apply_change(Order& order, const ChangeOrder& change) {
    for (const ChangeLine& part : change.lines) {
        Line* line = find_line(order, part.line_id);
        if (line == nullptr) continue;
        line->pool.taken += part.quantity;
        if (change.kind == ChangeKind::cancel) line->cancelled += part.quantity;
        if (change.kind == ChangeKind::return_) {
            line->returned += part.quantity;
            line->return_initiated += part.quantity;
        }
    }
    order.change_orders.push_back(change);
}

}  // namespace orderhub::domain
