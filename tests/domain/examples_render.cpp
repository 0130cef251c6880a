#include <stdexcept>

#include "hub/domain/exchange.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "hub/domain/words.hpp"
#include "tests/domain/examples.hpp"

namespace orderhub::domain {

namespace {

std::string shown(const Amount& amount, const Currency& currency) {
    return to_decimal(amount.ex, currency) + " + " + to_decimal(amount.tax, currency) + " = " +
           to_decimal(amount.inc, currency);
}

std::string bullet(const std::string& text) {
    return "- " + text + "\n";
}

std::string table(const Order& order) {
    std::string text =
        "| line | ordered | cancelled | allocated | fulfilled | on its way back or back | back | "
        "reshipped | worth | taxes |\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (const Line& line : order.lines) {
        text += "| " + line.id + " " + line.name;
        for (const std::int64_t count :
             {line.ordered, line.cancelled, line.allocated, line.fulfilled, line.return_initiated,
              line.returned, line.reshipped})
            text += " | " + std::to_string(count);
        text += " | " + shown(value(line, order.tax_locale), order.currency) + " |";
        for (const Tax& tax : taxes_left(line, order.tax_locale))
            text += " " + tax.label + " " + to_decimal(tax.amount, order.currency);
        text += " |\n";
    }
    return text + "\nTotal " + shown(total(order), order.currency) + ", captured " +
           to_decimal(captured(order), order.currency) + ", given back " +
           to_decimal(refunded(order), order.currency) + ".\n";
}

std::string changes(const Order& before, const Order& after) {
    std::string text;
    for (std::size_t i = before.change_orders.size(); i < after.change_orders.size(); ++i) {
        const ChangeOrder& change = after.change_orders[i];
        text +=
            bullet("change order: " + std::string(to_text(change.kind)) + ", " +
                   std::string(to_text(change.stage)) + ", " + shown(change.delta, after.currency));
    }
    for (std::size_t i = before.refunds.size(); i < after.refunds.size(); ++i) {
        const Refund& refund = after.refunds[i];
        text += bullet("refund: " + to_decimal(refund.amount, after.currency) + " on " +
                       refund.payment + ", " + std::string(to_text(refund.kind)));
    }
    for (std::size_t i = before.credit_memos.size(); i < after.credit_memos.size(); ++i)
        text += bullet("credit memo: " + shown(after.credit_memos[i].total, after.currency));
    for (std::size_t i = before.invoices.size(); i < after.invoices.size(); ++i)
        text += bullet("invoice: " + shown(after.invoices[i].total, after.currency));
    return text;
}

std::string return_orders(const Order& order) {
    std::string text;
    for (const ReturnOrder& each : order.return_orders) {
        text += bullet("return order: " + std::string(to_text(each.state)));
        for (const ReturnLine& line : each.lines)
            text += "  " + bullet(line.id + ": " + std::to_string(line.expected) + " expected, " +
                                  std::to_string(line.accepted) + " accepted, " +
                                  std::to_string(line.rejected) + " rejected, worth " +
                                  shown(line.held.amount, order.currency));
    }
    return text;
}

std::string others(const Order& before, const Plan& plan) {
    const Order& after = plan.order;
    std::string text;
    for (const Fulfilment& each : after.fulfilments)
        text += bullet("fulfilment order: " + std::string(to_text(each.kind)) + ", " +
                       std::string(to_text(each.state)));
    for (const Payment& payment : after.payments) {
        for (const PaymentOperation& each : payment.operations)
            text += bullet(std::string(to_text(each.kind)) + ": " +
                           to_decimal(each.amount, after.currency) + " of " + payment.external_id);
        if (find_payment(before, payment.external_id) == nullptr)
            text += bullet("payment: " + to_decimal(payment.amount, after.currency) + " by " +
                           payment.method);
    }
    for (const ProcessException& each : after.exceptions)
        text += bullet("exception: " + each.code + ", " + std::string(to_text(each.state)));
    if (plan.exchange)
        text += bullet("new order: " + shown(total(*plan.exchange), after.currency) +
                       ", balance due " + to_decimal(balance_due(*plan.exchange), after.currency));
    return text;
}

std::string render(const Example& example) {
    Context context;
    context.actor = "agent:ada";
    const auto plan = example.plan(example.before, context);
    if (!plan)
        throw std::runtime_error(std::string(to_text(example.action)) + ": " +
                                 plan.error().message);
    return "### " + std::string(to_text(example.action)) + "\n\n" + example.what +
           "\n\nBefore:\n\n" + table(example.before) + "\nRequest: `" + example.request +
           "`\n\nAfter:\n\n" + table(plan->order) + "\n" + changes(example.before, plan->order) +
           return_orders(plan->order) + others(example.before, *plan) + "\n";
}

}  // namespace

std::string render(const std::vector<Example>& examples) {
    std::string text;
    for (const Example& each : examples)
        text += render(each);
    return text;
}

std::string render_status_tables() {
    std::string text;
    for (const char* of : {"line", "order", "payment", "fulfilment", "return"}) {
        text += "### Status of " + std::string(of) + "\n\n| status | if |\n|---|---|\n";
        for (const StatusRule& rule : status_table(of))
            text += "| " + std::string(rule.status) + " | " + std::string(rule.condition) + " |\n";
        text += "\n";
    }
    return text;
}

}  // namespace orderhub::domain
