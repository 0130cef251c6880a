#include <fmt/format.h>

#include <algorithm>

#include "http_types.hpp"
#include "text.hpp"
#include "vendure.hpp"
#include "vendure_actions.hpp"
#include "vendure_document.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox::vendure {
namespace {

Line* find_line(Order& order, std::int64_t id) {
    const auto found = std::find_if(order.lines.begin(), order.lines.end(),
                                    [id](const Line& line) { return line.id == id; });
    return found == order.lines.end() ? nullptr : &*found;
}

std::vector<LineQuantity> all_lines(const Order& order) {
    std::vector<LineQuantity> out;
    for (const Line& line : order.lines)
        out.push_back({line.id, line.quantity});
    return out;
}

json::value cancellation_data(const std::vector<LineQuantity>& lines, const json::object& input) {
    json::array rows;
    for (const LineQuantity& line : lines) {
        // inside history data ids are numbers, everywhere else text
        rows.push_back(json::object{{"orderLineId", line.line}, {"quantity", line.quantity}});
    }
    json::object out{{"lines", std::move(rows)}};
    if (input.contains("reason")) out["reason"] = text_of(input, "reason");
    out["shippingCancelled"] = bool_of(input, "cancelShipping");
    return out;
}

/// The error that a selection of lines deserves; null when it can be cancelled.
json::value refusal(Order& order, const std::vector<LineQuantity>& lines) {
    std::int64_t units = 0;
    for (const LineQuantity& part : lines)
        units += part.quantity;
    if (units == 0) {
        return error_result("EmptyOrderLineSelectionError", "EMPTY_ORDER_LINE_SELECTION_ERROR",
                            "At least one OrderLine must be specified");
    }
    for (const LineQuantity& part : lines) {
        const Line* line = find_line(order, part.line);
        if (line == nullptr) {
            return error_result("MultipleOrderError", "MULTIPLE_ORDER_ERROR",
                                "The specified items must belong to the same Order");
        }
        if (part.quantity > line->quantity) {
            return error_result("QuantityTooGreatError", "QUANTITY_TOO_GREAT_ERROR",
                                "The specified quantity is greater than the available OrderItems");
        }
    }
    return nullptr;
}

}  // namespace

json::value cancel_order(World& world, const json::object& input) {
    Order* order = find_order(world.vendure, int_of(input, "orderId"));
    if (order == nullptr) {
        throw TopLevelError(
            fmt::format("No Order with the id \"{}\" could be found", text_of(input, "orderId")),
            "ENTITY_NOT_FOUND");
    }
    if (order->active) {
        auto out = error_result("CancelActiveOrderError", "CANCEL_ACTIVE_ORDER_ERROR",
                                "Cannot cancel an active Order");
        out["orderState"] = order->state;
        return out;
    }
    const auto* given = input.if_contains("lines");
    const bool whole = given == nullptr || given->is_null();
    const auto lines = whole ? all_lines(*order) : read_lines(given->as_array());
    if (json::value refused = refusal(*order, lines); !refused.is_null()) return refused;
    const std::int64_t before = order_figures(*order).total.gross;
    for (const LineQuantity& part : lines) {
        Line* line = find_line(*order, part.line);
        line->quantity -= part.quantity;
        line->updated = now_us();
    }
    if (bool_of(input, "cancelShipping")) {
        for (Shipping& shipping : order->shipping)
            shipping.cancelled = true;
    }
    add_history(world.vendure, *order, "ORDER_CANCELLATION", cancellation_data(lines, input));
    changed(world, *order, "history.created", true);
    const bool nothing_left = std::all_of(order->lines.begin(), order->lines.end(),
                                          [](const Line& line) { return line.quantity == 0; });
    if (nothing_left) move_order(world, *order, "Cancelled");
    world.record({"vendure", "order.cancel", fmt::format("order/{}", order->id),
                  money_text(before - order_figures(*order).total.gross, *order), order->currency,
                  text_of(input, "reason")});
    return order_document(world.vendure, *order);
}

}  // namespace orderhub::sandbox::vendure
