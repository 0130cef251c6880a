#include "mapping.hpp"

#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <stdexcept>
#include <string_view>

#include "amounts.hpp"

namespace orderhub::signed_orders {

namespace json = boost::json;

namespace {

std::string text_at(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

std::string instant_at(const json::object& from, std::string_view key) {
    std::string text = text_at(from, key);
    if (!is_instant(text))
        throw std::invalid_argument(std::string(key) +
                                    " must be an instant in UTC, such as 2026-11-18T11:06:40Z");
    return text;
}

void put(json::object& to, std::string_view key, std::string text) {
    if (!text.empty()) to[key] = std::move(text);
}

std::int64_t count(const json::value& text) {
    // A currency without decimals reads a whole number.
    return sdk::to_minor(text.as_string(), "JPY");
}

json::object read_customer(const json::object& from) {
    json::object customer;
    put(customer, "external_id", text_at(from, "id"));
    put(customer, "name", text_at(from, "firstName") + " " + text_at(from, "lastName"));
    put(customer, "email", text_at(from, "email"));
    put(customer, "phone", text_at(from, "phone"));
    return customer;
}

json::object read_address(const json::object& from) {
    json::object address;
    put(address, "name", text_at(from, "name"));
    put(address, "line1", text_at(from, "street"));
    put(address, "line2", text_at(from, "addition"));
    put(address, "city", text_at(from, "city"));
    put(address, "state", text_at(from, "region"));
    put(address, "postcode", text_at(from, "postalCode"));
    put(address, "country", text_at(from, "country"));
    put(address, "phone", text_at(from, "phone"));
    return address;
}

json::array read_discounts(const json::object& from, const Money& money, const Amount& total,
                           Amount& list) {
    json::array adjustments;
    for (const json::value& each : from.at("discounts").as_array()) {
        const Amount cut = share(total, -money.minor(each.at("amount")));
        list -= cut;
        adjustments.push_back(json::object{{"level", "line"},
                                           {"label", text_at(each.as_object(), "code")},
                                           {"amount", money.shown(cut)}});
    }
    return adjustments;
}

json::object read_line(const json::object& from, const Money& money, Amount& sum) {
    const json::object& tax = from.at("tax").as_object();
    const Amount total{money.minor(from.at("lineTotal")), money.minor(tax.at("amount"))};
    Amount list = total;
    json::array adjustments = read_discounts(from, money, total, list);
    sum += total;
    return {{"external_id", from.at("lineId")},
            {"kind", "product"},
            {"sku", from.at("sku")},
            {"name", from.at("name")},
            {"quantity", count(from.at("quantity"))},
            {"unit_price", money.shown(share(total, money.minor(from.at("unitPrice"))))},
            {"list", money.shown(list)},
            {"adjustments", std::move(adjustments)},
            {"total", money.shown(total)},
            {"taxes",
             json::array{json::object{
                 {"label", "tax"}, {"rate", tax.at("rate")}, {"amount", money.text(total.tax)}}}}};
}

json::object delivery_line(const json::object& from, const Money& money, Amount& sum) {
    const Amount total = with_tax_inside(money.minor(from.at("price")), from.at("taxRate"));
    sum += total;
    return {{"external_id", "delivery"},
            {"kind", "delivery"},
            {"name", from.at("method")},
            {"quantity", 1},
            {"list", money.shown(total)},
            {"total", money.shown(total)},
            {"taxes", json::array{json::object{{"label", "tax"},
                                               {"rate", from.at("taxRate")},
                                               {"amount", money.text(total.tax)}}}}};
}

json::object read_payment(const json::object& from, const Money& money) {
    const std::string status = text_at(from, "status");
    const bool known = status == "captured" || status == "authorized" || status == "failed";
    json::object payment{{"external_id", from.at("transactionId")},
                         {"method", from.at("method")},
                         {"state", known ? status : "pending"},
                         {"amount", money.text(money.minor(from.at("amount")))}};
    if (!text_at(from, "capturedAt").empty()) payment["at"] = instant_at(from, "capturedAt");
    return payment;
}

json::object read(const json::object& from, std::int64_t observed_at_ms) {
    const Money money{text_at(from, "currency")};
    Amount sum;
    json::array lines;
    for (const json::value& line : from.at("lines").as_array())
        lines.push_back(read_line(line.as_object(), money, sum));
    const json::object& shipping = from.at("shipping").as_object();
    if (money.minor(shipping.at("price")) != 0)
        lines.push_back(delivery_line(shipping, money, sum));
    if (sum.inc != money.minor(from.at("totals").at("grandTotal")))
        throw std::invalid_argument("the lines do not add up to totals.grandTotal");
    json::object record{
        {"source", {{"external_id", from.at("id")}, {"observed_at", rfc3339(observed_at_ms)}}},
        {"number", from.at("number")},
        {"channel", from.at("channel")},
        {"currency", money.currency},
        {"tax_locale", "gross"},
        {"state", "open"},
        {"placed_at", instant_at(from, "createdAt")},
        {"customer", read_customer(from.at("customer").as_object())},
        {"billing_address", read_address(from.at("billingAddress").as_object())},
        {"shipping_address", read_address(from.at("shippingAddress").as_object())},
        {"lines", std::move(lines)},
        {"totals", money.shown(sum)}};
    if (const json::value* payment = from.if_contains("payment"); payment && payment->is_object())
        record["payments"] = json::array{read_payment(payment->as_object(), money)};
    return record;
}

}  // namespace

json::object order_record(const json::value& document, std::int64_t observed_at_ms) {
    std::string why;
    try {
        return read(document.as_object(), observed_at_ms);
    } catch (const std::exception& wrong) {
        why = wrong.what();
    }
    throw sdk::rejected("invalid_order", "the order cannot be read: " + why);
}

}  // namespace orderhub::signed_orders
