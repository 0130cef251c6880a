// Authorized money: taking it, giving it up; and money taken by other means.
#include <algorithm>

#include "hub/domain/exchange.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

/// What units that are on their way back cost. They count as shipped until they are accepted.
Minor on_the_way_back(const Order& order, const Line& line) {
    Minor sum;
    for (const ReturnOrder& each : order.return_orders) {
        if (each.state == ReturnState::closed || each.state == ReturnState::cancelled) continue;
        for (const ReturnLine& part : each.lines)
            if (part.line_id == line.id) sum += value(part.held, order.tax_locale).inc;
    }
    return sum;
}

Minor shipped_worth(const Order& order, const Line& line) {
    const std::int64_t left = units_left(line);
    const std::int64_t shipped = std::clamp<std::int64_t>(line.available_to_return(), 0, left);
    const Minor goods = worth(line, shipped, order.tax_locale).delta.inc;
    // What stayed on the line when its units went was for units that had been shipped.
    const Minor of_no_unit =
        value(line, order.tax_locale).inc - worth(line, left, order.tax_locale).delta.inc;
    return goods + of_no_unit + on_the_way_back(order, line);
}

/// Something of the group has left. A charge without a group is for all.
bool has_left(const Order& order, const std::string& group) {
    return std::ranges::any_of(order.lines, [&](const Line& line) {
        return line.kind == LineKind::product && line.fulfilled > 0 &&
               (group.empty() || line.delivery_group == group);
    });
}

/// The payments that have authorized money, oldest first; only `payment` if one is named.
Result<std::vector<Payment*>> authorized_payments(Order& order, std::string_view payment) {
    if (!payment.empty() && find_payment(order, payment) == nullptr)
        return fail(ErrorKind::Invalid, "unknown_payment",
                    "the order has no payment " + std::string(payment), "/payment");
    std::vector<Payment*> payments;
    for (Payment& each : order.payments)
        if ((payment.empty() || each.external_id == payment) &&
            available_to_capture(each) > Minor{})
            payments.push_back(&each);
    std::ranges::sort(payments, [](const Payment* a, const Payment* b) {
        return a->at != b->at ? a->at < b->at : a->external_id < b->external_id;
    });
    return payments;
}

Minor authorized_in(const std::vector<Payment*>& payments) {
    Minor sum;
    for (const Payment* each : payments)
        sum += available_to_capture(*each);
    return sum;
}

void add_operation(Payment& payment, OperationKind kind, Minor amount, const Context& context) {
    PaymentOperation operation;
    operation.kind = kind;
    operation.amount = amount;
    operation.at = context.now;
    payment.operations.push_back(std::move(operation));
}

Result<Minor> capture_amount(const Order& order, const CaptureInput& input, Minor available) {
    const Minor lacking = balance_due(order);
    if (!input.amount) {
        const Minor due = std::min({capture_due(order), available, lacking});
        if (due > Minor{}) return due;
        return fail(
            ErrorKind::Invalid, "nothing_due",
            available == Minor{} ? "no money is authorized" : "all that was shipped is paid for",
            input.payment.empty() ? "" : "/payment");
    }
    if (*input.amount <= Minor{})
        return fail(ErrorKind::Invalid, "bad_amount", "the amount must be more than 0", "/amount");
    if (const Minor most = std::min(available, lacking); *input.amount > most)
        return fail(ErrorKind::Invalid, "too_much",
                    in_words(available, order) + " can be captured and the order lacks " +
                        in_words(lacking, order) + ", " + in_words(*input.amount, order) +
                        " was asked for",
                    "/amount");
    return *input.amount;
}

std::string free_name(const Order& order) {
    for (std::size_t n = 1;; ++n)
        if (std::string name = "recorded:" + std::to_string(n);
            find_payment(order, name) == nullptr)
            return name;
}

}  // namespace

Minor capture_due(const Order& order) {
    Minor due = -money_kept(order);
    for (const Line& line : order.lines) {
        if (line.kind == LineKind::product) due += shipped_worth(order, line);
        const bool charged = line.kind == LineKind::fee || (line.kind == LineKind::delivery &&
                                                            has_left(order, line.delivery_group));
        if (charged) due += value(line, order.tax_locale).inc;
    }
    return std::max(Minor{}, due);
}

Result<Plan> plan_capture(Order order, const CaptureInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::capture));
    const auto payments = authorized_payments(order, input.payment);
    if (!payments) return std::unexpected(payments.error());
    const auto amount = capture_amount(order, input, authorized_in(*payments));
    if (!amount) return std::unexpected(amount.error());
    Minor rest = *amount;
    for (Payment* each : *payments) {
        const Minor part = std::min(rest, available_to_capture(*each));
        if (part == Minor{}) break;
        add_operation(*each, OperationKind::capture, part, context);
        rest -= part;
    }
    return start_plan(std::move(order), ActionKind::capture);
}

Result<Plan> plan_reverse_authorization(Order order, std::string_view payment,
                                        const std::string& /*reason*/, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::reverse_authorization));
    auto payments = authorized_payments(order, payment);
    if (!payments) return std::unexpected(std::move(payments).error());
    const Minor authorized_in_all = authorized_in(*authorized_payments(order, {}));
    Minor rest = std::min(authorized_in_all - balance_due(order), authorized_in(*payments));
    if (rest <= Minor{})
        return fail(ErrorKind::Invalid, "nothing_to_reverse",
                    in_words(authorized_in_all, order) + " is authorized and the order lacks " +
                        in_words(balance_due(order), order),
                    payment.empty() ? "" : "/payment");
    std::ranges::reverse(*payments);
    Payment* in_part = nullptr;
    for (Payment* each : *payments) {
        const Minor all = available_to_capture(*each);
        if (all > rest) {
            if (in_part == nullptr) in_part = each;
            continue;
        }
        add_operation(*each, OperationKind::reverse, all, context);
        rest -= all;
    }
    if (rest > Minor{}) add_operation(*in_part, OperationKind::reverse, rest, context);
    return start_plan(std::move(order), ActionKind::reverse_authorization);
}

Result<Plan> plan_record_payment(Order order, const RecordPaymentInput& input,
                                 const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::record_payment));
    if (input.method.empty())
        return fail(ErrorKind::Invalid, "no_method", "how the money was taken is needed",
                    "/method");
    if (input.amount <= Minor{})
        return fail(ErrorKind::Invalid, "bad_amount", "the amount must be more than 0", "/amount");
    if (const Minor lacking = balance_due(order); input.amount > lacking)
        return fail(ErrorKind::Invalid, "too_much",
                    "the order lacks " + in_words(lacking, order) + ", " +
                        in_words(input.amount, order) + " was given",
                    "/amount");
    Payment payment;
    payment.external_id = free_name(order);
    payment.method = input.method;
    payment.state = PaymentState::captured;
    payment.amount = input.amount;
    payment.reference = input.reference;
    payment.at = context.now;
    order.payments.push_back(std::move(payment));
    return start_plan(std::move(order), ActionKind::record_payment);
}

}  // namespace orderhub::domain
