#include "mapping.hpp"

#include <initializer_list>
#include <map>
#include <string_view>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "lines.hpp"

namespace orderhub::b2c_commerce {
namespace {

using documents::first_of;
using documents::instant_at;
using documents::text_at;

constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestPhone = 64;

const std::vector<Json>& list_at(const Json& from, std::string_view key) {
    static const std::vector<Json> kNone;
    return from[key].is_array() ? from[key].items() : kNone;
}

std::string joined(std::initializer_list<std::string> parts, std::string_view separator) {
    std::string all;
    for (const std::string& part : parts)
        if (!part.empty()) (all += all.empty() ? "" : separator) += part;
    return all;
}

std::optional<std::string> country_of(const Json& address) {
    std::string code = text_at(address, "countryCode");
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool is_code = code.size() == 2 &&
                         code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    return is_code ? std::optional(code) : std::nullopt;
}

sdk::Address to_address(const Json& from) {
    sdk::Address address;
    address.name = first_of({text_at(from, "fullName"),
                             joined({text_at(from, "firstName"), text_at(from, "lastName")}, " ")},
                            kLongestText);
    address.company = first_of({text_at(from, "companyName")}, kLongestText);
    address.line1 = first_of({text_at(from, "address1"), text_at(from, "postBox")}, kLongestText);
    address.line2 =
        first_of({joined({text_at(from, "address2"), text_at(from, "suite")}, ", ")}, kLongestText);
    address.city = first_of({text_at(from, "city")}, kLongestText);
    address.state = first_of({text_at(from, "stateCode")}, kLongestText);
    address.postcode = first_of({text_at(from, "postalCode")}, kLongestText);
    address.country = country_of(from);
    address.phone = first_of({text_at(from, "phone")}, kLongestPhone);
    return address;
}

std::optional<sdk::OrderCustomer> to_customer(const Json& order) {
    const Json& info = order["customerInfo"];
    const Json& billing = order["billingAddress"];
    sdk::OrderCustomer customer;
    customer.external_id =
        first_of({text_at(info, "customerNo"), text_at(info, "customerId")}, kLongestId);
    customer.name = first_of({text_at(info, "customerName"), to_address(billing).name.value_or("")},
                             kLongestText);
    customer.email = first_of({text_at(info, "email")}, kLongestText);
    customer.phone = first_of({text_at(billing, "phone")}, kLongestPhone);
    if (text_at(order, "businessType") == "b2b")
        if (const auto company = first_of({text_at(billing, "companyName")}, kLongestText))
            customer.account.emplace().name = company;
    const bool known = customer.external_id || customer.name || customer.email || customer.phone;
    return known ? std::optional(customer) : std::nullopt;
}

void take_shipments(const Json& order, sdk::Order& record) {
    for (const Json& shipment : list_at(order, "shipments")) {
        sdk::OrderDeliveryGroup group;
        group.id = shipment.at("shipmentId").text();
        if (shipment["shippingAddress"].is_object())
            group.recipient = to_address(shipment["shippingAddress"]);
        group.method = first_of({text_at(shipment["shippingMethod"], "id")}, kLongestText);
        if (!record.shipping_address) record.shipping_address = group.recipient;
        record.delivery_groups.push_back(std::move(group));
    }
}

/// Units of a shipment that the shop itself has sent. It keeps no list of parcels.
void take_fulfilments(const Json& order, sdk::Order& record) {
    for (const Json& shipment : list_at(order, "shipments")) {
        if (text_at(shipment, "shippingStatus") != "shipped") continue;
        sdk::OrderFulfilment sent;
        const std::string id = shipment.at("shipmentId").text();
        sent.external_id = first_of({text_at(shipment, "shipmentNo"), id}, kLongestId).value();
        sent.state = sdk::OrderFulfilmentState::shipped;
        sent.tracking_number = first_of({text_at(shipment, "trackingNumber")}, kLongestId);
        for (const sdk::OrderLine& line : record.lines)
            if (line.kind == sdk::OrderLineKind::product && line.quantity > 0 &&
                line.delivery_group == id)
                sent.lines.push_back({line.external_id, line.quantity});
        if (!sent.lines.empty()) record.fulfilments.push_back(std::move(sent));
    }
}

/// The document has one state of payment for the whole order, and one transaction for each
/// instrument.
sdk::OrderPaymentState payment_state(const Json& order, const Json& transaction) {
    if (transaction.is_null()) return sdk::OrderPaymentState::pending;
    const Json& status = transaction["authorizationStatus"]["status"];
    const std::string word = status.is_null() ? "" : status.text_or_digits();
    if (word == "error" || word == "1") return sdk::OrderPaymentState::declined;
    if (is_cancelled(order) && text_at(order, "paymentStatus") != "paid")
        return sdk::OrderPaymentState::cancelled;
    return text_at(order, "paymentStatus") == "paid" ? sdk::OrderPaymentState::captured
                                                     : sdk::OrderPaymentState::authorized;
}

void take_payments(const Json& order, sdk::Order& record) {
    for (const Json& instrument : list_at(order, "paymentInstruments")) {
        const Json& transaction = instrument["paymentTransaction"];
        sdk::OrderPayment payment;
        payment.external_id = instrument.at("paymentInstrumentId").text_or_digits();
        payment.method =
            first_of({text_at(instrument, "paymentMethodId"), "unknown"}, kLongestId).value();
        payment.state = payment_state(order, transaction);
        payment.amount = sdk::to_decimal(
            documents::minor_of(transaction["amount"], record.currency), record.currency);
        payment.reference = first_of({text_at(transaction, "transactionId")}, kLongestText);
        record.payments.push_back(std::move(payment));
    }
}

bool was_placed(const Json& order) {
    const std::string status = text_at(order, "status");
    return status != "created" && status != "failed" && status != "failed_with_reopen";
}

}  // namespace

std::int64_t changed_at(const Json& order) {
    const auto instant = sdk::from_rfc3339(order.at("lastModified").text());
    if (!instant) throw sdk::JsonError("'lastModified' is no instant");
    return *instant;
}

bool is_cancelled(const Json& order) {
    return text_at(order, "status") == "cancelled";
}

std::optional<sdk::Order> to_order(const Settings& settings, const Json& order,
                                   const std::string& observed_at) {
    const std::string currency = text_at(order, "currency");
    if (!was_placed(order) || currency.empty() || currency == "N/A") return std::nullopt;
    sdk::Order record;
    record.currency = currency;
    record.number = order.at("orderNo").text();
    record.source.external_id = record.number;
    record.source.external_version = first_of({text_at(order, "lastModified")}, kLongestId);
    record.source.updated_at = instant_at(order, "lastModified");
    record.source.observed_at = observed_at;
    record.channel = settings.site_id;
    if (!settings.managed) record.managed = false;
    record.tax_locale = text_at(order, "taxation") == "gross" ? sdk::OrderTaxLocale::gross
                                                              : sdk::OrderTaxLocale::net;
    record.state = is_cancelled(order) ? sdk::OrderState::cancelled : sdk::OrderState::open;
    record.storefront_state = first_of({text_at(order, "status")}, kLongestPhone);
    record.placed_at = instant_at(order, "placeDate")
                           .value_or(instant_at(order, "creationDate").value_or(observed_at));
    record.customer = to_customer(order);
    if (order["billingAddress"].is_object())
        record.billing_address = to_address(order["billingAddress"]);
    record.lines = to_lines(order, currency);
    const std::int64_t tax = documents::minor_of(order["taxTotal"], currency);
    const std::int64_t inc = documents::minor_of(order["orderTotal"], currency);
    record.totals = documents::price(inc - tax, tax, currency);
    take_shipments(order, record);
    take_fulfilments(order, record);
    take_payments(order, record);
    if (!is_cancelled(order)) return record;
    record.lines = cancelled(std::move(record.lines), currency);
    record.totals = documents::price(0, 0, currency);
    return record;
}

}  // namespace orderhub::b2c_commerce
