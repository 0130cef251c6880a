// What must hold for every plan.
#include <fmt/format.h>

#include <algorithm>

#include "hub/domain/money_state.hpp"
#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

namespace {

bool lowers(ActionKind action) {
    return action == ActionKind::cancel || action == ActionKind::return_ ||
           action == ActionKind::discount || action == ActionKind::appease ||
           action == ActionKind::exchange || action == ActionKind::close_return;
}

/// An order that has too little money first keeps what it lacks; one that has enough gives back
/// exactly what it loses.
void check_money(const Order& before, const Plan& plan, const Asked& asked) {
    const Order& after = plan.order;
    const Minor lost = plan.before.inc - total(after).inc;
    const Minor back = refunded(after) - refunded(before);
    const auto figures =
        fmt::format("lost {}, gave back {}, beyond the total before {} and after {}", lost.count(),
                    back.count(), slack(before).count(), slack(after).count());
    law(back >= Minor{}, figures);
    if (!lowers(plan.action)) {
        law(lost == Minor{}, "the total stays: " + figures);
        const bool refunds =
            plan.action == ActionKind::refund || plan.action == ActionKind::retry_refund;
        law(refunds || back == Minor{}, "no money goes back: " + figures);
        const bool exact = plan.action == ActionKind::refund && asked.amount > Minor{};
        law(!exact || asked.partial || back == asked.amount, "what was asked for: " + figures);
        law(!exact || back <= asked.amount, "at most what was asked for: " + figures);
        return;
    }
    law(lost >= Minor{}, "the total falls: " + figures);
    law(back <= lost, "never more than is lost: " + figures);
    if (has_gifts(before)) return;
    const Minor due = std::max(Minor{}, std::min(lost, slack(before) + lost));
    law(back <= due && (asked.partial || back == due),
        fmt::format("{} is due: {}", due.count(), figures));
}

/// A gift is on top: it does not lower what is left over.
void check_excess(const Order& before, const Plan& plan) {
    if (plan.action != ActionKind::refund || has_gifts(before)) return;
    if (plan.order.refunds.back().kind != RefundKind::excess) return;
    law(slack(plan.order) >= Minor{}, "only what is left over goes back");
    law(slack(before) > Minor{}, "something was left over");
}

Minor sum_of(const std::vector<Tax>& taxes) {
    Minor sum;
    for (const Tax& tax : taxes)
        sum += tax.amount;
    return sum;
}

void check_document(const Document& document) {
    Amount sum;
    for (const DocumentLine& line : document.lines) {
        sum += line.total;
        law(line.total.adds_up(), "a document's line adds up");
        law(line.taxes.empty() || sum_of(line.taxes) == line.total.tax,
            "a document line's taxes add up");
    }
    law(sum == document.total, "a document's lines add up to its total");
}

/// The memo is what fulfilled units lose, the invoice is the fees.
void check_documents(const Order& before, const Plan& plan) {
    const Order& after = plan.order;
    Amount credit, fees;
    for (std::size_t i = before.change_orders.size(); i < after.change_orders.size(); ++i) {
        const ChangeOrder& change = after.change_orders[i];
        if (change.kind == ChangeKind::fee)
            fees += change.delta;
        else if (change.stage == Stage::post)
            credit -= change.delta;
    }
    Amount memos, invoices;
    for (std::size_t i = before.credit_memos.size(); i < after.credit_memos.size(); ++i) {
        check_document(after.credit_memos[i]);
        memos += after.credit_memos[i].total;
    }
    for (std::size_t i = before.invoices.size(); i < after.invoices.size(); ++i) {
        check_document(after.invoices[i]);
        invoices += after.invoices[i].total;
    }
    law(memos.inc == credit.inc && (memos == credit || credit.inc == Minor{}),
        fmt::format("the credit memo is {}, the changes {}", memos.inc.count(),
                    credit.inc.count()));
    law(invoices == fees,
        fmt::format("the invoice is {}, the fees {}", invoices.inc.count(), fees.inc.count()));
}

/// What goes to other orders arrives there.
void check_transfers(const Order& before, const Plan& plan) {
    Minor gone, listed, arrived;
    for (std::size_t i = before.refunds.size(); i < plan.order.refunds.size(); ++i)
        if (plan.order.refunds[i].kind == RefundKind::transfer)
            gone += plan.order.refunds[i].amount;
    for (const Transfer& each : plan.transfers)
        listed += each.amount;
    law(gone == listed, "every transfer is booked here");
    if (!plan.exchange) return;
    for (const Payment& each : plan.exchange->payments)
        arrived += each.amount;
    law(arrived == listed, "every transfer is booked there");
    law(arrived <= total(*plan.exchange).inc, "no more than the new order costs");
    law(arrived + balance_due(*plan.exchange) == total(*plan.exchange).inc,
        "the balance is what lacks");
}

/// What was decided before stays as it was.
void check_history(const Order& before, const Order& after) {
    law(after.change_orders.size() >= before.change_orders.size() &&
            after.refunds.size() >= before.refunds.size() &&
            after.lines.size() >= before.lines.size(),
        "nothing is forgotten");
    law(original_total(after) == original_total(before), "the original is never edited");
    for (std::size_t i = 0; i < before.change_orders.size(); ++i)
        law(before.change_orders[i].delta == after.change_orders[i].delta &&
                before.change_orders[i].id == after.change_orders[i].id,
            "a change order is never edited");
    for (std::size_t i = 0; i < before.refunds.size(); ++i)
        law(before.refunds[i].amount == after.refunds[i].amount &&
                before.refunds[i].state == after.refunds[i].state,
            "planning leaves known refunds alone");
}

}  // namespace

void check_plan(const Order& before, const Plan& plan, const Asked& asked) {
    law(plan.action == asked.action, "the plan is for the action");
    law(plan.before == total(before), "the plan knows the total before");
    check_history(before, plan.order);
    check_money(before, plan, asked);
    check_excess(before, plan);
    check_documents(before, plan);
    check_transfers(before, plan);
}

}  // namespace orderhub::domain
