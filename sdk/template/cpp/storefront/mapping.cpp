#include "mapping.hpp"

namespace @NAME@ {

using namespace orderhub::sdk;

namespace {

// SCAFFOLD: `gross` is what all units of the line cost, tax included; `tax` is what of it is tax.
Order::Line to_line(const Json& from, const std::string& currency) {
    const Amount gross(from.at("gross").text_or_digits(), currency);
    const Amount tax(from.at("tax").text_or_digits(), currency);
    Order::Line line;
    line.external_id = from.at("id").text_or_digits();
    line.kind = from["sku"].is_null() ? Order::Line::Kind::delivery : Order::Line::Kind::product;
    if (!from["sku"].is_null()) line.sku = from["sku"].text();
    line.name = from.at("name").text();
    line.quantity = from.at("quantity").integer();
    line.list = line.total = money_of(gross, tax);
    line.taxes.push_back({"tax", from.at("tax_rate").text_or_digits(), tax.text()});
    return line;
}

// SCAFFOLD: the system's words for where a payment stands.
Order::Payment to_payment(const Json& from, const std::string& currency) {
    Order::Payment payment;
    payment.external_id = from.at("id").text_or_digits();
    payment.method = from.at("method").text();
    payment.state = from_word<Order::Payment::State>(from.at("state").text()).value_or(Order::Payment::State::pending);
    payment.amount = Amount(from.at("amount").text_or_digits(), currency).text();
    return payment;
}

Order::Refund to_refund(const Json& from, const std::string& currency) {
    Order::Refund refund;
    refund.external_id = from.at("id").text_or_digits();
    refund.payment = from.at("payment").text_or_digits();
    refund.amount = Amount(from.at("amount").text_or_digits(), currency).text();
    refund.state = Order::Refund::State::succeeded;
    if (from["tag"].is_text()) refund.key = from["tag"].text();
    return refund;
}

}  // namespace

// SCAFFOLD: the members as your system names them. A record is a full snapshot of the order as it is now.
Order to_order(const Json& order, const std::string& observed_at) {
    const std::string currency = order.at("currency").text();
    Order record;
    record.source.external_id = order.at("id").text_or_digits();
    record.source.updated_at = order.at("changed").text();
    record.source.observed_at = observed_at;
    record.number = order.at("number").text();
    record.currency = currency;
    record.tax_locale = Order::TaxLocale::gross;
    record.state = order["cancelled"] == Json(true) ? Order::State::cancelled : Order::State::open;
    record.placed_at = order.at("placed").text();
    if (order["email"].is_text()) record.customer.emplace().email = order["email"].text();
    Amount gross("0", currency);
    Amount tax("0", currency);
    for (const Json& each : order.at("lines").items()) {
        record.lines.push_back(to_line(each, currency));
        gross += inc_of(record.lines.back().total, currency);
        tax += tax_of(record.lines.back().total, currency);
    }
    record.totals = money_of(gross, tax);
    for (const Json& each : order.at("payments").items())
        record.payments.push_back(to_payment(each, currency));
    for (const Json& each : order.at("refunds").items())
        record.refunds.push_back(to_refund(each, currency));
    return record;
}

}  // namespace @NAME@
