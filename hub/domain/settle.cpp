#include <algorithm>

#include "hub/domain/documents.hpp"
#include "hub/domain/money_state.hpp"
#include "hub/domain/removal.hpp"
#include "hub/domain/status.hpp"

namespace orderhub::domain {

namespace {

/// What the customer has had back, or is to have, whoever gave it: what was refunded in the
/// storefront ahead of a return is not paid again. Gifts are no part of what is owed.
Minor given_back(const Order& order) {
    Minor sum;
    for (const Refund& refund : order.refunds)
        if (refund.kind != RefundKind::goodwill && holds(refund.state)) sum += refund.amount;
    return sum;
}

}  // namespace

Minor refund_due(const Order& order, const Amount& delta) {
    const Minor paid_beyond = captured(order) - given_back(order) - total(order).inc;
    const Minor held = captured(order) - refunded(order);
    return std::max(Minor{}, std::min({-delta.inc, paid_beyond, held}));
}

Result<Minor> move_money(Plan& plan, Minor amount, const std::string& to_order,
                         const std::string& reason, const TenderWish& wish,
                         const Context& context) {
    const auto tenders = plan_tenders(plan.order, amount, context.policy, wish);
    if (!tenders) return std::unexpected(tenders.error());
    Minor moved;
    for (const Tender& tender : *tenders) {
        add_refunds(plan.order, {tender}, RefundKind::transfer, reason, context.now);
        Refund& refund = plan.order.refunds.back();
        refund.state = MoneyState::succeeded;
        refund.done_at = context.now;
        refund.order = to_order;
        const Payment* payment = find_payment(plan.order, tender.payment);
        plan.transfers.push_back({to_order, tender.payment, payment->method, tender.amount});
        moved += tender.amount;
    }
    return moved;
}

Result<void> settle(Plan& plan, const std::string& reason, const TenderWish& wish,
                    const Context& context, Minor moved) {
    Amount delta;
    for (const ChangeOrder& change : plan.order.change_orders)
        if (change.id.empty()) delta += change.delta;
    delta.inc += moved;
    const Minor due = refund_due(plan.order, delta);
    // After money was moved the wish has had its turn.
    const auto tenders =
        plan_tenders(plan.order, due, context.policy, moved > Minor{} ? TenderWish{} : wish);
    if (!tenders) return std::unexpected(tenders.error());
    add_refunds(plan.order, *tenders, RefundKind::change, reason, context.now);
    add_documents(plan.order, reason, context.now);
    return {};
}

}  // namespace orderhub::domain
