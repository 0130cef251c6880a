// Payments, refunds and documents for the books.
#include <algorithm>

#include "hub/domain/exchange.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/status.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::array operations_view(const domain::Payment& payment, const domain::Currency& currency) {
    json::array views;
    for (const domain::PaymentOperation& each : payment.operations)
        views.push_back({{"id", each.id},
                         {"kind", word(each.kind)},
                         {"external_id", each.external_id},
                         {"amount", domain::to_decimal(each.amount, currency)},
                         {"state", word(each.state)},
                         {"action", each.action_id},
                         {"message", each.message},
                         {"at", instant_view(each.at)}});
    return views;
}

domain::Minor refunds_in(const domain::Order& order,
                         std::initializer_list<domain::MoneyState> states) {
    domain::Minor sum;
    for (const domain::Refund& each : order.refunds)
        if (std::ranges::find(states, each.state) != states.end()) sum += each.amount;
    return sum;
}

}  // namespace

json::array payments_view(const domain::Order& order) {
    const auto text = [&](domain::Minor amount) {
        return domain::to_decimal(amount, order.currency);
    };
    json::array views;
    for (const domain::Payment& each : order.payments)
        views.push_back({{"external_id", each.external_id},
                         {"method", each.method},
                         {"state", word(each.state)},
                         {"amount", text(each.amount)},
                         {"captured", text(domain::captured(each))},
                         {"available_to_capture", text(domain::available_to_capture(each))},
                         {"available_to_refund", text(domain::available_to_refund(order, each))},
                         {"reference", each.reference},
                         {"source_order", each.source_order},
                         {"source_payment", each.source_payment},
                         {"operations", operations_view(each, order.currency)},
                         {"at", instant_view(each.at)}});
    return views;
}

json::object refund_view(const domain::Refund& refund, const domain::Order& order) {
    return {{"id", refund.id},
            {"external_id", refund.external_id},
            {"payment", refund.payment},
            {"operation", refund.operation},
            {"amount", domain::to_decimal(refund.amount, order.currency)},
            {"kind", word(refund.kind)},
            {"state", word(refund.state)},
            {"origin", refund.origin},
            {"action", refund.action_id},
            {"reason", refund.reason},
            {"reference", refund.reference},
            {"message", refund.message},
            {"replaces", refund.replaces},
            {"order", refund.order},
            {"at", instant_view(refund.at)}};
}

json::object document_view(const domain::Document& document, const domain::Order& order) {
    json::object view = document_record(order, document);
    view["id"] = document.id;
    view["action"] = document.action_id;
    view["state"] = word(document.state);
    view["posted_number"] = document.posted_number;
    view["message"] = document.message;
    return view;
}

json::object money_view(const domain::Order& order) {
    const auto text = [&](domain::Minor amount) {
        return domain::to_decimal(amount, order.currency);
    };
    const domain::Minor captured = domain::captured(order);
    const domain::Minor refunded = domain::refunded(order);
    const domain::Minor unknown = refunds_in(order, {domain::MoneyState::unknown});
    const domain::Minor under_way =
        refunds_in(order, {domain::MoneyState::intent, domain::MoneyState::reserved,
                           domain::MoneyState::sent, domain::MoneyState::pending});
    domain::Minor to_capture;
    for (const domain::Payment& each : order.payments)
        to_capture += domain::available_to_capture(each);
    return {{"authorized", text(domain::authorized(order))},
            {"captured", text(captured)},
            {"to_capture", text(to_capture)},
            {"kept", text(captured - refunded)},
            {"refunded", text(refunded)},
            {"refunds_confirmed", text(refunded - under_way - unknown)},
            {"refunds_under_way", text(under_way)},
            {"refunds_unknown", text(unknown)},
            {"excess", text(domain::excess_funds(order))},
            {"balance_due", text(domain::balance_due(order))}};
}

}  // namespace orderhub::servicing
