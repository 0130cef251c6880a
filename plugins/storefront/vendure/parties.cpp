#include "parties.hpp"

#include <algorithm>

namespace orderhub::vendure {
namespace {

bool is_country_code(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// An address that nobody filled in is an object of nulls.
json::object map_address(const json::object& address) {
    json::object mapped;
    put_text(mapped, "name", text_of(address, "fullName"), 255);
    put_text(mapped, "company", text_of(address, "company"), 255);
    put_text(mapped, "line1", text_of(address, "streetLine1"), 255);
    put_text(mapped, "line2", text_of(address, "streetLine2"), 255);
    put_text(mapped, "city", text_of(address, "city"), 255);
    put_text(mapped, "state", text_of(address, "province"), 255);
    put_text(mapped, "postcode", text_of(address, "postalCode"), 255);
    if (is_country_code(text_of(address, "countryCode")))
        put_text(mapped, "country", text_of(address, "countryCode"), 2);
    put_text(mapped, "phone", text_of(address, "phoneNumber"), 64);
    return mapped;
}

json::object map_customer(const json::object& customer) {
    std::string name(text_of(customer, "firstName"));
    const std::string_view last = text_of(customer, "lastName");
    if (!name.empty() && !last.empty()) name += ' ';
    name += last;
    json::object mapped{{"external_id", id_of(customer, "id")}};
    put_text(mapped, "name", name, 255);
    put_text(mapped, "email", text_of(customer, "emailAddress"), 255);
    put_text(mapped, "phone", text_of(customer, "phoneNumber"), 64);
    return mapped;
}

void put_address(json::object& record, std::string_view key, const json::object* address) {
    if (address == nullptr) return;
    json::object mapped = map_address(*address);
    if (!mapped.empty()) record[key] = std::move(mapped);
}

}  // namespace

void put_parties(json::object& record, const json::object& order) {
    if (const json::object* customer = object_of(order, "customer"))
        record["customer"] = map_customer(*customer);
    put_address(record, "billing_address", object_of(order, "billingAddress"));
    put_address(record, "shipping_address", object_of(order, "shippingAddress"));
}

}  // namespace orderhub::vendure
