// Small orders for tests of the domain.
#pragma once

#include <string>

#include "hub/domain/removal.hpp"
#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

inline Amount amount(std::int64_t ex, std::int64_t tax) {
    return {Minor{ex}, Minor{tax}, Minor{ex + tax}};
}

inline SnapshotLine shown_line(std::string id, std::int64_t quantity, const Amount& total) {
    SnapshotLine line;
    line.external_id = std::move(id);
    line.name = "Mug " + line.external_id;
    line.sku = "MUG-" + line.external_id;
    line.quantity = line.ordered_quantity = quantity;
    line.list = line.total = total;
    line.taxes = {{"VAT", "20", total.tax}};
    return line;
}

inline Fulfilment shown_fulfilment(std::string id, FulfilmentState state, std::string line,
                                   std::int64_t quantity) {
    Fulfilment fulfilment;
    fulfilment.external_id = std::move(id);
    fulfilment.state = state;
    fulfilment.lines = {{std::move(line), quantity}};
    return fulfilment;
}

/// An order of three mugs for 30.00 + 6.00 and delivery for 5.00 + 1.00, paid in full: 42.00.
inline Snapshot three_mugs(std::int64_t observed_at = 1000) {
    Snapshot shown;
    shown.external_id = "24";
    shown.observed_at = observed_at;
    shown.number = "ABC123";
    shown.currency = *currency("EUR");
    shown.storefront_state = "PaymentSettled";
    shown.placed_at = 500;
    shown.customer = {"7", "Ada Lovelace", "ada@example.test", "+49301234567"};
    shown.lines = {shown_line("a", 3, amount(3000, 600)), shown_line("d", 1, amount(500, 100))};
    shown.lines[1].kind = LineKind::delivery;
    shown.totals = amount(3500, 700);
    Payment payment;
    payment.external_id = "p1";
    payment.method = "card";
    payment.state = PaymentState::captured;
    payment.amount = Minor{4200};
    shown.payments = {payment};
    shown.cancellations.emplace();
    return shown;
}

inline Order imported(const Snapshot& shown) {
    Order order;
    order.id = "os_1";
    order.connector = "shop";
    apply_snapshot(order, shown);
    int count = 0;
    for (ChangeOrder& change : order.change_orders)
        change.id = "co_shop_" + std::to_string(++count);
    for (Refund& refund : order.refunds)
        refund.id = "rf_shop_" + std::to_string(++count);
    for (Fulfilment& fulfilment : order.fulfilments)
        fulfilment.id = "fo_" + fulfilment.external_id;
    return order;
}

/// Gives what a plan has added its ids, as whoever stores it would: "<prefix>_<id>_<n>".
inline Order accepted(Plan plan, const std::string& id) {
    Order order = std::move(plan.order);
    int count = 0;
    const auto name = [&](auto& parts, const char* prefix) {
        for (auto& part : parts) {
            if (!part.id.empty()) continue;
            part.id = prefix + id + "_" + std::to_string(++count);
            if constexpr (requires { part.action_id; }) part.action_id = id;
            if constexpr (requires { part.key; }) part.key = part.id;
        }
    };
    name(order.change_orders, "co_");
    name(order.refunds, "rf_");
    name(order.fulfilments, "fo_");
    name(order.return_orders, "ro_");
    name(order.credit_memos, "cm_");
    name(order.invoices, "in_");
    name(order.exceptions, "px_");
    for (Payment& payment : order.payments)
        name(payment.operations, "po_");
    order.actions.push_back({id, std::string(to_text(plan.action)), "agent:a", "r", 0, false});
    return order;
}

inline Order cancelled(Order order, const std::vector<UnitsOfLine>& units, const std::string& id) {
    return accepted(plan_cancel(std::move(order), {.lines = units, .reason = "r"}, {}).value(), id);
}
inline Order returned(Order order, const std::vector<UnitsOfLine>& units, const std::string& id) {
    return accepted(plan_return(std::move(order), {.lines = units, .reason = "r"}, {}).value(), id);
}

/// The refunds, documents and change orders that a plan adds.
inline std::vector<Refund> refunds_of(const Plan& plan) {
    std::vector<Refund> added;
    for (const Refund& each : plan.order.refunds)
        if (each.id.empty()) added.push_back(each);
    return added;
}
inline std::vector<ChangeOrder> changes_of(const Plan& plan) {
    std::vector<ChangeOrder> added;
    for (const ChangeOrder& each : plan.order.change_orders)
        if (each.id.empty()) added.push_back(each);
    return added;
}

}  // namespace orderhub::domain
