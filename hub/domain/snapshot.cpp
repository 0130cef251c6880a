#include "hub/domain/snapshot.hpp"

#include <algorithm>

#include "hub/domain/snapshot_lines.hpp"
#include "hub/domain/words.hpp"

namespace orderhub::domain {

void Applying::raise(std::string code, std::string subject, std::string category,
                     std::string message) {
    const std::string text = message;
    const std::string what = code;
    if (raise_exception(order, {.id = {},
                                .code = std::move(code),
                                .subject = std::move(subject),
                                .category = std::move(category),
                                .severity = "high",
                                .message = std::move(message),
                                .active = true,
                                .raised_at = snapshot.observed_at,
                                .resolved_at = 0}))
        note("exception.raised", what, text);
}

void Applying::resolve(std::string_view code, std::string_view subject) {
    if (resolve_exception(order, code, subject, snapshot.observed_at))
        note("exception.resolved", std::string(code), "the storefront and the hub agree again");
}

namespace {

void apply_header(Applying& applying) {
    Order& order = applying.order;
    const Snapshot& shown = applying.snapshot;
    if (applying.first_time) {
        order.external_id = shown.external_id;
        order.currency = shown.currency;
        order.tax_locale = shown.tax_locale;
        order.placed_at = shown.placed_at;
        applying.note("order.imported", {},
                      "order " + shown.number + " came from " + order.connector);
    }
    order.number = shown.number;
    order.channel = shown.channel;
    order.url = shown.url;
    order.customer = shown.customer;
    order.billing_address = shown.billing_address;
    order.shipping_address = shown.shipping_address;
    order.storefront_totals = shown.totals;
    if (!applying.first_time && order.storefront_state != shown.storefront_state)
        applying.note("order.state_changed", {},
                      order.storefront_state + " became " + shown.storefront_state);
    order.storefront_state = shown.storefront_state;
    order.observed_at = shown.observed_at;
}

void apply_payments(Applying& applying) {
    for (const Payment& shown : applying.snapshot.payments) {
        auto& payments = applying.order.payments;
        const auto known = std::ranges::find(payments, shown.external_id, &Payment::external_id);
        const bool changed = known == payments.end() || known->state != shown.state;
        if (known == payments.end())
            payments.push_back(shown);
        else
            *known = shown;
        if (changed && !applying.first_time)
            applying.note(
                "payment.changed", shown.external_id,
                "payment by " + shown.method + " is " + std::string(to_text(shown.state)));
    }
}

/// By our key first: a webhook may overtake the answer that would have told the provider's id.
Refund* find_refund(Order& order, const SnapshotRefund& shown) {
    const auto found = std::ranges::find_if(order.refunds, [&](const Refund& each) {
        if (!shown.key.empty() && each.key == shown.key) return true;
        return !each.external_id.empty() && each.external_id == shown.external_id;
    });
    return found == order.refunds.end() ? nullptr : &*found;
}

void add_storefront_refund(Applying& applying, const SnapshotRefund& shown) {
    Refund refund;
    refund.external_id = shown.external_id;
    refund.payment = shown.payment;
    refund.amount = shown.amount;
    refund.state = shown.state;
    refund.origin = applying.order.connector;
    refund.reason = shown.reason;
    refund.reference = shown.reference;
    refund.at = shown.at;
    applying.order.refunds.push_back(std::move(refund));
    applying.note("refund.storefront", shown.external_id,
                  to_decimal(shown.amount, applying.order.currency) + " " +
                      applying.order.currency.code + " refunded in the storefront");
}

void update_refund(Applying& applying, Refund& refund, const SnapshotRefund& shown) {
    refund.external_id = shown.external_id;
    if (!shown.reference.empty()) refund.reference = shown.reference;
    applying.resolve("refund_not_visible", refund.id);
    if (refund.amount != shown.amount)
        applying.raise("refund_disagrees", refund.id, "payment",
                       "the storefront refunded " +
                           to_decimal(shown.amount, applying.order.currency) + " instead of " +
                           to_decimal(refund.amount, applying.order.currency));
    if (refund.state == shown.state || refund.state == MoneyState::succeeded) return;
    refund.state = shown.state;
    const bool good = shown.state == MoneyState::succeeded;
    if (good) refund.done_at = applying.snapshot.observed_at;
    if (good || shown.state == MoneyState::failed)
        applying.note(good ? "refund.succeeded" : "refund.failed", refund.id,
                      "the refund of " + to_decimal(refund.amount, applying.order.currency) +
                          (good ? " succeeded" : " failed"));
    if (shown.state == MoneyState::failed)
        applying.raise("refund_failed", refund.id, "payment",
                       "the payment provider failed the refund");
}

void apply_refunds(Applying& applying) {
    for (const SnapshotRefund& shown : applying.snapshot.refunds) {
        if (Refund* known = find_refund(applying.order, shown))
            update_refund(applying, *known, shown);
        else
            add_storefront_refund(applying, shown);
    }
    for (const Refund& refund : applying.order.refunds) {
        const bool shown = std::ranges::any_of(applying.snapshot.refunds, [&](const auto& each) {
            return each.external_id == refund.external_id;
        });
        if (!shown && !refund.external_id.empty() && refund.done_at > 0 &&
            refund.done_at < applying.snapshot.observed_at)
            applying.raise("refund_not_visible", refund.id, "payment",
                           "the refund is confirmed but the storefront does not show it");
    }
}

/// Pending, shipped, delivered come in this order; cancelled is final.
int rank(FulfilmentState state) {
    return static_cast<int>(state);
}

void apply_fulfilments(Applying& applying) {
    auto& known = applying.order.fulfilments;
    for (Fulfilment shown : applying.snapshot.fulfilments) {
        for (FulfilmentLine& part : shown.lines)
            if (const Line* line = find_line_by_external_id(applying.order, part.line_id))
                part.line_id = line->id;
        const auto found = std::ranges::find(known, shown.external_id, &Fulfilment::external_id);
        const bool news = found == known.end() || rank(found->state) < rank(shown.state);
        const std::string text =
            std::string("fulfilment ") + shown.external_id + " is " +
            std::string(to_text(shown.state)) +
            (shown.tracking_number.empty() ? "" : ", " + shown.tracking_number);
        if (news && !applying.first_time)
            applying.note("fulfilment.changed", shown.external_id, text);
        if (found == known.end())
            known.push_back(std::move(shown));
        else if (news)
            *found = std::move(shown);
    }
}

void count_fulfilled(Order& order) {
    for (Line& line : order.lines)
        line.allocated = line.fulfilled = 0;
    for (const Fulfilment& each : order.fulfilments) {
        if (each.state == FulfilmentState::cancelled) continue;
        for (const FulfilmentLine& part : each.lines) {
            Line* line = find_line(order, part.line_id);
            if (line == nullptr) continue;
            line->allocated += part.quantity;
            if (each.state != FulfilmentState::pending) line->fulfilled += part.quantity;
        }
    }
}

void check_totals(Applying& applying) {
    Amount sum;
    for (const SnapshotLine& line : applying.snapshot.lines)
        sum += line.total;
    if (sum == applying.snapshot.totals) return applying.resolve("totals_differ", "order");
    const Currency& currency = applying.order.currency;
    applying.raise(
        "totals_differ", "order", "order",
        "the lines add up to " + to_decimal(sum.inc, currency) + " " + currency.code +
            ", the storefront says " + to_decimal(applying.snapshot.totals.inc, currency) + ": " +
            to_decimal(applying.snapshot.totals.inc - sum.inc, currency) + " (before tax " +
            to_decimal(applying.snapshot.totals.ex - sum.ex, currency) + ")");
}

}  // namespace

std::vector<Happening> apply_snapshot(Order& order, const Snapshot& snapshot) {
    if (snapshot.observed_at < order.observed_at) return {};
    Applying applying{order, snapshot, order.lines.empty()};
    apply_header(applying);
    add_lines(applying);
    apply_payments(applying);
    apply_refunds(applying);
    apply_fulfilments(applying);
    count_fulfilled(order);
    recognise_changes(applying);
    apply_differences(applying);
    for (ChangeOrder& change : applying.new_changes)
        order.change_orders.push_back(std::move(change));
    check_totals(applying);
    return std::move(applying.happenings);
}

}  // namespace orderhub::domain
