#include <fmt/format.h>

#include "shopify.hpp"
#include "text.hpp"

// Fulfilments: made of fulfilment orders, followed, delivered, cancelled.
namespace orderhub::sandbox::shopify {
namespace {

/// The order and the fulfilment order of a gid.
std::pair<json::object*, json::object*> place_at(State& state, const std::string& gid) {
    for (auto& [id, order] : state.orders)
        if (json::object* found = find_by_id(nodes_of(order.as_object(), "fulfillmentOrders"), gid))
            return {&order.as_object(), found};
    throw Refusal("Fulfillment order does not exist.");
}

std::pair<json::object*, json::object*> fulfilment_at(State& state, const std::string& gid) {
    for (auto& [id, order] : state.orders)
        if (json::object* found = find_by_id(order.as_object()["fulfillments"].as_array(), gid))
            return {&order.as_object(), found};
    throw Refusal("Fulfillment does not exist.");
}

void take_tracking(json::object& fulfilment, const json::object& tracking) {
    if (tracking.empty()) return;
    fulfilment["trackingInfo"] =
        json::array{json::object{{"company", text_or_null(text_of(tracking, "company"))},
                                 {"number", text_or_null(text_of(tracking, "number"))},
                                 {"url", text_or_null(text_of(tracking, "url"))}}};
}

/// Moves units of a fulfilment order into the fulfilment's lines.
void move_units(json::object& place, const json::object& wanted, json::array& lines) {
    for (const auto& each : array_of(wanted, "fulfillmentOrderLineItems")) {
        json::object* row =
            find_by_id(nodes_of(place, "lineItems"), text_of(each.as_object(), "id"));
        const std::int64_t units = int_of(each.as_object(), "quantity");
        if (row == nullptr || units <= 0 || units > int_of(*row, "remainingQuantity"))
            throw Refusal("Invalid fulfillment order line item quantity requested.");
        (*row)["remainingQuantity"] = int_of(*row, "remainingQuantity") - units;
        lines.push_back(json::object{{"quantity", units}, {"lineItem", row->at("lineItem")}});
    }
    std::int64_t left = 0;
    for (const auto& each : nodes_of(place, "lineItems"))
        left += int_of(each.as_object(), "remainingQuantity");
    place["status"] = left == 0 ? "CLOSED" : "IN_PROGRESS";
    if (left == 0) place["supportedActions"] = json::array{};
}

std::string units_text(const json::array& lines) {
    std::string text;
    for (const auto& each : lines)
        text += fmt::format("{}{} of {}", text.empty() ? "" : ", ",
                            int_of(each.as_object(), "quantity"),
                            text_of(object_of(each.as_object(), "lineItem"), "id"));
    return text;
}

json::value create(World& world, const json::object& wanted) {
    State& state = world.shopify;
    const json::object saved = state.orders;  // all of it or nothing
    json::object* order = nullptr;
    json::array lines;
    try {
        for (const auto& each : array_of(wanted, "lineItemsByFulfillmentOrder")) {
            const auto [owner, place] =
                place_at(state, text_of(each.as_object(), "fulfillmentOrderId"));
            if (order != nullptr && order != owner)
                throw Refusal("All fulfillment orders must belong to the same order.");
            order = owner;
            move_units(*place, each.as_object(), lines);
        }
        if (lines.empty()) throw Refusal("No fulfillment order line items.");
    } catch (const Refusal&) {
        state.orders = saved;
        throw;
    }
    const std::string now = iso_seconds(now_us());
    json::object made{{"id", new_gid(state, "Fulfillment")},
                      {"status", "SUCCESS"},
                      {"displayStatus", "FULFILLED"},
                      {"createdAt", now},
                      {"updatedAt", now},
                      {"trackingInfo", json::array{}},
                      {"fulfillmentLineItems", {{"nodes", lines}}}};
    take_tracking(made, object_of(wanted, "trackingInfo"));
    (*order)["fulfillments"].as_array().push_back(made);
    world.record({"shopify",
                  "fulfilment.create",
                  "order/" + text_of(*order, "id").substr(20),
                  {},
                  {},
                  units_text(lines)});
    touch(world, *order, "fulfillments/create");
    return json::object{{"fulfillment", made}};
}

void put_back(json::object& order, const json::object& fulfilment) {
    for (const auto& each : array_of(object_of(fulfilment, "fulfillmentLineItems"), "nodes"))
        for (auto& place : nodes_of(order, "fulfillmentOrders"))
            for (auto& row : nodes_of(place.as_object(), "lineItems")) {
                auto& line = row.as_object();
                if (line.at("lineItem") != each.at("lineItem")) continue;
                line["remainingQuantity"] =
                    int_of(line, "remainingQuantity") + int_of(each.as_object(), "quantity");
                place.as_object()["status"] = "OPEN";
                place.as_object()["supportedActions"] =
                    json::array{json::object{{"action", "CREATE_FULFILLMENT"}}};
            }
}

}  // namespace

json::value fulfil(World& world, const graphql::Selection& root) {
    const json::object& arguments = root.arguments;
    if (root.name == "fulfillmentCreate") return create(world, object_of(arguments, "fulfillment"));
    const json::object& event = object_of(arguments, "fulfillmentEvent");
    std::string id = text_of(arguments, "fulfillmentId", text_of(arguments, "id"));
    if (!event.empty()) id = text_of(event, "fulfillmentId");
    const auto [order, fulfilment] = fulfilment_at(world.shopify, id);
    if (root.name == "fulfillmentTrackingInfoUpdate")
        take_tracking(*fulfilment, object_of(arguments, "trackingInfoInput"));
    if (root.name == "fulfillmentEventCreate") (*fulfilment)["displayStatus"] = event.at("status");
    if (root.name == "fulfillmentCancel") {
        if (text_of(*fulfilment, "status") == "CANCELLED")
            throw Refusal("Fulfillment has been cancelled already.");
        (*fulfilment)["status"] = "CANCELLED";
        (*fulfilment)["displayStatus"] = "CANCELED";
        put_back(*order, *fulfilment);
    }
    world.record({"shopify",
                  "fulfilment.update",
                  "order/" + text_of(*order, "id").substr(20),
                  {},
                  {},
                  root.name});
    touch(world, *order, "fulfillments/update");
    return json::object{{"fulfillment", *fulfilment},
                        {"fulfillmentEvent", {{"id", new_gid(world.shopify, "FulfillmentEvent")}}}};
}

}  // namespace orderhub::sandbox::shopify
