// What the shop in memory does with fulfilments, notes and authorized payments.
#include "shop.hpp"

namespace orderhub::vendure {
namespace {

bool is_free(const json::object& order, const json::object& wanted) {
    std::int64_t left = -wanted.at("quantity").as_int64();
    for (const json::value& line : order.at("lines").as_array())
        if (line.at("id") == wanted.at("orderLineId")) left += line.at("quantity").as_int64();
    for (const json::value& fulfilment : order.at("fulfillments").as_array())
        for (const json::value& row : fulfilment.at("lines").as_array())
            if (row.at("orderLineId") == wanted.at("orderLineId") &&
                fulfilment.at("state") != "Cancelled")
                left -= row.at("quantity").as_int64();
    return left >= 0;
}

bool has_line(const json::object& order, const json::value& id) {
    for (const json::value& line : order.at("lines").as_array())
        if (line.at("id") == id) return true;
    return false;
}

json::value argument(const json::object& input, std::string_view name) {
    for (const json::value& each : input.at("handler").at("arguments").as_array())
        if (each.at("name").as_string() == name) return each.at("value");
    return "";
}

bool may_move(std::string_view from, std::string_view to) {
    if (from == "Cancelled" || from == to) return false;
    return to == "Cancelled" || from == "Pending" || to == "Delivered";
}

}  // namespace

json::value Shop::fulfil(const json::object& input) {
    const json::array& lines = input.at("lines").as_array();
    for (auto& [id, order] : orders) {
        if (!has_line(order, lines.at(0).at("orderLineId"))) continue;
        for (const json::value& each : lines)
            if (!is_free(order, each.as_object()))
                return error_result("ITEMS_ALREADY_FULFILLED_ERROR", "Already fulfilled");
        const std::string made = std::to_string(next_id_++);
        json::object row{{"id", made},
                         {"state", "Pending"},
                         {"method", argument(input, "method")},
                         {"trackingCode", argument(input, "trackingCode")},
                         {"updatedAt", "2026-11-22T20:00:00.000Z"},
                         {"lines", lines}};
        order["fulfillments"].as_array().push_back(row);
        add_history(order, "ORDER_FULFILLMENT", {{"fulfillmentId", std::stoi(made)}});
        return row;
    }
    throw std::logic_error("no such line");
}

json::value Shop::move_fulfilment(const json::object& variables) {
    const std::string_view to = variables.at("s").as_string();
    for (auto& [id, order] : orders)
        for (json::value& each : order["fulfillments"].as_array()) {
            json::object& row = each.as_object();
            if (row.at("id") != variables.at("id")) continue;
            const std::string from(row.at("state").as_string());
            if (!may_move(from, to)) {
                json::object error = error_result("FULFILLMENT_STATE_TRANSITION_ERROR", "key");
                error["transitionError"] = "Cannot transition Fulfillment from " + from;
                return error;
            }
            row["state"] = to;
            return row;
        }
    throw std::logic_error("no such fulfilment");
}

json::value Shop::add_note(const json::object& input) {
    if (input.at("isPublic").as_bool()) throw std::logic_error("customers would see this note");
    json::object& order = orders.at(std::string(input.at("id").as_string()));
    add_history(order, "ORDER_NOTE", {{"note", input.at("note")}});
    return json::object{{"__typename", "Order"}, {"id", order.at("id")}};
}

json::value Shop::move_payment(const json::object& variables, std::string_view to) {
    for (auto& [id, order] : orders)
        for (json::value& each : order["payments"].as_array()) {
            json::object& payment = each.as_object();
            if (payment.at("id") != variables.at("id")) continue;
            if (provider_refuses.empty()) {
                payment["state"] = to;
                return payment;
            }
            payment["state"] = refused_state;
            payment["errorMessage"] = provider_refuses;
            json::object error = error_result("SETTLE_PAYMENT_ERROR", "Settling failed");
            error["paymentErrorMessage"] = provider_refuses;
            return error;
        }
    throw std::logic_error("no such payment");
}

json::object fulfil_payload(std::string_view order, std::string_view kind, std::string_view line,
                            int quantity) {
    return {
        {"order", {{"external_id", order}, {"number", "N"}, {"currency", "USD"}}},
        {"kind", kind},
        {"lines",
         json::array{json::object{
             {"line", line}, {"sku", "MUG-1"}, {"name", "Coffee mug"}, {"quantity", quantity}}}},
        {"recipient", {{"name", "Ada Lovelace"}, {"line1", "12 Main St"}, {"country", "US"}}},
        {"reason", "Lost in transit"}};
}

json::object update_payload(std::string_view order, std::string_view fulfilment,
                            std::string_view state) {
    return {{"order", {{"external_id", order}, {"number", "N"}, {"currency", "USD"}}},
            {"fulfilment", {{"external_id", fulfilment}}},
            {"state", state},
            {"reason", ""}};
}

}  // namespace orderhub::vendure
