#include "hub/domain/status.hpp"

#include <algorithm>
#include <array>

#include "hub/domain/money_state.hpp"

namespace orderhub::domain {

namespace {

/// One row of a table: the first whose condition holds wins.
template <class Status, class Subject>
struct Rule {
    Status status;
    std::string_view condition;
    bool (*holds)(const Subject&);
};

template <class Rules, class Subject>
auto first_of(const Rules& rules, const Subject& subject) {
    return std::ranges::find_if(rules, [&](const auto& rule) { return rule.holds(subject); })
        ->status;
}

template <class Rules>
std::vector<StatusRule> shown(const Rules& rules) {
    std::vector<StatusRule> rows;
    for (const auto& rule : rules)
        rows.push_back({to_text(rule.status), rule.condition});
    return rows;
}

using LineRule = Rule<LineStatus, Line>;
constexpr std::array kLineRules{
    LineRule{
        LineStatus::return_initiated,
        "current > 0, fulfilled > 0, return initiated = fulfilled, returned < return initiated",
        [](const Line& l) {
            return l.quantity() > 0 && l.fulfilled > 0 && l.return_initiated == l.fulfilled &&
                   l.returned < l.return_initiated;
        }},
    LineRule{LineStatus::reshipped,
             "fulfilled > 0, reshipped = fulfilled = ordered, return initiated = 0",
             [](const Line& l) {
                 return l.fulfilled > 0 && l.reshipped == l.fulfilled && l.return_initiated == 0 &&
                        l.fulfilled == l.ordered;
             }},
    LineRule{LineStatus::returned, "current = 0, returned > 0",
             [](const Line& l) { return l.quantity() == 0 && l.returned > 0; }},
    LineRule{LineStatus::cancelled, "current = 0, cancelled > 0",
             [](const Line& l) { return l.quantity() == 0 && l.cancelled > 0; }},
    LineRule{
        LineStatus::fulfilled, "current > 0, fulfilled >= ordered - cancelled",
        [](const Line& l) { return l.quantity() > 0 && l.ordered - l.cancelled <= l.fulfilled; }},
    LineRule{LineStatus::partially_fulfilled, "fulfilled > 0",
             [](const Line& l) { return l.fulfilled > 0; }},
    LineRule{LineStatus::allocated, "current > 0, allocated >= current",
             [](const Line& l) { return l.quantity() > 0 && l.quantity() <= l.allocated; }},
    LineRule{LineStatus::partially_allocated, "allocated > 0",
             [](const Line& l) { return l.allocated > 0; }},
    LineRule{LineStatus::ordered, "otherwise", [](const Line&) { return true; }}};

/// Sums of the counters over product lines; a bundle counts by its parts.
struct Units {
    std::int64_t ordered = 0, cancelled = 0, allocated = 0, fulfilled = 0, returned = 0;
    std::int64_t initiated = 0;
    bool all_delivered = false;  ///< every shipment has arrived

    std::int64_t live() const { return ordered - cancelled; }
};

Units units_of(const Order& order) {
    std::vector<std::string_view> containers;
    for (const Line& line : order.lines)
        if (!line.bundle.empty()) containers.push_back(line.bundle);
    std::ranges::sort(containers);
    Units units;
    for (const Line& line : order.lines) {
        if (line.kind != LineKind::product || std::ranges::binary_search(containers, line.id))
            continue;
        units.ordered += line.ordered;
        units.cancelled += line.cancelled;
        units.allocated += line.allocated;
        units.fulfilled += line.fulfilled;
        units.returned += line.returned;
        units.initiated += line.return_initiated;
    }
    units.all_delivered = std::ranges::all_of(order.fulfilments, [](const Fulfilment& each) {
        return each.kind == FulfilmentKind::reship || each.state == FulfilmentState::delivered ||
               each.state == FulfilmentState::cancelled || each.state == FulfilmentState::draft;
    });
    return units;
}

using OrderRule = Rule<OrderStatus, Units>;
constexpr std::array kOrderRules{
    OrderRule{OrderStatus::cancelled, "every unit is cancelled",
              [](const Units& u) { return u.ordered > 0 && u.live() == 0; }},
    OrderRule{OrderStatus::returned, "every unit that was not cancelled is returned",
              [](const Units& u) { return u.returned > 0 && u.returned == u.live(); }},
    OrderRule{OrderStatus::partially_returned, "some unit is returned",
              [](const Units& u) { return u.returned > 0; }},
    OrderRule{OrderStatus::fulfilled, "every unit that was not cancelled is fulfilled",
              [](const Units& u) { return u.fulfilled > 0 && u.fulfilled >= u.live(); }},
    OrderRule{OrderStatus::partially_fulfilled, "some unit is fulfilled",
              [](const Units& u) { return u.fulfilled > 0; }},
    OrderRule{OrderStatus::allocated, "every unit that was not cancelled is allocated",
              [](const Units& u) { return u.live() > 0 && u.allocated >= u.live(); }},
    OrderRule{OrderStatus::ordered, "otherwise", [](const Units&) { return true; }}};

using FulfilmentRule = Rule<FulfilmentStatus, Units>;
constexpr std::array kFulfilmentRules{
    FulfilmentRule{
        FulfilmentStatus::delivered,
        "every unit that was not cancelled is fulfilled and every shipment delivered",
        [](const Units& u) { return u.live() > 0 && u.fulfilled >= u.live() && u.all_delivered; }},
    FulfilmentRule{FulfilmentStatus::fulfilled, "every unit that was not cancelled is fulfilled",
                   [](const Units& u) { return u.live() > 0 && u.fulfilled >= u.live(); }},
    FulfilmentRule{FulfilmentStatus::partly_fulfilled, "some unit is fulfilled",
                   [](const Units& u) { return u.fulfilled > 0; }},
    FulfilmentRule{FulfilmentStatus::allocated, "some unit is allocated",
                   [](const Units& u) { return u.allocated > 0; }},
    FulfilmentRule{FulfilmentStatus::none, "otherwise", [](const Units&) { return true; }}};

using ReturnRule = Rule<ReturnStatus, Units>;
constexpr std::array kReturnRules{
    ReturnRule{ReturnStatus::returned, "every fulfilled unit is returned",
               [](const Units& u) { return u.returned > 0 && u.returned >= u.fulfilled; }},
    ReturnRule{ReturnStatus::partly_returned, "some unit is returned",
               [](const Units& u) { return u.returned > 0; }},
    ReturnRule{ReturnStatus::initiated, "some unit is on its way back",
               [](const Units& u) { return u.initiated > 0; }},
    ReturnRule{ReturnStatus::none, "otherwise", [](const Units&) { return true; }}};

struct Money {
    Minor captured, refunded, authorized;
};

using PaymentRule = Rule<PaymentStatus, Money>;
constexpr std::array kPaymentRules{
    PaymentRule{PaymentStatus::none, "nothing captured, nothing authorized",
                [](const Money& m) { return m.captured == Minor{} && m.authorized == Minor{}; }},
    PaymentRule{PaymentStatus::authorized, "nothing captured",
                [](const Money& m) { return m.captured == Minor{}; }},
    PaymentRule{PaymentStatus::refunded, "refunded >= captured",
                [](const Money& m) { return m.refunded >= m.captured; }},
    PaymentRule{PaymentStatus::partly_refunded, "refunded > 0",
                [](const Money& m) { return m.refunded > Minor{}; }},
    PaymentRule{PaymentStatus::partly_captured, "more is authorized",
                [](const Money& m) { return m.authorized > Minor{}; }},
    PaymentRule{PaymentStatus::captured, "otherwise", [](const Money&) { return true; }}};

Minor operations(const Payment& payment, OperationKind kind) {
    Minor sum;
    for (const PaymentOperation& each : payment.operations)
        if (each.kind == kind && holds(each.state)) sum += each.amount;
    return sum;
}

}  // namespace

LineStatus status(const Line& line) {
    return first_of(kLineRules, line);
}
OrderStatus status(const Order& order) {
    return first_of(kOrderRules, units_of(order));
}
FulfilmentStatus fulfilment_status(const Order& order) {
    return first_of(kFulfilmentRules, units_of(order));
}
ReturnStatus return_status(const Order& order) {
    return first_of(kReturnRules, units_of(order));
}
PaymentStatus payment_status(const Order& order) {
    return first_of(kPaymentRules, Money{captured(order), refunded(order), authorized(order)});
}

std::vector<StatusRule> status_table(std::string_view of) {
    if (of == "line") return shown(kLineRules);
    if (of == "order") return shown(kOrderRules);
    if (of == "payment") return shown(kPaymentRules);
    if (of == "fulfilment") return shown(kFulfilmentRules);
    if (of == "return") return shown(kReturnRules);
    return {};
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

Minor captured(const Payment& payment) {
    if (payment.state == PaymentState::captured) return payment.amount;
    if (payment.state != PaymentState::authorized) return {};
    return operations(payment, OperationKind::capture);
}

Minor captured(const Order& order) {
    Minor sum;
    for (const Payment& payment : order.payments)
        sum += captured(payment);
    return sum;
}

Minor available_to_capture(const Payment& payment) {
    if (payment.state != PaymentState::authorized) return {};
    return std::max(Minor{}, payment.amount - operations(payment, OperationKind::capture) -
                                 operations(payment, OperationKind::reverse));
}

Minor authorized(const Order& order) {
    Minor sum;
    for (const Payment& payment : order.payments)
        sum += available_to_capture(payment);
    return sum;
}

Minor refunded(const Order& order) {
    Minor sum;
    for (const Refund& refund : order.refunds)
        if (holds(refund.state)) sum += refund.amount;
    return sum;
}

Minor available_to_refund(const Order& order, const Payment& payment) {
    Minor rest = captured(payment);
    for (const Refund& refund : order.refunds)
        if (refund.payment == payment.external_id && holds(refund.state)) rest -= refund.amount;
    return std::max(rest, Minor{});
}

namespace {

template <std::size_t N, class Status>
std::string_view word(const char* const (&names)[N], Status status) {
    return names[static_cast<std::size_t>(status)];
}

}  // namespace

std::string_view to_text(LineStatus status) {
    return word({"ordered", "partially_allocated", "allocated", "partially_fulfilled", "fulfilled",
                 "return_initiated", "reshipped", "returned", "cancelled"},
                status);
}

std::string_view to_text(OrderStatus status) {
    return word({"ordered", "allocated", "partially_fulfilled", "fulfilled", "partially_returned",
                 "returned", "cancelled"},
                status);
}

std::string_view to_text(PaymentStatus status) {
    return word(
        {"none", "authorized", "partly_captured", "captured", "partly_refunded", "refunded"},
        status);
}

std::string_view to_text(FulfilmentStatus status) {
    return word({"none", "allocated", "partly_fulfilled", "fulfilled", "delivered"}, status);
}

std::string_view to_text(ReturnStatus status) {
    return word({"none", "initiated", "partly_returned", "returned"}, status);
}

}  // namespace orderhub::domain
