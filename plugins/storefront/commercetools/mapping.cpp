#include "mapping.hpp"

#include <string_view>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "lines.hpp"
#include "payments.hpp"

namespace orderhub::commercetools {
namespace {

using documents::first_of;
using documents::flag_at;
using documents::instant_at;
using documents::price;
using documents::text_at;

constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestShort = 64;

std::string full_name(const Json& from) {
    const std::string first = text_at(from, "firstName");
    const std::string last = text_at(from, "lastName");
    return first.empty() || last.empty() ? first + last : first + " " + last;
}

sdk::Address to_address(const Json& from) {
    sdk::Address address;
    const std::string street = text_at(from, "streetName");
    const std::string number = text_at(from, "streetNumber");
    const std::string phone = text_at(from, "phone");
    address.name = first_of({full_name(from)}, kLongestText);
    address.company = first_of({text_at(from, "company")}, kLongestText);
    address.line1 = first_of({number.empty() ? street : street + " " + number}, kLongestText);
    address.line2 = first_of({text_at(from, "additionalStreetInfo")}, kLongestText);
    address.city = first_of({text_at(from, "city")}, kLongestText);
    address.state = first_of({text_at(from, "state"), text_at(from, "region")}, kLongestText);
    address.postcode = first_of({text_at(from, "postalCode")}, kLongestText);
    const std::string country = text_at(from, "country");
    if (country.size() == 2) address.country = country;
    address.phone = first_of({phone.empty() ? text_at(from, "mobile") : phone}, kLongestShort);
    return address;
}

std::optional<sdk::OrderCustomer> to_customer(const Json& order) {
    const Json& billing = order["billingAddress"];
    sdk::OrderCustomer customer;
    customer.external_id = first_of({text_at(order, "customerId")}, kLongestId);
    customer.name = first_of({full_name(billing)}, kLongestText);
    customer.email =
        first_of({text_at(order, "customerEmail"), text_at(billing, "email")}, kLongestText);
    customer.phone = first_of({text_at(billing, "phone")}, kLongestShort);
    if (const auto unit = first_of({text_at(order["businessUnit"], "key")}, kLongestId))
        customer.account.emplace().external_id = unit;
    const bool known = customer.external_id || customer.name || customer.email || customer.phone;
    return known ? std::optional(customer) : std::nullopt;
}

void take_addresses(const Json& order, sdk::Order& record) {
    if (order["billingAddress"].is_object())
        record.billing_address = to_address(order["billingAddress"]);
    if (order["shippingAddress"].is_object())
        record.shipping_address = to_address(order["shippingAddress"]);
    if (!record.shipping_address) record.shipping_address = record.billing_address;
    if (order["shippingInfo"].is_object())
        record.delivery_groups.push_back(
            {"shipping", record.shipping_address,
             first_of({text_at(order["shippingInfo"], "shippingMethodName")}, kLongestText)});
}

bool is_delivered(const Json& order) {
    return text_at(order, "shipmentState") == "Delivered";
}

sdk::OrderFulfilment to_fulfilment(const Json& delivery, bool delivered) {
    sdk::OrderFulfilment sent;
    sent.external_id = delivery.at("id").text();
    sent.state =
        delivered ? sdk::OrderFulfilmentState::delivered : sdk::OrderFulfilmentState::shipped;
    sent.key = first_of({text_at(delivery, "key")}, kLongestShort);
    sent.at = instant_at(delivery, "createdAt");
    for (const Json& item : list_at(delivery, "items"))
        sent.lines.push_back({item.at("id").text(), item.at("quantity").integer()});
    for (const Json& parcel : list_at(delivery, "parcels")) {
        const Json& tracking = parcel["trackingData"];
        if (text_at(tracking, "trackingId").empty() || flag_at(tracking, "isReturn")) continue;
        sent.tracking_number = first_of({text_at(tracking, "trackingId")}, kLongestId);
        sent.carrier = first_of({text_at(tracking, "carrier")}, kLongestId);
        break;
    }
    return sent;
}

/// Many projects set the state of the shipment alone: then all was sent at once.
void take_fulfilments(const Json& order, sdk::Order& record) {
    for (const auto& [id, info] : shipments(order))
        for (const Json& delivery : list_at(*info, "deliveries"))
            if (!list_at(delivery, "items").empty())
                record.fulfilments.push_back(to_fulfilment(delivery, is_delivered(order)));
    const bool all_sent = is_delivered(order) || text_at(order, "shipmentState") == "Shipped";
    if (!record.fulfilments.empty() || !all_sent) return;
    sdk::OrderFulfilment sent;
    sent.external_id = "shipment:" + record.source.external_id;
    sent.state = is_delivered(order) ? sdk::OrderFulfilmentState::delivered
                                     : sdk::OrderFulfilmentState::shipped;
    for (const sdk::OrderLine& line : record.lines)
        if (line.kind == sdk::OrderLineKind::product && line.quantity > 0)
            sent.lines.push_back({line.external_id, line.quantity});
    if (!sent.lines.empty()) record.fulfilments.push_back(std::move(sent));
}

/// Prices include tax if those of its items do.
bool is_gross(const Json& order) {
    for (const Json& item : list_at(order, "lineItems"))
        if (item["taxRate"].is_object()) return flag_at(item["taxRate"], "includedInPrice");
    return false;
}

sdk::Money total_of(const Json& order, const std::string& currency) {
    const Json& taxed = order["taxedPrice"];
    const std::int64_t inc =
        minor_of(taxed.is_null() ? order.at("totalPrice") : taxed.at("totalGross"), currency);
    const std::int64_t ex = taxed.is_null() ? inc : minor_of(taxed.at("totalNet"), currency);
    return price(ex, inc - ex, currency);
}

}  // namespace

std::int64_t changed_at(const Json& resource) {
    const auto instant = sdk::from_rfc3339(resource.at("lastModifiedAt").text());
    if (!instant) throw sdk::JsonError("'lastModifiedAt' is no instant");
    return *instant;
}

bool is_cancelled(const Json& order) {
    return text_at(order, "orderState") == "Cancelled";
}

std::map<std::string, std::int64_t> delivered_units(const Json& order) {
    std::map<std::string, std::int64_t> units;
    for (const auto& [id, info] : shipments(order))
        for (const Json& delivery : list_at(*info, "deliveries"))
            for (const Json& item : list_at(delivery, "items"))
                units[item.at("id").text()] += item.at("quantity").integer();
    return units;
}

const Json* find_delivery(const Json& order, std::string_view key) {
    for (const auto& [id, info] : shipments(order))
        for (const Json& delivery : list_at(*info, "deliveries"))
            if (text_at(delivery, "key") == key) return &delivery;
    return nullptr;
}

sdk::Order to_order(const Settings& settings, const Shown& shown) {
    const Json& order = shown.order;
    sdk::Order record;
    record.currency = order.at("totalPrice").at("currencyCode").text();
    record.source.external_id = order.at("id").text();
    record.source.external_version = order.at("version").text_or_digits();
    record.source.updated_at = instant_at(order, "lastModifiedAt");
    record.source.observed_at = shown.observed_at;
    record.number =
        first_of({text_at(order, "orderNumber"), record.source.external_id}, kLongestId).value();
    record.channel = first_of({text_at(order["store"], "key")}, kLongestShort);
    if (!settings.managed) record.managed = false;
    record.tax_locale = is_gross(order) ? sdk::OrderTaxLocale::gross : sdk::OrderTaxLocale::net;
    record.state = is_cancelled(order) ? sdk::OrderState::cancelled : sdk::OrderState::open;
    record.storefront_state = first_of({text_at(order, "orderState")}, kLongestShort);
    record.placed_at = instant_at(order, "createdAt").value_or(shown.observed_at);
    record.customer = to_customer(order);
    take_addresses(order, record);
    record.lines = to_lines(settings, order, record.currency);
    record.totals = total_of(order, record.currency);
    for (const Json& reference : list_at(order["paymentInfo"], "payments"))
        if (reference["obj"].is_object()) take_payment(reference["obj"], record);
    take_fulfilments(order, record);
    if (record.state == sdk::OrderState::open) return record;
    record.lines = cancelled(std::move(record.lines), record.currency);
    record.totals = price(0, 0, record.currency);
    record.fulfilments.clear();
    return record;
}

}  // namespace orderhub::commercetools
