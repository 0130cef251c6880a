#include "hub/domain/snapshot.hpp"

#include <algorithm>

#include "hub/domain/fulfilment.hpp"
#include "hub/domain/money_state.hpp"
#include "hub/domain/snapshot_lines.hpp"
#include "hub/domain/words.hpp"

namespace orderhub::domain {

void Applying::raise(std::string code, std::string subject, std::string category,
                     std::string message) {
    const std::string text = message;
    const std::string what = code;
    ProcessException exception;
    exception.code = std::move(code);
    exception.subject = std::move(subject);
    exception.category = std::move(category);
    exception.severity = "high";
    exception.message = std::move(message);
    exception.raised_at = snapshot.observed_at;
    if (raise_exception(order, std::move(exception))) note("exception.raised", what, text);
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
        order.managed = shown.managed;
        applying.note("order.imported", {},
                      "order " + shown.number + " came from " + order.connector);
    }
    order.number = shown.number;
    order.channel = shown.channel;
    order.url = shown.url;
    order.customer = shown.customer;
    order.billing_address = shown.billing_address;
    order.shipping_address = shown.shipping_address;
    order.delivery_groups = shown.delivery_groups;
    order.storefront_totals = shown.totals;
    if (!applying.first_time && order.storefront_state != shown.storefront_state)
        applying.note("order.state_changed", {},
                      order.storefront_state + " became " + shown.storefront_state);
    order.storefront_state = shown.storefront_state;
    order.observed_at = shown.observed_at;
}

/// What the hub asked of the provider has happened if the storefront shows the end of it.
void confirm_operations(Payment& payment) {
    for (PaymentOperation& each : payment.operations) {
        const bool shown = each.kind == OperationKind::capture
                               ? payment.state == PaymentState::captured
                               : payment.state == PaymentState::cancelled;
        if (shown && may_become(each.state, MoneyState::succeeded))
            each.state = MoneyState::succeeded;
    }
}

void update_payment(Payment& payment, const Payment& shown) {
    payment.method = shown.method;
    payment.state = shown.state;
    payment.amount = shown.amount;
    payment.reference = shown.reference;
    payment.at = shown.at;
    confirm_operations(payment);
}

void apply_payments(Applying& applying) {
    for (const Payment& shown : applying.snapshot.payments) {
        Payment* known = find_payment(applying.order, shown.external_id);
        const bool changed = known == nullptr || known->state != shown.state;
        if (known == nullptr)
            applying.order.payments.push_back(shown);
        else
            update_payment(*known, shown);
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

/// Money that somebody else gave back is a change of the order with that origin.
void add_money_change(Applying& applying, const SnapshotRefund& shown) {
    ChangeOrder change;
    change.kind = shown.chargeback ? ChangeKind::chargeback : ChangeKind::refund;
    change.stage = Stage::post;
    change.origin = applying.order.connector;
    change.actor = "connector:" + applying.order.connector;
    change.reason = shown.reason;
    change.at = shown.at != 0 ? shown.at : applying.snapshot.observed_at;
    change.money = shown.amount;
    applying.new_changes.push_back(std::move(change));
}

void add_storefront_refund(Applying& applying, const SnapshotRefund& shown) {
    Refund refund;
    refund.external_id = shown.external_id;
    refund.payment = shown.payment;
    refund.amount = shown.amount;
    refund.kind = RefundKind::foreign;
    refund.state = shown.state;
    refund.origin = applying.order.connector;
    refund.reason = shown.reason;
    refund.reference = shown.reference;
    refund.at = shown.at;
    applying.order.refunds.push_back(std::move(refund));
    add_money_change(applying, shown);
    const std::string amount =
        to_decimal(shown.amount, applying.order.currency) + " " + applying.order.currency.code;
    applying.note(shown.chargeback ? "refund.chargeback" : "refund.storefront", shown.external_id,
                  amount + (shown.chargeback ? " charged back" : " refunded in the storefront"));
    if (shown.chargeback)
        applying.raise("chargeback", shown.external_id, "payment",
                       "the customer's bank took back " + amount);
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
    if (refund.state == shown.state || !may_become(refund.state, shown.state)) return;
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
        if (!shown && refund.connector.empty() && !refund.external_id.empty() &&
            refund.done_at > 0 && refund.done_at < applying.snapshot.observed_at)
            applying.raise("refund_not_visible", refund.id, "payment",
                           "the refund is confirmed but the storefront does not show it");
    }
}

bool same_lines(std::vector<FulfilmentLine> a, std::vector<FulfilmentLine> b) {
    std::ranges::sort(a, {}, &FulfilmentLine::line_id);
    std::ranges::sort(b, {}, &FulfilmentLine::line_id);
    return std::ranges::equal(a, b, [](const FulfilmentLine& x, const FulfilmentLine& y) {
        return x.line_id == y.line_id && x.quantity == y.quantity;
    });
}

/// By the storefront's id, by our key, or one that we asked for whose answer has not come yet and
/// that has the same units.
Fulfilment* find_shown(Order& order, const Fulfilment& shown) {
    const auto find = [&](auto matches) {
        const auto found = std::ranges::find_if(order.fulfilments, matches);
        return found == order.fulfilments.end() ? nullptr : &*found;
    };
    if (Fulfilment* known = find([&](const Fulfilment& each) {
            return each.external_id == shown.external_id ||
                   (!shown.key.empty() && each.key == shown.key);
        }))
        return known;
    return find([&](const Fulfilment& each) {
        return each.external_id.empty() && each.kind == FulfilmentKind::standard &&
               each.state == FulfilmentState::pending && same_lines(each.lines, shown.lines);
    });
}

/// Draft, pending, shipped, delivered come in this order; cancelled is final.
int rank(FulfilmentState state) {
    return static_cast<int>(state);
}

void update_fulfilment(Fulfilment& fulfilment, Fulfilment shown) {
    fulfilment.external_id = std::move(shown.external_id);
    if (rank(fulfilment.state) > rank(shown.state)) return;
    if (fulfilment.state != shown.state) {
        fulfilment.state = shown.state;
        fulfilment.lines = std::move(shown.lines);
        fulfilment.at = shown.at;
    }
    // A storefront that does not keep the tracking does not take it away.
    const auto take = [](std::string& known, std::string& text) {
        if (!text.empty()) known = std::move(text);
    };
    take(fulfilment.carrier, shown.carrier);
    take(fulfilment.tracking_number, shown.tracking_number);
    take(fulfilment.tracking_url, shown.tracking_url);
}

void apply_fulfilments(Applying& applying) {
    for (Fulfilment shown : applying.snapshot.fulfilments) {
        for (FulfilmentLine& part : shown.lines)
            if (const Line* line = find_line_by_external_id(applying.order, part.line_id))
                part.line_id = line->id;
        Fulfilment* known = find_shown(applying.order, shown);
        const bool news = known == nullptr || rank(known->state) < rank(shown.state);
        if (news && !applying.first_time)
            applying.note("fulfilment.changed", shown.external_id,
                          "fulfilment " + shown.external_id + " is " +
                              std::string(to_text(shown.state)) +
                              (shown.tracking_number.empty() ? "" : ", " + shown.tracking_number));
        if (known != nullptr) {
            update_fulfilment(*known, std::move(shown));
        } else {
            shown.origin = applying.order.connector;
            applying.order.fulfilments.push_back(std::move(shown));
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

std::vector<Happening> apply_snapshot(Order& order, const Snapshot& shown) {
    if (shown.observed_at < order.observed_at) return {};
    const Snapshot snapshot = without_bundle_prices(shown);
    Applying applying{order, snapshot, order.lines.empty()};
    apply_header(applying);
    add_lines(applying);
    apply_payments(applying);
    apply_refunds(applying);
    apply_fulfilments(applying);
    count_units(order);
    recognise_changes(applying);
    apply_differences(applying);
    for (ChangeOrder& change : applying.new_changes)
        order.change_orders.push_back(std::move(change));
    count_units(order);
    check_totals(applying);
    return std::move(applying.happenings);
}

}  // namespace orderhub::domain
