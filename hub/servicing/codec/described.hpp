// The members and words of the domain's types, for what is generic over them: the codec that stores
// documents and the words that the API speaks.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "hub/domain/case.hpp"
#include "hub/domain/discount.hpp"
#include "hub/domain/order.hpp"

namespace orderhub::domain {

BOOST_DESCRIBE_ENUM(LineKind, product, delivery, fee)
BOOST_DESCRIBE_ENUM(TaxLocale, net, gross)
BOOST_DESCRIBE_ENUM(Stage, pre, in, post)
BOOST_DESCRIBE_ENUM(ChangeKind, cancel, return_, discount, fee, add, adjust, refund, chargeback)
BOOST_DESCRIBE_ENUM(Echo, none, expected, done, seen)
BOOST_DESCRIBE_ENUM(PaymentState, pending, authorized, captured, declined, failed, cancelled)
BOOST_DESCRIBE_ENUM(MoneyState, intent, reserved, sent, unknown, pending, succeeded, failed)
BOOST_DESCRIBE_ENUM(OperationKind, capture, reverse)
BOOST_DESCRIBE_ENUM(RefundKind, change, excess, goodwill, transfer, foreign)
BOOST_DESCRIBE_ENUM(FulfilmentKind, standard, reship)
BOOST_DESCRIBE_ENUM(FulfilmentState, draft, pending, shipped, delivered, cancelled)
BOOST_DESCRIBE_ENUM(DocumentState, queued, unknown, posted, differs, refused)
BOOST_DESCRIBE_ENUM(FeeBasis, amount_with_tax, amount_without_tax, percentage, percentage_gross)
BOOST_DESCRIBE_ENUM(DeliveryRule, keep, proportional)
BOOST_DESCRIBE_ENUM(DiscountBasis, amount_with_tax, amount_without_tax, percentage)
BOOST_DESCRIBE_ENUM(InFulfilment, disallowed, pre_fulfilment, in_fulfilment)
BOOST_DESCRIBE_ENUM(ReturnState, draft, submitted, approved, partly_received, received, closed,
                    cancelled)
BOOST_DESCRIBE_ENUM(ExceptionState, active, ignored, resolved)
BOOST_DESCRIBE_ENUM(Relation, exchange, exchanged)
BOOST_DESCRIBE_ENUM(Decision, none, suggested, linked)

BOOST_DESCRIBE_STRUCT(Currency, (), (code, exponent))
BOOST_DESCRIBE_STRUCT(Account, (), (external_id, name))
BOOST_DESCRIBE_STRUCT(Customer, (), (external_id, name, email, phone, account))
BOOST_DESCRIBE_STRUCT(Address, (),
                      (name, company, line1, line2, city, state, postcode, country, phone))
BOOST_DESCRIBE_STRUCT(DeliveryGroup, (), (id, recipient, method))
BOOST_DESCRIBE_STRUCT(Adjustment, (), (order_level, label, amount))
BOOST_DESCRIBE_STRUCT(Tax, (), (label, rate, amount))
BOOST_DESCRIBE_STRUCT(Pool, (), (units, taken, amount, taxes))
BOOST_DESCRIBE_STRUCT(Line, (),
                      (id, external_id, kind, sku, name, delivery_group, bundle, units_per_bundle,
                       unit_price, list, adjustments, original, pools, ordered, cancelled,
                       allocated, fulfilled, return_initiated, returned, reshipped, seen_quantity,
                       seen_total, seen_restocked))
BOOST_DESCRIBE_STRUCT(ChangeLine, (), (line_id, quantity, delta, taxes))
BOOST_DESCRIBE_STRUCT(ChangeOrder, (),
                      (id, action_id, kind, stage, origin, actor, reason, at, lines, delta, money,
                       key, echo, done_at))
BOOST_DESCRIBE_STRUCT(PaymentOperation, (),
                      (id, key, action_id, kind, external_id, amount, state, message, at))
BOOST_DESCRIBE_STRUCT(Payment, (),
                      (external_id, method, state, amount, reference, at, operations, source_order,
                       source_payment))
BOOST_DESCRIBE_STRUCT(Refund, (),
                      (id, key, external_id, payment, operation, amount, kind, state, origin,
                       action_id, reason, reference, message, replaces, order, connector, at,
                       done_at))
BOOST_DESCRIBE_STRUCT(FulfilmentLine, (), (line_id, quantity))
BOOST_DESCRIBE_STRUCT(Fulfilment, (),
                      (id, key, external_id, kind, state, lines, carrier, tracking_number,
                       tracking_url, at, origin, action_id, reason))
BOOST_DESCRIBE_STRUCT(DocumentLine, (), (kind, sku, name, quantity, total, taxes))
BOOST_DESCRIBE_STRUCT(Document, (),
                      (id, number, action_id, change_orders, fulfilments, reason, key, at, total,
                       lines, state, posted_number, message))
BOOST_DESCRIBE_STRUCT(Fee, (), (label, basis, value))
BOOST_DESCRIBE_STRUCT(ReturnLine, (),
                      (id, line_id, expected, received, accepted, rejected, reason, condition,
                       rejection_reason, received_at, held))
BOOST_DESCRIBE_STRUCT(ReturnOrder, (),
                      (id, number, action_id, state, reason, actor, at, closed_at, lines, fees,
                       delivery, exchange_order))
BOOST_DESCRIBE_STRUCT(ProcessException, (),
                      (id, code, subject, category, severity, message, state, suspends, raised_at,
                       resolved_at, resolved_by, resolution, priority))
BOOST_DESCRIBE_STRUCT(ActionTaken, (), (id, name, actor, reason, at, announced, subject))
BOOST_DESCRIBE_STRUCT(RelatedOrder, (), (relation, order_id, number))
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, version, connector, external_id, number, channel, url, managed, currency,
                       tax_locale, storefront_state, placed_at, observed_at, updated_at, customer,
                       billing_address, shipping_address, delivery_groups, lines, actions,
                       change_orders, payments, refunds, fulfilments, return_orders, credit_memos,
                       invoices, exceptions, related, storefront_totals))
BOOST_DESCRIBE_STRUCT(CaseMessage, (), (external_id, direction, author, at, text))
BOOST_DESCRIBE_STRUCT(Suggestion, (), (order_id, number, score, evidence))
BOOST_DESCRIBE_STRUCT(Case, (),
                      (id, version, connector, external_id, subject, state, desk_state, queue, url,
                       created_at, observed_at, updated_at, requester, order_number, messages,
                       decision, order_id, decided_by, suggestions, further_orders, rejected_orders,
                       shown_digest, showing, shown_at))

}  // namespace orderhub::domain

namespace orderhub::servicing {

/// The name of an enumerator without the underscore that keeps it from being a keyword.
constexpr std::string_view plain(std::string_view name) {
    return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

/// The word for a value of a described enum: "return", "partly_received".
template <class Enum>
std::string_view word(Enum value) {
    return plain(boost::describe::enum_to_string(value, ""));
}

template <class Enum>
std::optional<Enum> from_word(std::string_view text) {
    std::optional<Enum> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (plain(each.name) == text) found = each.value;
    });
    return found;
}

/// "net, gross", to tell somebody what is allowed.
template <class Enum>
std::string all_words() {
    std::string text;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (!text.empty()) text += ", ";
        text += plain(each.name);
    });
    return text;
}

}  // namespace orderhub::servicing
