#include "hub/domain/status.hpp"

#include <algorithm>
#include <array>

namespace orderhub::domain {

namespace {

template <class Predicate>
Minor sum_payments(const Order& order, Predicate counts) {
    Minor sum;
    for (const Payment& payment : order.payments)
        if (counts(payment)) sum += payment.amount;
    return sum;
}

}  // namespace

/// The first that is true wins, in this order.
LineStatus status(const Line& line) {
    const std::int64_t quantity = line.quantity();
    const std::int64_t net_ordered = line.ordered - line.cancelled;
    if (quantity > 0 && line.fulfilled > 0 && line.return_initiated == line.fulfilled &&
        line.returned < line.return_initiated)
        return LineStatus::return_initiated;
    if (line.fulfilled > 0 && line.reshipped == line.fulfilled && line.return_initiated == 0 &&
        line.fulfilled == line.ordered)
        return LineStatus::reshipped;
    if (quantity == 0 && line.returned > 0) return LineStatus::returned;
    if (quantity == 0 && line.cancelled > 0) return LineStatus::cancelled;
    if (quantity > 0 && net_ordered <= line.fulfilled) return LineStatus::fulfilled;
    if (line.fulfilled > 0) return LineStatus::partially_fulfilled;
    if (quantity > 0 && quantity <= line.allocated) return LineStatus::allocated;
    if (line.allocated > 0) return LineStatus::partially_allocated;
    return LineStatus::ordered;
}

OrderStatus status(const Order& order) {
    std::int64_t ordered = 0, cancelled = 0, allocated = 0, fulfilled = 0, returned = 0;
    for (const Line& line : order.lines) {
        if (line.kind != LineKind::product) continue;
        ordered += line.ordered;
        cancelled += line.cancelled;
        allocated += line.allocated;
        fulfilled += line.fulfilled;
        returned += line.returned;
    }
    const std::int64_t live = ordered - cancelled;
    if (ordered > 0 && live == 0) return OrderStatus::cancelled;
    if (returned > 0)
        return returned == live ? OrderStatus::returned : OrderStatus::partially_returned;
    if (fulfilled > 0)
        return fulfilled >= live ? OrderStatus::fulfilled : OrderStatus::partially_fulfilled;
    return live > 0 && allocated >= live ? OrderStatus::allocated : OrderStatus::ordered;
}

PaymentStatus payment_status(const Order& order) {
    const Minor taken = captured(order);
    if (taken == Minor{})
        return authorized(order) == Minor{} ? PaymentStatus::none : PaymentStatus::authorized;
    const Minor back = refunded(order);
    if (back >= taken) return PaymentStatus::refunded;
    if (back > Minor{}) return PaymentStatus::partly_refunded;
    return authorized(order) > Minor{} ? PaymentStatus::partly_captured : PaymentStatus::captured;
}

Amount original_total(const Order& order) {
    Amount sum;
    for (const Line& line : order.lines)
        sum += line.original;
    return sum;
}

Amount total(const Order& order) {
    Amount sum = original_total(order);
    for (const ChangeOrder& change : order.change_orders)
        sum += change.delta;
    return sum;
}

Minor captured(const Order& order) {
    return sum_payments(order, [](const Payment& p) { return p.state == PaymentState::captured; });
}

Minor authorized(const Order& order) {
    return sum_payments(order,
                        [](const Payment& p) { return p.state == PaymentState::authorized; });
}

Minor refunded(const Order& order) {
    Minor sum;
    for (const Refund& refund : order.refunds)
        if (refund.state != MoneyState::failed) sum += refund.amount;
    return sum;
}

Minor available_to_refund(const Order& order, const Payment& payment) {
    if (payment.state != PaymentState::captured) return {};
    Minor rest = payment.amount;
    for (const Refund& refund : order.refunds)
        if (refund.payment == payment.external_id && refund.state != MoneyState::failed)
            rest -= refund.amount;
    return std::max(rest, Minor{});
}

std::string_view to_text(LineStatus status) {
    static constexpr std::array<std::string_view, 9> kTexts{
        "ordered",   "partially_allocated", "allocated", "partially_fulfilled",
        "fulfilled", "return_initiated",    "reshipped", "returned",
        "cancelled"};
    return kTexts.at(static_cast<std::size_t>(status));
}

std::string_view to_text(OrderStatus status) {
    static constexpr std::array<std::string_view, 7> kTexts{
        "ordered",  "allocated", "partially_fulfilled", "fulfilled", "partially_returned",
        "returned", "cancelled"};
    return kTexts.at(static_cast<std::size_t>(status));
}

std::string_view to_text(PaymentStatus status) {
    static constexpr std::array<std::string_view, 6> kTexts{
        "none", "authorized", "partly_captured", "captured", "partly_refunded", "refunded"};
    return kTexts.at(static_cast<std::size_t>(status));
}

}  // namespace orderhub::domain
