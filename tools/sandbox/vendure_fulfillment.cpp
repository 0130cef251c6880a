#include <fmt/format.h>

#include <algorithm>

#include "http_types.hpp"
#include "text.hpp"
#include "vendure.hpp"
#include "vendure_actions.hpp"
#include "vendure_document.hpp"

namespace orderhub::sandbox::vendure {
namespace {

std::int64_t units_in(const Order& order, std::int64_t line, std::string_view state) {
    std::int64_t units = 0;
    for (const Fulfillment& fulfillment : order.fulfillments) {
        if (fulfillment.state == "Cancelled") continue;
        if (!state.empty() && fulfillment.state != state) continue;
        for (const LineQuantity& part : fulfillment.lines) {
            if (part.line == line) units += part.quantity;
        }
    }
    return units;
}

Order* order_of_line(State& state, std::int64_t id) {
    for (Order& order : state.orders) {
        for (const Line& line : order.lines) {
            if (line.id == id) return &order;
        }
    }
    return nullptr;
}

bool all_free(const Order& order, const std::vector<LineQuantity>& parts) {
    return std::all_of(parts.begin(), parts.end(), [&](const LineQuantity& part) {
        return std::any_of(order.lines.begin(), order.lines.end(), [&](const Line& line) {
            return line.id == part.line &&
                   units_in(order, line.id, "") + part.quantity <= line.quantity;
        });
    });
}

std::string handler_argument(const json::object& input, std::string_view wanted) {
    for (const auto& argument : array_of(object_of(input, "handler"), "arguments")) {
        if (text_of(argument.as_object(), "name") == wanted) {
            return text_of(argument.as_object(), "value");
        }
    }
    return {};
}

/// The order's state as its parcels have it; empty while none is on its way.
std::string shipped_state(const Order& order) {
    bool all_delivered = true;
    bool all_shipped = true;
    bool any_delivered = false;
    bool any_shipped = false;
    for (const Line& line : order.lines) {
        const std::int64_t delivered = units_in(order, line.id, "Delivered");
        const std::int64_t shipped = delivered + units_in(order, line.id, "Shipped");
        all_delivered = all_delivered && delivered >= line.quantity;
        all_shipped = all_shipped && shipped >= line.quantity;
        any_delivered = any_delivered || delivered > 0;
        any_shipped = any_shipped || shipped > 0;
    }
    if (!any_shipped) return {};
    if (all_delivered) return "Delivered";
    if (any_delivered) return "PartiallyDelivered";
    return all_shipped ? "Shipped" : "PartiallyShipped";
}

/// A note that was written since the last fulfilment: a caller that has no other place for its own
/// reference announces the next one so.
std::string announced(const Order& order) {
    for (auto entry = order.history.rbegin(); entry != order.history.rend(); ++entry) {
        if (entry->type == "ORDER_NOTE") return text_of(entry->data.get_object(), "note");
        if (entry->type == "ORDER_FULFILLMENT") break;
    }
    return {};
}

void fulfillment_transition(World& world, Order& order, Fulfillment& fulfillment,
                            const std::string& from, const std::string& to) {
    add_history(world.vendure, order, "ORDER_FULFILLMENT_TRANSITION",
                {{"fulfillmentId", fulfillment.id}, {"from", from}, {"to", to}});
    fulfillment.state = to;
    fulfillment.updated = now_us();
    changed(world, order, "fulfillment.state");
}

}  // namespace

json::value add_fulfillment(World& world, const json::object& input) {
    const auto parts = read_lines(array_of(input, "lines"));
    if (parts.empty()) {
        return error_result("EmptyOrderLineSelectionError", "EMPTY_ORDER_LINE_SELECTION_ERROR",
                            "At least one OrderLine must be specified");
    }
    Order* order = order_of_line(world.vendure, parts.front().line);
    if (order == nullptr || !all_free(*order, parts)) {
        return error_result("ItemsAlreadyFulfilledError", "ITEMS_ALREADY_FULFILLED_ERROR",
                            "One or more OrderItems are already part of a Fulfillment");
    }
    Fulfillment made;
    made.id = next_id(world.vendure.last_id, "fulfillment");
    made.method = handler_argument(input, "method");
    made.tracking = handler_argument(input, "trackingCode");
    made.lines = parts;
    made.created = now_us();
    const std::string note = announced(*order);
    add_history(world.vendure, *order, "ORDER_FULFILLMENT", {{"fulfillmentId", made.id}});
    fulfillment_transition(world, *order, made, "Created", "Pending");
    order->fulfillments.push_back(made);
    world.record({"vendure", "fulfillment.create", fmt::format("order/{}", order->id), "", "",
                  note.empty() ? made.tracking : note});
    return fulfillment_document(made);
}

json::value transition_fulfillment(World& world, std::int64_t id, const std::string& to) {
    for (Order& order : world.vendure.orders) {
        for (Fulfillment& fulfillment : order.fulfillments) {
            if (fulfillment.id != id) continue;
            const std::string from = fulfillment.state;
            const auto next = next_fulfillment_states(from);
            if (std::find(next.begin(), next.end(), json::value(to)) == next.end()) {
                auto out = error_result("FulfillmentStateTransitionError",
                                        "FULFILLMENT_STATE_TRANSITION_ERROR",
                                        "errorResult.FULFILLMENT_STATE_TRANSITION_ERROR");
                out["transitionError"] =
                    fmt::format("Cannot transition Fulfillment from \"{}\" to \"{}\"", from, to);
                out["fromState"] = from;
                out["toState"] = to;
                return out;
            }
            fulfillment_transition(world, order, fulfillment, from, to);
            // a shop does not move an order on whose money it does not have
            if (const std::string state = shipped_state(order);
                !state.empty() && order.state != "PaymentAuthorized") {
                move_order(world, order, state);
            }
            world.record({"vendure", "fulfillment.transition", fmt::format("fulfillment/{}", id),
                          "", "", to});
            return fulfillment_document(fulfillment);
        }
    }
    throw TopLevelError(fmt::format("No Fulfillment with the id \"{}\" could be found", id),
                        "ENTITY_NOT_FOUND");
}

}  // namespace orderhub::sandbox::vendure
