// The promise that money closes, for generated orders and sequences of actions: change orders +
// original = summary, refunds + kept = captured, a fully undone order nets zero, nothing goes below
// zero.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "hub/domain/actions.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

std::int64_t pick(std::int64_t from, std::int64_t to) {
    return *rc::gen::inRange(from, to + 1);
}

Snapshot any_order() {
    static const char* kCurrencies[] = {"EUR", "JPY", "BHD", "CLF"};
    Snapshot shown = three_mugs();
    shown.currency = *currency(kCurrencies[pick(0, 3)]);
    shown.tax_locale = pick(0, 1) == 0 ? TaxLocale::net : TaxLocale::gross;
    shown.lines.clear();
    shown.totals = {};
    const std::int64_t lines = pick(1, 4);
    for (std::int64_t i = 0; i < lines; ++i) {
        const std::int64_t quantity = pick(1, 7);
        SnapshotLine line = shown_line(std::string(1, static_cast<char>('a' + i)), quantity,
                                       amount(pick(0, 99'999), pick(0, 9'999)));
        const Minor second = share(line.total.tax, 1, 3);
        line.taxes = {{"state", "7", line.total.tax - second}, {"city", "1", second}};
        const std::int64_t shipped = pick(0, quantity);
        if (shipped > 0)
            shown.fulfilments.push_back(shown_fulfilment(
                "f" + std::to_string(i), FulfilmentState::shipped, line.external_id, shipped));
        shown.totals += line.total;
        shown.lines.push_back(std::move(line));
    }
    shown.payments.assign(static_cast<std::size_t>(pick(1, 3)), shown.payments[0]);
    std::vector<std::int64_t> weights(shown.payments.size(), 1);
    const auto parts = allocate(shown.totals.inc, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        shown.payments[i].external_id = "p" + std::to_string(i);
        shown.payments[i].amount = parts[i];
    }
    return shown;
}

void check_invariants(const Order& order) {
    Amount lines;
    for (const Line& line : order.lines) {
        const Amount rest = value(line.pool, order.tax_locale);
        RC_ASSERT(rest.adds_up());
        lines += rest;
        Minor taxes;
        for (const Tax& tax : line.pool.taxes)
            taxes += tax.amount;
        RC_ASSERT(taxes == line.pool.amount.tax);
        RC_ASSERT(line.available_to_cancel() >= 0 && line.available_to_return() >= 0);
        RC_ASSERT(line.returned <= line.return_initiated);
        RC_ASSERT(line.return_initiated <= line.fulfilled);
        RC_ASSERT(line.quantity() >= 0);
    }
    RC_ASSERT(lines == total(order));
    RC_ASSERT(refunded(order) + total(order).inc == captured(order));
    for (const Payment& payment : order.payments)
        RC_ASSERT(available_to_refund(order, payment) >= Minor{});
}

void act(Order& order, const Line& line, bool give_back, std::int64_t quantity, int step) {
    const std::vector<UnitsOfLine> units{{line.id, quantity}};
    const auto plan = give_back ? plan_return(order, units, "r") : plan_cancel(order, units, "r");
    RC_ASSERT(plan.has_value());
    const auto again = give_back ? plan_return(order, units, "r") : plan_cancel(order, units, "r");
    RC_ASSERT(plan->change.delta == again->change.delta);
    const std::string id = "co_" + std::to_string(step);
    carry_out(order, plan->change, id);
    for (const PlannedRefund& part : plan->refunds) {
        Refund refund;
        refund.payment = part.payment;
        refund.amount = part.amount;
        refund.change_order_id = id;
        order.refunds.push_back(refund);
    }
}

bool run_sequences() {
    return rc::check("money closes over any sequence of cancels and returns", [] {
        Order order = imported(any_order());
        check_invariants(order);
        int step = 0;
        for (std::int64_t rounds = pick(0, 12); rounds > 0; --rounds) {
            const Line line = order.lines[static_cast<std::size_t>(
                pick(0, static_cast<std::int64_t>(order.lines.size()) - 1))];
            const bool give_back = pick(0, 1) == 1;
            const std::int64_t most =
                give_back ? line.available_to_return() : line.available_to_cancel();
            if (most == 0) continue;
            act(order, line, give_back, pick(1, most), ++step);
            check_invariants(order);
        }
        for (std::size_t i = 0; i < order.lines.size(); ++i) {
            if (const auto rest = order.lines[i].available_to_cancel(); rest > 0)
                act(order, order.lines[i], false, rest, ++step);
            if (const auto rest = order.lines[i].available_to_return(); rest > 0)
                act(order, order.lines[i], true, rest, ++step);
        }
        check_invariants(order);
        RC_ASSERT(total(order).is_zero());
        RC_ASSERT(refunded(order) == captured(order));
    });
}

TEST(Closure, HoldsForGeneratedOrders) {
    setenv("RC_PARAMS", "max_success=5000", 0);
    EXPECT_TRUE(run_sequences());
}

}  // namespace
}  // namespace orderhub::domain
