#include "vendure_document.hpp"

#include "decimal.hpp"
#include "http_types.hpp"
#include "text.hpp"
#include "vendure_lines.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox::vendure {
namespace {

json::value id_text(std::int64_t id) {
    return json::value(std::to_string(id));
}

json::object address_document(const Address& a) {
    json::object out{{"__typename", "OrderAddress"}};
    out["fullName"] = text_or_null(a.full_name);
    out["company"] = text_or_null(a.company);
    out["streetLine1"] = text_or_null(a.street1);
    // an unset address is all nulls; in a set one the optional members are empty texts
    const bool set = !a.street1.empty();
    out["streetLine2"] = set ? json::value(a.street2) : json::value{};
    out["city"] = text_or_null(a.city);
    out["province"] = set ? json::value(a.province) : json::value{};
    out["postalCode"] = text_or_null(a.postal_code);
    out["country"] = text_or_null(a.country);
    out["countryCode"] = text_or_null(a.country_code);
    out["phoneNumber"] = text_or_null(a.phone);
    return out;
}

json::object history_document(const HistoryEntry& entry) {
    return {{"__typename", "HistoryEntry"},
            {"id", id_text(entry.id)},
            {"type", entry.type},
            {"isPublic", entry.is_public},
            {"createdAt", iso_milliseconds(entry.created)},
            {"updatedAt", iso_milliseconds(entry.created)},
            {"administrator",
             {{"id", "2"},
              {"emailAddress", "hub@example.com"},
              {"firstName", "Hub"},
              {"lastName", "Connector"}}},
            {"data", entry.data}};
}

json::array channel_documents(const State& state, const Order& order) {
    json::array out;
    for (const Channel& channel : state.channels) {
        if (channel.id == 1 || channel.token == order.channel) {
            out.push_back(channel_document(channel));
        }
    }
    return out;
}

void add_totals(json::object& out, const OrderFigures& figures) {
    out["subTotal"] = figures.sub_total.net;
    out["subTotalWithTax"] = figures.sub_total.gross;
    out["shipping"] = figures.shipping.net;
    out["shippingWithTax"] = figures.shipping.gross;
    out["total"] = figures.total.net;
    out["totalWithTax"] = figures.total.gross;
}

void add_parts(json::object& out, const State& state, const Order& order) {
    out["channels"] = channel_documents(state, order);
    out["customer"] = customer_document(order.customer);
    out["shippingAddress"] = address_document(order.shipping_address);
    out["billingAddress"] = address_document(order.billing_address);
    add_lines(out, state, order);
    json::array payments;
    for (const Payment& payment : order.payments)
        payments.push_back(payment_document(payment));
    out["payments"] = std::move(payments);
    json::array fulfillments;
    for (const auto& one : order.fulfillments)
        fulfillments.push_back(fulfillment_document(one));
    out["fulfillments"] = std::move(fulfillments);
    out["surcharges"] = json::array{};
    out["modifications"] = json::array{};
    json::array history;
    for (const HistoryEntry& entry : order.history)
        history.push_back(history_document(entry));
    out["history"] = json::object{{"totalItems", history.size()}, {"items", history}};
}

}  // namespace

json::object channel_document(const Channel& channel) {
    return {{"__typename", "Channel"},
            {"id", id_text(channel.id)},
            {"code", channel.code},
            {"token", channel.token},
            {"currencyCode", channel.currency},
            {"defaultCurrencyCode", channel.currency},
            {"defaultLanguageCode", "en"},
            {"pricesIncludeTax", channel.prices_include_tax}};
}

json::object customer_document(const Customer& customer) {
    return {{"__typename", "Customer"},
            {"id", id_text(customer.id)},
            {"createdAt", iso_milliseconds(customer.created)},
            {"updatedAt", iso_milliseconds(customer.created)},
            {"title", nullptr},
            {"firstName", customer.first},
            {"lastName", customer.last},
            {"emailAddress", customer.email},
            {"phoneNumber", text_or_null(customer.phone)},
            {"user", nullptr},
            {"customFields", {{"crmId", nullptr}}}};
}

json::object order_document(const State& state, const Order& order) {
    json::object out{{"__typename", "Order"}};
    out["id"] = id_text(order.id);
    out["code"] = order.code;
    out["type"] = "Regular";
    out["state"] = order.state;
    out["active"] = order.active;
    out["createdAt"] = iso_milliseconds(order.created);
    out["updatedAt"] = iso_milliseconds(order.updated);
    out["orderPlacedAt"] = instant_or_null(order.placed);
    out["currencyCode"] = order.currency;
    out["couponCodes"] = order.coupon.empty() ? json::array{} : json::array{order.coupon};
    std::int64_t units = 0;
    for (const Line& line : order.lines)
        units += line.quantity;
    out["totalQuantity"] = units;
    out["nextStates"] = next_order_states(order.state);
    out["customFields"] = json::object{{"hubReference", text_or_null(order.hub_reference)},
                                       {"hubNote", text_or_null(order.hub_note)}};
    add_totals(out, order_figures(order));
    add_parts(out, state, order);
    return out;
}

}  // namespace orderhub::sandbox::vendure
