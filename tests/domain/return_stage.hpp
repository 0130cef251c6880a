// A return order played through, for tests.
#pragma once

#include <gtest/gtest.h>

#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {

/// `quantity` units of one product for `price` in all, shipped and paid, no delivery charge.
inline Order shipped(std::int64_t quantity, const Amount& price, std::string_view code = "EUR",
                     TaxLocale locale = TaxLocale::net) {
    Snapshot shown = three_mugs();
    shown.currency.code = code;
    shown.currency.exponent = code == "JPY" ? 0 : code == "BHD" ? 3 : 2;
    shown.tax_locale = locale;
    shown.lines = {shown_line("a", quantity, price)};
    shown.totals = price;
    shown.payments[0].amount = price.inc;
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", quantity)};
    return imported(shown);
}

/// Three mugs for 36.00 and delivery for 6.00, shipped and paid.
inline Order shipped_mugs() {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    return imported(shown);
}

inline Order opened(Order order, const OpenReturnInput& input, const std::string& id = "a") {
    return accepted(plan_open_return(std::move(order), input, {}).value(), id);
}
inline Order opened(Order order, std::int64_t quantity, const std::string& id = "a") {
    return opened(std::move(order), {.lines = {{"l1", quantity}}, .reason = "too big"}, id);
}

/// On the order's last return order.
inline ReceiveInput receipts(const Order& order, std::vector<Receipt> list) {
    return {.return_order = order.return_orders.back().id, .receipts = std::move(list)};
}
inline Order received(const Order& order, std::vector<Receipt> list) {
    return plan_receive_return(order, receipts(order, std::move(list)), {}).value().order;
}
inline Result<Plan> closing(const Order& order, const Context& context = {}) {
    return plan_close_return(order, {.return_order = order.return_orders.back().id}, context);
}

inline Minor refunded_by(const Plan& plan) {
    Minor sum;
    for (const Refund& refund : refunds_of(plan))
        sum += refund.amount;
    return sum;
}

/// What all lines are worth, with what open return orders hold.
inline Amount worth_of(const Order& order) {
    Amount sum;
    for (const Line& line : order.lines)
        sum += value(line, order.tax_locale);
    for (const ReturnOrder& each : order.return_orders)
        if (each.state != ReturnState::closed && each.state != ReturnState::cancelled)
            for (const ReturnLine& line : each.lines)
                sum += value(line.held, order.tax_locale);
    return sum;
}

}  // namespace orderhub::domain
