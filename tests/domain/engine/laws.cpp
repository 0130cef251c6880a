// What must hold for every order after every step.
#include <fmt/format.h>

#include <algorithm>

#include "hub/domain/money_state.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

void law(bool holds, const std::string& text) {
    if (!holds) throw Broken(text);
}

namespace {

std::string shown(const Amount& amount) {
    return fmt::format("{} + {} = {}", amount.ex.count(), amount.tax.count(), amount.inc.count());
}

bool is_open(const ReturnOrder& each) {
    return each.state != ReturnState::closed && each.state != ReturnState::cancelled;
}

/// What open return orders hold of a line.
ChangeLine held_of(const Order& order, const Line& line) {
    ChangeLine sum;
    for (const ReturnOrder& each : order.return_orders)
        if (is_open(each))
            for (const ReturnLine& part : each.lines)
                if (part.line_id == line.id) add(sum, worth(part.held, order.tax_locale));
    return sum;
}

Minor sum_of(const std::vector<Tax>& taxes) {
    Minor sum;
    for (const Tax& tax : taxes)
        sum += tax.amount;
    return sum;
}

std::string key_of(const std::string& line, const Tax& tax) {
    return line + " " + tax.label + " " + tax.rate;
}

void check_pools(const Line& line) {
    for (const Pool& pool : line.pools) {
        law(pool.amount.adds_up(), line.id + ": a pool adds up");
        law(pool.taxes.empty() || sum_of(pool.taxes) == pool.amount.tax,
            line.id + ": a pool's taxes add up to its tax");
        law(pool.taken >= 0 && pool.taken <= pool.units, line.id + ": taken units of a pool");
    }
}

/// The storefront prices what it does itself, as it sees the line: less may be left than nothing.
void check_value(const Known& known, const Line& line) {
    const Order& order = known.order;
    Amount expected = line.original;
    for (const ChangeOrder& change : order.change_orders)
        for (const ChangeLine& part : change.lines)
            if (part.line_id == line.id) expected += part.delta;
    const Amount is = value(line, order.tax_locale) + held_of(order, line).delta;
    law(is == expected,
        line.id + ": worth " + shown(is) + ", original and changes say " + shown(expected));
    law(is.adds_up(), line.id + ": value adds up");
    // Each tax is rounded by itself: of a unit that costs a few minor units they can add up to more
    // than it costs.
    const Minor rounding{static_cast<std::int64_t>(line.pools.front().taxes.size())};
    law(known.touched_outside.contains(line.id) ||
            (is.inc >= Minor{} && is.ex >= -rounding && is.tax >= -rounding),
        line.id + ": value is not negative: " + shown(is));
}

void check_taxes(const Known& known, const Line& line) {
    if (known.touched_outside.contains(line.id)) return;
    TaxesOfLines expected;
    for (const auto& [key, amount] : known.taxes)
        if (key.starts_with(line.id + " ")) expected[key] += amount;
    for (const ChangeOrder& change : known.order.change_orders)
        for (const ChangeLine& part : change.lines)
            for (const Tax& tax : part.taxes)
                if (part.line_id == line.id) expected[key_of(line.id, tax)] += tax.amount;
    ChangeLine is = held_of(known.order, line);
    add(is, {{}, 0, {}, taxes_left(line, known.order.tax_locale)});
    for (const Tax& tax : is.taxes) {
        auto& rest = expected[key_of(line.id, tax)];
        law(rest == tax.amount, fmt::format("{}: tax {} is {}, original and changes say {}",
                                            line.id, tax.label, tax.amount.count(), rest.count()));
        rest = {};
    }
    for (const auto& [key, rest] : expected)
        law(rest == Minor{}, key + ": a tax is gone without a change");
}

void check_units(const Order& order, const Line& line) {
    const auto counts = fmt::format(
        "{}: ordered {} cancelled {} allocated {} fulfilled {} return initiated {} returned {} "
        "reshipped {}",
        line.id, line.ordered, line.cancelled, line.allocated, line.fulfilled,
        line.return_initiated, line.returned, line.reshipped);
    law(0 <= line.returned && line.returned <= line.return_initiated, counts);
    law(0 <= line.cancelled && line.cancelled <= line.ordered, counts);
    if (line.kind != LineKind::product) return;
    law(line.return_initiated <= line.fulfilled && line.fulfilled <= line.allocated, counts);
    law(line.allocated <= line.ordered - line.cancelled, counts);
    law(line.available_to_cancel() >= 0 && line.available_to_return() >= 0, counts);
    law(line.in_fulfilment() >= 0 && line.available_to_exchange() >= 0, counts);
    law(0 <= line.reshipped && line.reshipped <= line.fulfilled, counts);
    if (is_container(order, line)) return;
    const std::int64_t here = line.quantity() - (line.return_initiated - line.returned);
    law(units_left(line) == here, counts + fmt::format(", but {} are left", units_left(line)));
}

void check_payments(const Order& order) {
    for (const Payment& payment : order.payments) {
        Minor given, captures;
        for (const PaymentOperation& each : payment.operations)
            if (each.kind == OperationKind::capture && holds(each.state)) captures += each.amount;
        for (const Refund& refund : order.refunds)
            if (refund.payment == payment.external_id && holds(refund.state))
                given += refund.amount;
        law(given <= captured(payment),
            fmt::format("{}: refunded {} of {} captured", payment.external_id, given.count(),
                        captured(payment).count()));
        law(captured(payment) <= payment.amount, payment.external_id + ": more than authorized");
        if (payment.state != PaymentState::authorized) continue;
        for (const PaymentOperation& each : payment.operations) {
            Minor of_capture;
            for (const Refund& refund : order.refunds)
                if (refund.operation == each.id && holds(refund.state)) of_capture += refund.amount;
            law(of_capture <= each.amount,
                fmt::format("{}: refunded {} of a capture of {}", payment.external_id,
                            of_capture.count(), each.amount.count()));
        }
    }
}

}  // namespace

TaxesOfLines taxes_of(const Order& order) {
    TaxesOfLines taxes;
    for (const Line& line : order.lines)
        for (const Tax& tax : taxes_left(line, order.tax_locale))
            taxes[key_of(line.id, tax)] += tax.amount;
    return taxes;
}

Minor slack(const Order& order) {
    return captured(order) - refunded(order) - total(order).inc;
}

bool has_gifts(const Order& order) {
    return std::ranges::any_of(order.refunds, [](const Refund& each) {
        return each.kind == RefundKind::goodwill || each.kind == RefundKind::foreign;
    });
}

void check_order(const Known& known) {
    const Order& order = known.order;
    Amount lines;
    for (const Line& line : order.lines) {
        check_pools(line);
        check_value(known, line);
        check_taxes(known, line);
        check_units(order, line);
        lines += value(line, order.tax_locale) + held_of(order, line).delta;
    }
    law(lines == total(order),
        "the lines are worth " + shown(lines) + ", the total is " + shown(total(order)));
    law(total(order).adds_up(), "the total adds up");
    for (const ChangeOrder& change : order.change_orders) {
        Amount sum;
        for (const ChangeLine& part : change.lines) {
            sum += part.delta;
            law(part.delta.adds_up(), change.id + ": a change adds up");
            law(part.taxes.empty() || sum_of(part.taxes) == part.delta.tax,
                change.id + ": a change's taxes add up to its tax");
        }
        law(sum == change.delta, change.id + ": the lines add up to the change");
    }
    check_payments(order);
}

}  // namespace orderhub::domain
