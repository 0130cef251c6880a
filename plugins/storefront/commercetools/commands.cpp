#include "commands.hpp"

#include <algorithm>
#include <map>

#include "documents/members.hpp"
#include "feed.hpp"
#include "lines.hpp"
#include "mapping.hpp"
#include "payments.hpp"

namespace orderhub::commercetools {
namespace {

using documents::text_at;

constexpr int kTries = 5;

/// Whether every unit that the order still has is named.
bool is_whole(const sdk::OrderCancel& cancel, const sdk::Order& record) {
    std::map<std::string, std::int64_t> wanted;
    for (const auto& line : cancel.lines)
        wanted[line.line] += line.quantity;
    for (const sdk::OrderLine& line : record.lines)
        if (line.kind == sdk::OrderLineKind::product && wanted[line.external_id] < line.quantity)
            return false;
    return true;
}

/// Units of a line that a return can still take: those of others are entered already.
std::int64_t units_out(const Json& order, const Json& item, std::string_view member) {
    std::int64_t units = item.at("quantity").integer();
    for (const Json& each : list_at(order, "returnInfo"))
        for (const Json& returned : list_at(each, "items"))
            if (returned[member] == item["id"]) units -= returned.at("quantity").integer();
    return units;
}

/// Delivery does not come back, and what somebody has entered does not come twice.
Json return_items(const Json& order, const sdk::RefundCreate& wanted) {
    Json items = Json::array();
    for (const auto& [list, member] :
         {std::pair{"lineItems", "lineItemId"}, std::pair{"customLineItems", "customLineItemId"}})
        for (const Json& item : list_at(order, list))
            for (const sdk::RefundCreateLine& line : wanted.lines) {
                const std::int64_t units = std::min(line.quantity, units_out(order, item, member));
                if (line.line != text_at(item, "id") || units <= 0) continue;
                Json entry = Json::object(
                    {{"quantity", units}, {member, line.line}, {"shipmentState", "Returned"}});
                if (!wanted.reason.empty()) entry.set("comment", wanted.reason);
                items.push(std::move(entry));
            }
    return items;
}

bool has_return(const Json& order, const std::string& tracking_id) {
    return std::ranges::any_of(list_at(order, "returnInfo"), [&](const Json& each) {
        return text_at(each, "returnTrackingId") == tracking_id;
    });
}

bool comes_back(const sdk::RefundCreate& wanted) {
    return std::ranges::any_of(wanted.lines, [](const auto& line) { return line.quantity > 0; });
}

/// Where several delivery methods are chosen a delivery belongs to one of them.
void take_method(const Json& order, Json& action) {
    const auto& methods = list_at(order, "shipping");
    if (methods.empty()) return;
    if (methods.size() > 1)
        throw sdk::rejected("several_methods",
                            "the order goes by several delivery methods: enter the delivery there");
    action.set("shippingKey", methods.front().at("shippingKey"));
}

Json delivery_action(const Json& order, const sdk::FulfilmentCreate& wanted, std::string_view key) {
    Json items = Json::array();
    for (const auto& line : wanted.lines)
        items.push(Json::object({{"id", line.line.value_or("")}, {"quantity", line.quantity}}));
    Json action = Json::object(
        {{"action", "addDelivery"}, {"deliveryKey", key}, {"items", std::move(items)}});
    if (wanted.tracking_number) {
        Json tracking = Json::object({{"trackingId", *wanted.tracking_number}});
        if (wanted.carrier) tracking.set("carrier", *wanted.carrier);
        action.set("parcels", Json::array({Json::object({{"trackingData", std::move(tracking)}})}));
    }
    take_method(order, action);
    return action;
}

/// What the order's shipments are once these units have left, too.
std::string_view shipment_state(const Json& order, const sdk::FulfilmentCreate& wanted) {
    auto units = delivered_units(order);
    for (const auto& line : wanted.lines)
        units[line.line.value_or("")] += line.quantity;
    for (const std::string_view list : {"lineItems", "customLineItems"})
        for (const Json& item : list_at(order, list))
            if (units[text_at(item, "id")] < item.at("quantity").integer()) return "Partial";
    return "Shipped";
}

}  // namespace

Json Commands::order(const std::string& id) {
    auto found = client_.order(id);
    if (!found) throw sdk::rejected("no_such_order", "the project has no order with this id");
    return std::move(found->order);
}

Json Commands::payment(const std::string& id) {
    auto found = client_.payment(id);
    if (!found) throw sdk::rejected("no_such_payment", "the project has no payment with this id");
    return std::move(*found);
}

/// Gives the resource as it is after the change, or as it was if nothing is needed.
Json Commands::change(std::string_view resource, const std::string& id, const Decide& decide) {
    for (int tries = 0; tries < kTries; ++tries) {
        Json current = resource == "orders" ? order(id) : payment(id);
        Json actions = decide(current);
        if (actions.items().empty()) return current;
        if (auto changed = client_.update(resource, current, std::move(actions)))
            return std::move(*changed);
    }
    throw sdk::retry("version_conflict", "somebody else changes the same resource all the time");
}

/// The command is done: if the order cannot be read now, a poll brings it. Where no answer comes,
/// the connector may be being stopped, and must not go on.
void Commands::emit(const std::string& id) {
    const auto stop = sdk::attempt(call_, [&] {
        if (const auto found = client_.order(id)) emit_order(settings_, call_, *found);
    });
    const bool may_be_stopped = stop && (stop->code == "stopping" || stop->code == "no_answer");
    if (may_be_stopped) throw sdk::unknown(stop->code, stop->message);
    if (stop) call_.log(OH_LOG_WARN, "the order could not be read back: " + stop->message);
}

sdk::OrderCancel::Result Commands::cancel(const sdk::OrderCancel& cancel) {
    using Result = sdk::OrderCancel::Result;
    const std::string id = cancel.order.external_id;
    const auto decide = [&](const Json& current) {
        Json actions = Json::array();
        if (is_cancelled(current)) return actions;
        if (!is_whole(cancel, to_order(settings_, {current, call_.now()})))
            throw sdk::rejected(
                "partial_cancel",
                "the project cancels whole orders only; these lines must be cancelled by hand");
        actions.push(Json::object({{"action", "changeOrderState"}, {"orderState", "Cancelled"}}));
        return actions;
    };
    Result result = sdk::do_once(
        call_, command_,
        [&] { return is_cancelled(order(id)) ? std::optional(Result{id}) : std::nullopt; },
        [&] {
            if (!is_cancelled(change("orders", id, decide)))
                throw sdk::unknown("not_cancelled",
                                   "the cancel was accepted, but the order does not show it");
            return Result{id};
        });
    emit(id);
    return result;
}

/// The key stands in the tracking id. Its payment state stays Initial: who gives the money sets it.
void Commands::enter_return(const sdk::RefundCreate& wanted) {
    if (!settings_.records_returns || !comes_back(wanted)) return;
    const std::string tracking_id = "orderhub-" + std::string(command_.key);
    change("orders", wanted.order.external_id, [&](const Json& current) {
        Json actions = Json::array();
        Json items = return_items(current, wanted);
        if (has_return(current, tracking_id) || items.items().empty()) return actions;
        actions.push(Json::object({{"action", "addReturnInfo"},
                                   {"returnDate", call_.now()},
                                   {"returnTrackingId", tracking_id},
                                   {"items", std::move(items)}}));
        return actions;
    });
}

sdk::RefundCreate::Result Commands::refund(const sdk::RefundCreate& wanted) {
    using Result = sdk::RefundCreate::Result;
    const std::string id = wanted.payment.external_id;
    const auto of = [&](const Json& shown) -> std::optional<Result> {
        const Json* known = find_transaction(shown, command_.key);
        return known == nullptr ? std::nullopt : std::optional(result_of(*known));
    };
    const auto decide = [&](const Json& current) {
        Json actions = Json::array();
        if (of(current)) return actions;
        if (refundable(current, wanted.currency) < sdk::to_minor(wanted.amount, wanted.currency))
            throw sdk::rejected("over_refund", "the payment has less than that left to give back");
        actions.push(refund_action(settings_, wanted, command_.key, call_.now()));
        return actions;
    };
    Result result = sdk::do_once(
        call_, command_, [&] { return of(payment(id)); },
        [&] {
            if (!decide(payment(id)).items().empty()) enter_return(wanted);
            if (auto made = of(change("payments", id, decide))) return std::move(*made);
            throw sdk::unknown("no_transaction",
                               "the refund was accepted, but the payment does not show it");
        });
    emit(wanted.order.external_id);
    return result;
}

sdk::FulfilmentCreate::Result Commands::send(const sdk::FulfilmentCreate& wanted) {
    using Result = sdk::FulfilmentCreate::Result;
    const std::string id = wanted.order.external_id;
    if (wanted.kind != sdk::FulfilmentCreate::Kind::standard)
        throw sdk::rejected("no_reship",
                            "the project has no place for units that are sent without "
                            "charge: tell the warehouse by hand");
    const auto of = [&](const Json& shown) -> std::optional<Result> {
        const Json* known = find_delivery(shown, command_.key);
        if (known == nullptr) return std::nullopt;
        return Result{known->at("id").text(), sdk::FulfilmentCreateResultState::shipped};
    };
    const auto decide = [&](const Json& current) {
        Json actions = Json::array();
        if (of(current)) return actions;
        actions.push(delivery_action(current, wanted, command_.key));
        actions.push(Json::object({{"action", "changeShipmentState"},
                                   {"shipmentState", shipment_state(current, wanted)}}));
        return actions;
    };
    Result result = sdk::do_once(
        call_, command_, [&] { return of(order(id)); },
        [&] {
            if (auto made = of(change("orders", id, decide))) return std::move(*made);
            throw sdk::unknown("no_delivery",
                               "the delivery was accepted, but the order does not show it");
        });
    emit(id);
    return result;
}

}  // namespace orderhub::commercetools
