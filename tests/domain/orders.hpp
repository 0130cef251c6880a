// Small orders for tests of the domain.
#pragma once

#include <string>

#include "hub/domain/actions.hpp"
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
    return order;
}

/// What carrying out a plan does to the order, with ids as a test needs them.
inline void carry_out(Order& order, ChangeOrder change, const std::string& id) {
    change.id = change.key = id;
    change.origin = "hub";
    apply_change(order, change);
}

}  // namespace orderhub::domain
