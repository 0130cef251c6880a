#include "hub/servicing/codec.hpp"

#include <array>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <stdexcept>

namespace orderhub::domain {

namespace json = boost::json;

void tag_invoke(json::value_from_tag, json::value& to, Minor from) {
    to = from.count();
}
Minor tag_invoke(json::value_to_tag<Minor>, const json::value& from) {
    return Minor{from.to_number<std::int64_t>()};
}

void tag_invoke(json::value_from_tag, json::value& to, const Amount& from) {
    to = json::array{from.ex.count(), from.tax.count(), from.inc.count()};
}
Amount tag_invoke(json::value_to_tag<Amount>, const json::value& from) {
    const json::array& parts = from.as_array();
    return {Minor{parts.at(0).to_number<std::int64_t>()},
            Minor{parts.at(1).to_number<std::int64_t>()},
            Minor{parts.at(2).to_number<std::int64_t>()}};
}

BOOST_DESCRIBE_ENUM(LineKind, product, delivery, fee)
BOOST_DESCRIBE_ENUM(TaxLocale, net, gross)
BOOST_DESCRIBE_ENUM(ChangeKind, cancel, return_, add, adjust)
BOOST_DESCRIBE_ENUM(Echo, none, expected, done, seen)
BOOST_DESCRIBE_ENUM(PaymentState, pending, authorized, captured, declined, failed, cancelled)
BOOST_DESCRIBE_ENUM(RefundState, intent, sent, unknown, pending, succeeded, failed)
BOOST_DESCRIBE_ENUM(FulfilmentState, pending, shipped, delivered, cancelled)
BOOST_DESCRIBE_ENUM(MemoState, queued, unknown, posted, differs, refused)
BOOST_DESCRIBE_ENUM(Decision, none, suggested, linked)

BOOST_DESCRIBE_STRUCT(Currency, (), (code, exponent))
BOOST_DESCRIBE_STRUCT(Customer, (), (external_id, name, email, phone))
BOOST_DESCRIBE_STRUCT(Address, (),
                      (name, company, line1, line2, city, state, postcode, country, phone))
BOOST_DESCRIBE_STRUCT(Adjustment, (), (order_level, label, amount))
BOOST_DESCRIBE_STRUCT(Tax, (), (label, rate, amount))
BOOST_DESCRIBE_STRUCT(Pool, (), (units, taken, amount, taxes))
BOOST_DESCRIBE_STRUCT(Line, (),
                      (id, external_id, kind, sku, name, unit_price, list, adjustments, original,
                       pool, ordered, cancelled, allocated, fulfilled, return_initiated, returned,
                       reshipped, seen_quantity, seen_total, seen_restocked))
BOOST_DESCRIBE_STRUCT(ChangeLine, (), (line_id, quantity, delta, taxes))
BOOST_DESCRIBE_STRUCT(ChangeOrder, (),
                      (id, kind, origin, actor, reason, at, lines, delta, key, echo, done_at,
                       announced))
BOOST_DESCRIBE_STRUCT(Payment, (), (external_id, method, state, amount, reference, at))
BOOST_DESCRIBE_STRUCT(Refund, (),
                      (id, key, external_id, payment, amount, state, origin, change_order_id,
                       reason, reference, message, at, done_at))
BOOST_DESCRIBE_STRUCT(FulfilmentLine, (), (line_id, quantity))
BOOST_DESCRIBE_STRUCT(Fulfilment, (),
                      (external_id, state, lines, carrier, tracking_number, tracking_url, at))
BOOST_DESCRIBE_STRUCT(MemoLine, (), (kind, sku, name, quantity, total, taxes))
BOOST_DESCRIBE_STRUCT(CreditMemo, (),
                      (id, number, change_order_id, key, at, total, lines, state, posted_number,
                       message))
BOOST_DESCRIBE_STRUCT(ProcessException, (),
                      (id, code, subject, category, severity, message, active, raised_at,
                       resolved_at))
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, version, connector, external_id, number, channel, url, currency,
                       tax_locale, storefront_state, placed_at, observed_at, updated_at, customer,
                       billing_address, shipping_address, lines, change_orders, payments, refunds,
                       fulfilments, credit_memos, exceptions, storefront_totals))
BOOST_DESCRIBE_STRUCT(CaseMessage, (), (external_id, direction, author, at, text))
BOOST_DESCRIBE_STRUCT(Suggestion, (), (order_id, number, score, evidence))
BOOST_DESCRIBE_STRUCT(Case, (),
                      (id, version, connector, external_id, subject, state, desk_state, queue, url,
                       created_at, observed_at, updated_at, requester, order_number, messages,
                       decision, order_id, decided_by, suggestions))

}  // namespace orderhub::domain

namespace orderhub::servicing {

namespace {

template <class T>
T decode(std::string_view text) {
    try {
        return boost::json::value_to<T>(boost::json::parse(text));
    } catch (const std::exception& broken) {
        throw std::runtime_error(std::string("a stored document cannot be read: ") + broken.what());
    }
}

}  // namespace

std::string encode(const domain::Order& order) {
    return boost::json::serialize(boost::json::value_from(order));
}
std::string encode(const domain::Case& support_case) {
    return boost::json::serialize(boost::json::value_from(support_case));
}
domain::Order decode_order(std::string_view text) {
    return decode<domain::Order>(text);
}
domain::Case decode_case(std::string_view text) {
    return decode<domain::Case>(text);
}

}  // namespace orderhub::servicing
