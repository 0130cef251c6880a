#include "vendure_actions.hpp"

#include <fmt/format.h>

#include "decimal.hpp"
#include "http_types.hpp"
#include "text.hpp"
#include "vendure.hpp"
#include "vendure_document.hpp"

namespace orderhub::sandbox::vendure {
namespace {

Order& need_order(State& state, const json::object& input) {
    Order* order = find_order(state, int_of(input, "id"));
    if (order == nullptr) {
        throw TopLevelError(
            fmt::format("No Order with the id \"{}\" could be found", text_of(input, "id")),
            "ENTITY_NOT_FOUND");
    }
    return *order;
}

json::value add_note(World& world, const json::object& input) {
    Order& order = need_order(world.vendure, input);
    const std::string note = text_of(input, "note");
    add_history(world.vendure, order, "ORDER_NOTE", {{"note", note}}, bool_of(input, "isPublic"));
    changed(world, order, "history.created");
    world.record({"vendure", "order.note", fmt::format("order/{}", order.id), "", "", note});
    return order_document(world.vendure, order);
}

json::value set_custom_fields(World& world, const json::object& input) {
    Order& order = need_order(world.vendure, input);
    const auto& fields = object_of(input, "customFields");
    const std::string reference = text_of(fields, "hubReference");
    const std::string note = text_of(fields, "hubNote");
    const bool moved = (fields.contains("hubReference") &&
                        std::exchange(order.hub_reference, reference) != reference);
    const bool noted = (fields.contains("hubNote") && std::exchange(order.hub_note, note) != note);
    // the same value again changes nothing, not even updatedAt
    if (moved || noted) {
        changed(world, order, "order.updated", true);
        world.record({"vendure", "order.custom_fields", fmt::format("order/{}", order.id), "", "",
                      reference});
    }
    return order_document(world.vendure, order);
}

}  // namespace

Order* find_order(State& state, std::int64_t id) {
    for (Order& order : state.orders) {
        if (order.id == id) return &order;
    }
    return nullptr;
}

json::object error_result(std::string_view type, std::string_view code, std::string_view message) {
    return {{"__typename", type}, {"errorCode", code}, {"message", message}};
}

void add_history(State& state, Order& order, std::string_view type, json::value data,
                 bool is_public) {
    HistoryEntry entry;
    entry.id = next_id(state.last_id, "history");
    entry.type = type;
    entry.is_public = is_public;
    entry.data = std::move(data);
    entry.created = now_us();
    order.history.push_back(std::move(entry));
}

void move_order(World& world, Order& order, const std::string& to) {
    if (order.state == to) return;
    add_history(world.vendure, order, "ORDER_STATE_TRANSITION",
                {{"from", order.state}, {"to", to}});
    order.state = to;
    changed(world, order, "order.state");
}

void changed(World& world, Order& order, std::string_view event, bool moves) {
    if (moves || world.vendure.switches.touch_updated_at) order.updated = now_us();
    const json::value body = {{"type", "order.changed"},
                              {"event", event},
                              {"occurredAt", iso_milliseconds(now_us())},
                              {"orderId", std::to_string(order.id)},
                              {"orderCode", order.code}};
    world.notices.push_back({"vendure", json::serialize(body)});
}

std::string money_text(std::int64_t minor, const Order& order) {
    return format_decimal(minor, currency_exponent(order.currency));
}

std::vector<LineQuantity> read_lines(const json::array& lines) {
    std::vector<LineQuantity> out;
    for (const auto& line : lines) {
        const auto& object = line.as_object();
        out.push_back({int_of(object, "orderLineId"), int_of(object, "quantity")});
    }
    return out;
}

json::value run_action(World& world, const Channel& channel, const std::string& name,
                       const json::object& arguments) {
    const auto& input = object_of(arguments, "input");
    const std::int64_t id = int_of(arguments, "id");
    const auto* order = find_order(world.vendure, int_of(input, "orderId"));
    if (order != nullptr && channel.id != 1 && channel.token != order->channel) {
        throw TopLevelError(fmt::format("No Order with the id \"{}\" could be found", order->id),
                            "ENTITY_NOT_FOUND");
    }
    if (name == "cancelOrder") return cancel_order(world, input);
    if (name == "refundOrder") return refund_order(world, input);
    if (name == "settleRefund") return settle_refund(world, input);
    if (name == "settlePayment") return settle_payment(world, id);
    if (name == "cancelPayment") return cancel_payment(world, id);
    if (name == "addFulfillmentToOrder") return add_fulfillment(world, input);
    if (name == "addNoteToOrder") return add_note(world, input);
    if (name == "setOrderCustomFields") return set_custom_fields(world, input);
    return transition_fulfillment(world, id, text_of(arguments, "state"));
}

}  // namespace orderhub::sandbox::vendure
