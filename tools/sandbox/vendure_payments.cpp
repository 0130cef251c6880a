#include <fmt/format.h>

#include "http_types.hpp"
#include "text.hpp"
#include "vendure.hpp"
#include "vendure_actions.hpp"
#include "vendure_document.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox::vendure {
namespace {

struct Found {
    Order* order = nullptr;
    Payment* payment = nullptr;
    Refund* refund = nullptr;
};

Found find_payment(State& state, std::int64_t id) {
    for (Order& order : state.orders) {
        for (Payment& payment : order.payments) {
            if (payment.id == id) return {&order, &payment, nullptr};
        }
    }
    throw TopLevelError(fmt::format("No Payment with the id \"{}\" could be found", id),
                        "ENTITY_NOT_FOUND");
}

Found find_refund(State& state, std::int64_t id) {
    for (Order& order : state.orders) {
        for (Payment& payment : order.payments) {
            for (Refund& refund : payment.refunds) {
                if (refund.id == id) return {&order, &payment, &refund};
            }
        }
    }
    throw TopLevelError(fmt::format("No Refund with the id \"{}\" could be found", id),
                        "ENTITY_NOT_FOUND");
}

std::int64_t refundable(const Payment& payment) {
    if (payment.state != "Settled") return 0;
    std::int64_t left = payment.amount;
    for (const Refund& refund : payment.refunds) {
        if (refund.state != "Failed") left -= refund.total;
    }
    return left;
}

std::int64_t value_of_lines(const Order& order, const std::vector<LineQuantity>& lines) {
    std::int64_t sum = 0;
    for (const LineQuantity& part : lines) {
        for (const Line& line : order.lines) {
            if (line.id != part.line) continue;
            sum += line_figures(line, order.prices_include_tax).prorated_unit.gross * part.quantity;
        }
    }
    return sum;
}

/// A refund as asked for: one amount, or (the older form) lines, shipping and an adjustment.
Refund asked_for(const Order& order, const Payment& payment, const json::object& input) {
    Refund refund;
    refund.method = payment.method;
    refund.reason = text_of(input, "reason");
    refund.shipping = int_of(input, "shipping");
    refund.adjustment = int_of(input, "adjustment");
    if (input.contains("amount")) {
        refund.total = int_of(input, "amount");
        return refund;
    }
    refund.lines = read_lines(array_of(input, "lines"));
    refund.items = value_of_lines(order, refund.lines);
    refund.total = refund.items + refund.shipping + refund.adjustment;
    return refund;
}

void refund_transition(World& world, Order& order, Refund& refund, const std::string& to) {
    add_history(
        world.vendure, order, "ORDER_REFUND_TRANSITION",
        {{"refundId", refund.id}, {"from", refund.state}, {"to", to}, {"reason", refund.reason}});
    refund.state = to;
    refund.updated = now_us();
    changed(world, order, "refund.state");
}

std::string first_state(const State& state, const Refund& refund) {
    if (refund.method != "bank-transfer") return state.switches.card_refund;
    return refund.reason.find("fail") == std::string::npos ? "Settled" : "Failed";
}

json::value payment_transition_error(const Payment& payment, const std::string& to) {
    const std::string words =
        fmt::format("Cannot transition Payment from \"{}\" to \"{}\"", payment.state, to);
    auto out = error_result("PaymentStateTransitionError", "PAYMENT_STATE_TRANSITION_ERROR", words);
    out["transitionError"] = words;
    out["fromState"] = payment.state;
    out["toState"] = to;
    return out;
}

void payment_transition(World& world, Order& order, Payment& payment, const std::string& to) {
    add_history(world.vendure, order, "ORDER_PAYMENT_TRANSITION",
                {{"paymentId", payment.id}, {"from", payment.state}, {"to", to}});
    payment.state = to;
    payment.updated = now_us();
    changed(world, order, "payment.state");
    if (to == "Error") return;  // no money moved
    world.record({"vendure", to == "Settled" ? "payment.settle" : "payment.cancel",
                  fmt::format("payment/{}", payment.id), money_text(payment.amount, order),
                  order.currency, ""});
}

/// The error that a refund deserves before it exists; null when it can be made.
json::value refusal(const Order& order, const Payment& payment, const Refund& refund) {
    if (refund.total <= 0) {
        return error_result("NothingToRefundError", "NOTHING_TO_REFUND_ERROR", "Nothing to refund");
    }
    if (order.active || order.state == "PaymentAuthorized") {
        auto out = error_result("RefundOrderStateError", "REFUND_ORDER_STATE_ERROR",
                                "errorResult.REFUND_ORDER_STATE_ERROR");
        out["orderState"] = order.state;
        return out;
    }
    const std::int64_t most = refundable(payment);
    if (refund.total <= most) return nullptr;
    auto out = error_result("RefundAmountError", "REFUND_AMOUNT_ERROR",
                            "The amount specified exceeds the refundable amount for this payment");
    out["maximumRefundable"] = most;
    return out;
}

}  // namespace

json::value refund_order(World& world, const json::object& input) {
    const auto [order, payment, unused] = find_payment(world.vendure, int_of(input, "paymentId"));
    for (const char* member : {"shipping", "adjustment"}) {
        const auto* given = input.if_contains(member);
        if (given != nullptr && !given->is_null()) continue;
        // the deprecated members are not optional in truth: the insert fails
        throw TopLevelError(
            fmt::format("null value in column \"{}\" of relation \"refund\" violates "
                        "not-null constraint",
                        member),
            "");
    }
    Refund refund = asked_for(*order, *payment, input);
    if (json::value refused = refusal(*order, *payment, refund); !refused.is_null()) return refused;
    refund.id = next_id(world.vendure.last_id, "refund");
    refund.state = "Pending";
    refund.created = refund.updated = now_us();
    changed(world, *order, "refund.created");
    const std::string state = first_state(world.vendure, refund);
    if (state != "Pending") {
        refund_transition(world, *order, refund, state);
        refund.transaction = fmt::format("{}-R{}", payment->transaction, refund.id);
    }
    payment->refunds.push_back(refund);
    world.record({"vendure", "refund.create", fmt::format("refund/{}", refund.id),
                  money_text(refund.total, *order), order->currency, refund.reason});
    return refund_document(refund, *payment);
}

json::value settle_refund(World& world, const json::object& input) {
    const auto [order, payment, refund] = find_refund(world.vendure, int_of(input, "id"));
    if (refund->state != "Pending") {
        throw TopLevelError(
            fmt::format("Cannot transition Refund from \"{}\" to \"Settled\"", refund->state),
            "ILLEGAL_OPERATION");
    }
    refund_transition(world, *order, *refund, "Settled");
    refund->transaction = text_of(input, "transactionId");
    world.record({"vendure", "refund.settle", fmt::format("refund/{}", refund->id),
                  money_text(refund->total, *order), order->currency, refund->transaction});
    return refund_document(*refund, *payment);
}

json::value settle_payment(World& world, std::int64_t id) {
    const auto [order, payment, unused] = find_payment(world.vendure, id);
    if (payment->state == "Settled") return payment_document(*payment);
    const bool authorized = payment->state == "Authorized";
    // the provider is asked again even after it has refused
    if (!authorized && payment->state != "Error")
        return payment_transition_error(*payment, "Settled");
    if (const std::string& words = world.vendure.switches.refuse_capture; !words.empty()) {
        payment->error = words;
        if (authorized) payment_transition(world, *order, *payment, "Error");
        auto out = error_result("SettlePaymentError", "SETTLE_PAYMENT_ERROR",
                                "Settling the payment failed");
        out["paymentErrorMessage"] = words;
        return out;
    }
    if (!authorized) return payment_transition_error(*payment, "Settled");
    payment_transition(world, *order, *payment, "Settled");
    if (order->state == "PaymentAuthorized") move_order(world, *order, "PaymentSettled");
    return payment_document(*payment);
}

json::value cancel_payment(World& world, std::int64_t id) {
    const auto [order, payment, unused] = find_payment(world.vendure, id);
    if (payment->state == "Cancelled") return payment_document(*payment);
    payment_transition(world, *order, *payment, "Cancelled");
    return payment_document(*payment);
}

}  // namespace orderhub::sandbox::vendure
