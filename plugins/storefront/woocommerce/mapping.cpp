#include "mapping.hpp"

#include <string_view>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "lines.hpp"
#include "refunds.hpp"

namespace orderhub::woocommerce {
namespace {

using documents::first_of;
using documents::minor_of;
using documents::price;
using documents::text_at;

constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestPhone = 64;
constexpr std::string_view kDelivery = "shipping";

/// Instants come without a zone; those of members named so are UTC.
std::optional<std::string> gmt_at(const Json& from, std::string_view key) {
    const std::string text = text_at(from, key);
    const auto instant = sdk::from_rfc3339(text.ends_with('Z') ? text : text + "Z");
    return instant ? std::optional(sdk::to_rfc3339(*instant)) : std::nullopt;
}

std::string full_name(const Json& from) {
    const std::string first = text_at(from, "first_name");
    const std::string last = text_at(from, "last_name");
    return first.empty() || last.empty() ? first + last : first + " " + last;
}

std::optional<std::string> country_of(const Json& address) {
    const std::string code = text_at(address, "country");
    const bool is_code = code.size() == 2 &&
                         code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    return is_code ? std::optional(code) : std::nullopt;
}

sdk::Address to_address(const Json& from) {
    sdk::Address address;
    address.name = first_of({full_name(from)}, kLongestText);
    address.company = first_of({text_at(from, "company")}, kLongestText);
    address.line1 = first_of({text_at(from, "address_1")}, kLongestText);
    address.line2 = first_of({text_at(from, "address_2")}, kLongestText);
    address.city = first_of({text_at(from, "city")}, kLongestText);
    address.state = first_of({text_at(from, "state")}, kLongestText);
    address.postcode = first_of({text_at(from, "postcode")}, kLongestText);
    address.country = country_of(from);
    address.phone = first_of({text_at(from, "phone")}, kLongestPhone);
    return address;
}

/// A guest has no number.
std::optional<sdk::OrderCustomer> to_customer(const Json& order) {
    const Json& billing = order["billing"];
    const std::string id = order["customer_id"].text_or_empty();
    sdk::OrderCustomer customer;
    customer.external_id = first_of({id == "0" ? "" : id}, kLongestId);
    customer.name = first_of({full_name(billing)}, kLongestText);
    customer.email = first_of({text_at(billing, "email")}, kLongestText);
    customer.phone = first_of({text_at(billing, "phone")}, kLongestPhone);
    const bool known = customer.external_id || customer.name || customer.email || customer.phone;
    return known ? std::optional(customer) : std::nullopt;
}

/// Many shops leave the address of delivery empty where it is that of the bill.
void take_addresses(const Json& order, sdk::Order& record) {
    record.billing_address = to_address(order["billing"]);
    const bool is_given = !text_at(order["shipping"], "address_1").empty() ||
                          !text_at(order["shipping"], "city").empty();
    record.shipping_address = is_given ? to_address(order["shipping"]) : record.billing_address;
    const auto& delivery = list_at(order, "shipping_lines");
    if (delivery.empty()) return;
    record.delivery_groups.push_back(
        {std::string(kDelivery), record.shipping_address,
         first_of({text_at(delivery.front(), "method_title")}, kLongestText)});
}

sdk::OrderPaymentState payment_state(const Json& order) {
    if (gmt_at(order, "date_paid_gmt")) return sdk::OrderPaymentState::captured;
    if (text_at(order, "status") == "failed") return sdk::OrderPaymentState::declined;
    return is_cancelled(order) ? sdk::OrderPaymentState::cancelled
                               : sdk::OrderPaymentState::pending;
}

/// An order is paid by one payment, in one go.
void take_payment(const Json& order, sdk::Order& record) {
    const std::int64_t amount = minor_of(order["total"], record.currency);
    if (amount == 0) return;
    sdk::OrderPayment payment;
    payment.external_id = record.source.external_id;
    payment.method = first_of({text_at(order, "payment_method"), "unknown"}, kLongestId).value();
    payment.state = payment_state(order);
    payment.amount = sdk::to_decimal(amount, record.currency);
    payment.reference = first_of({text_at(order, "transaction_id")}, kLongestText);
    payment.at = gmt_at(order, "date_paid_gmt");
    record.payments.push_back(std::move(payment));
}

/// The shop knows a whole order as sent.
void take_completion(const Json& order, sdk::Order& record) {
    const std::string status = text_at(order, "status");
    const auto at = gmt_at(order, "date_completed_gmt");
    if (status != "completed" && !(status == "refunded" && at)) return;
    sdk::OrderFulfilment sent;
    sent.external_id = completion_id(record.source.external_id);
    sent.state = sdk::OrderFulfilmentState::shipped;
    sent.at = at;
    for (const sdk::OrderLine& line : record.lines)
        if (line.kind == sdk::OrderLineKind::product && line.quantity > 0)
            sent.lines.push_back({line.external_id, line.quantity});
    if (!sent.lines.empty()) record.fulfilments.push_back(std::move(sent));
}

void take_refunds(const Settings& settings, const Shown& shown, sdk::Order& record) {
    for (const Json& refund : shown.refunds) {
        const std::int64_t amount = minor_of(refund["amount"], record.currency);
        if (amount == 0) continue;
        sdk::OrderRefund given;
        given.external_id = refund.at("id").text_or_digits();
        given.payment = record.source.external_id;
        given.amount = sdk::to_decimal(amount < 0 ? -amount : amount, record.currency);
        given.state = is_under_way(settings, refund) ? sdk::OrderRefundState::pending
                                                     : sdk::OrderRefundState::succeeded;
        const Reason reason = split_reason(text_at(refund, "reason"));
        given.key = first_of({key_of(refund)}, kLongestPhone);
        given.reason = first_of({reason.text}, 1000);
        given.at = gmt_at(refund, "date_created_gmt");
        record.refunds.push_back(std::move(given));
    }
}

}  // namespace

std::string completion_id(std::string_view order_id) {
    return "completed:" + std::string(order_id);
}

std::int64_t changed_at(const Json& order) {
    const auto at = gmt_at(order, "date_modified_gmt");
    if (!at) throw sdk::JsonError("'date_modified_gmt' is no instant");
    return sdk::from_rfc3339(*at).value();
}

bool is_cancelled(const Json& order) {
    const std::string status = text_at(order, "status");
    if (status == "cancelled" || status == "trash") return true;
    if (status != "refunded") return false;
    for (const Json& each : list_at(order, "meta_data"))
        if (text_at(each, "key") == kCancelledBy) return true;
    return false;
}

std::optional<sdk::Order> to_order(const Settings& settings, const Shown& shown) {
    const Json& order = shown.order;
    const std::string status = text_at(order, "status");
    if (settings.ignored_statuses.contains(status)) return std::nullopt;
    sdk::Order record;
    record.currency = order.at("currency").text();
    record.source.external_id = order.at("id").text_or_digits();
    record.number =
        first_of({order["number"].text_or_empty(), record.source.external_id}, kLongestId).value();
    record.source.updated_at = gmt_at(order, "date_modified_gmt");
    record.source.external_version = record.source.updated_at;
    record.source.observed_at = shown.observed_at;
    if (!settings.managed) record.managed = false;
    const bool gross =
        order["prices_include_tax"].is_bool() && order["prices_include_tax"].boolean();
    record.tax_locale = gross ? sdk::OrderTaxLocale::gross : sdk::OrderTaxLocale::net;
    record.state = is_cancelled(order) ? sdk::OrderState::cancelled : sdk::OrderState::open;
    record.storefront_state = first_of({status}, kLongestPhone);
    record.placed_at = gmt_at(order, "date_created_gmt").value_or(shown.observed_at);
    record.customer = to_customer(order);
    take_addresses(order, record);
    record.lines = to_lines(order, record.currency);
    const std::int64_t tax = minor_of(order["total_tax"], record.currency);
    record.totals = price(minor_of(order["total"], record.currency) - tax, tax, record.currency);
    take_payment(order, record);
    take_refunds(settings, shown, record);
    take_completion(order, record);
    if (record.state == sdk::OrderState::open) return record;
    record.lines = cancelled(std::move(record.lines), record.currency);
    record.totals = price(0, 0, record.currency);
    record.fulfilments.clear();
    return record;
}

}  // namespace orderhub::woocommerce
