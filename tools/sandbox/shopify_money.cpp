#include <fmt/format.h>

#include <algorithm>

#include "decimal.hpp"
#include "shopify.hpp"
#include "text.hpp"

// Cancels, refunds, captures and voids.
namespace orderhub::sandbox::shopify {
namespace {

std::int64_t amount_of(const json::object& transaction, const std::string& currency) {
    return minor_of_bag(object_of(transaction, "amountSet"), currency);
}

std::string parent_of(const json::object& transaction) {
    return text_of(object_of(transaction, "parentTransaction"), "id");
}

/// What successful or undecided children of these kinds took of a transaction.
std::int64_t taken_of(json::object& order, const std::string& parent, std::string_view kinds) {
    std::int64_t sum = 0;
    for (const auto& each : order["transactions"].as_array()) {
        const auto& row = each.as_object();
        const std::string status = text_of(row, "status");
        if (parent_of(row) == parent && kinds.contains(text_of(row, "kind")) &&
            (status == "SUCCESS" || status == "PENDING"))
            sum += amount_of(row, currency_of(order));
    }
    return sum;
}

json::object& add_transaction(State& state, json::object& order, const std::string& kind,
                              const std::string& status, std::int64_t amount,
                              const json::object& parent) {
    auto& all = order["transactions"].as_array();
    json::object made{{"id", new_gid(state, "OrderTransaction")},
                      {"kind", kind},
                      {"status", status},
                      {"gateway", parent.at("gateway")},
                      {"paymentId", nullptr},
                      {"processedAt", iso_seconds(now_us())},
                      {"amountSet", bag(amount, currency_of(order))},
                      {"totalUnsettledSet", nullptr},
                      {"parentTransaction", {{"id", parent.at("id")}}}};
    all.push_back(std::move(made));
    return all.back().as_object();
}

json::object& transaction_at(json::object& order, const std::string& gid) {
    json::object* found = find_by_id(order["transactions"].as_array(), gid);
    if (found == nullptr)
        throw Refusal("Parent transaction does not exist", "TRANSACTION_NOT_FOUND");
    return *found;
}

/// The order that a transaction belongs to.
json::object& order_with(State& state, const std::string& transaction) {
    for (auto& [id, order] : state.orders)
        if (find_by_id(order.as_object()["transactions"].as_array(), transaction) != nullptr)
            return order.as_object();
    throw Refusal("Transaction does not exist", "TRANSACTION_NOT_FOUND");
}

void take_from_places(json::object& order, const std::string& line, std::int64_t units) {
    for (auto& place : nodes_of(order, "fulfillmentOrders"))
        for (auto& each : nodes_of(place.as_object(), "lineItems")) {
            auto& row = each.as_object();
            if (text_of(object_of(row, "lineItem"), "id") != line) continue;
            const std::int64_t left = int_of(row, "remainingQuantity");
            row["remainingQuantity"] = left - std::min(left, units);
            units -= std::min(left, units);
        }
    if (units > 0) throw Refusal("Quantity cannot be cancelled: the units are fulfilled already");
}

/// A row of a refund: the units leave the line, with their share of its price and its tax.
json::object refund_row(json::object& order, const json::object& wanted) {
    const std::string currency = currency_of(order);
    json::object* line = find_by_id(nodes_of(order, "lineItems"), text_of(wanted, "lineItemId"));
    if (line == nullptr) throw Refusal("Line item does not exist");
    const std::int64_t quantity = int_of(wanted, "quantity");
    const std::int64_t current = int_of(*line, "currentQuantity");
    const std::string where = text_of(wanted, "restockType", "NO_RESTOCK");
    if (where == "LEGACY_RESTOCK") throw Refusal("Restock type is not supported");
    if (quantity <= 0 || quantity > current)
        throw Refusal("Quantity cannot refund more items than were purchased");
    if (where == "CANCEL") take_from_places(order, text_of(*line, "id"), quantity);
    std::int64_t price = minor_of_bag(object_of(*line, "originalTotalSet"), currency);
    std::int64_t tax = 0;
    for (const auto& each : array_of(*line, "discountAllocations"))
        price -= minor_of_bag(object_of(each.as_object(), "allocatedAmountSet"), currency);
    for (const auto& each : array_of(*line, "taxLines"))
        tax += minor_of_bag(object_of(each.as_object(), "priceSet"), currency);
    const std::int64_t all = int_of(*line, "quantity");
    const auto part = [&](std::int64_t amount) {
        return round_half_up(Wide{amount} * current, all) -
               round_half_up(Wide{amount} * (current - quantity), all);
    };
    (*line)["currentQuantity"] = current - quantity;
    return {{"quantity", quantity},
            {"restockType", where},
            {"lineItem", {{"id", line->at("id")}}},
            {"subtotalSet", bag(part(price), currency)},
            {"totalTaxSet", bag(part(tax), currency)}};
}

json::object refund_transaction(State& state, json::object& order, const json::object& wanted) {
    const std::string currency = currency_of(order);
    const json::object parent = transaction_at(order, text_of(wanted, "parentId"));
    const std::string kind = text_of(parent, "kind");
    if (kind != "SALE" && kind != "CAPTURE")
        throw Refusal("Parent transaction must be a capture or a sale");
    if (text_of(wanted, "kind") != "REFUND") throw Refusal("Transaction kind must be refund");
    if (text_of(wanted, "gateway") != text_of(parent, "gateway"))
        throw Refusal("Gateway is not that of the parent transaction");
    const std::int64_t amount = minor_of(wanted.at("amount"), currency);
    const std::int64_t left =
        amount_of(parent, currency) - taken_of(order, text_of(parent, "id"), "REFUND");
    if (amount <= 0 || amount > left)
        throw Refusal(fmt::format("Refund amount cannot exceed the amount left of {} {}",
                                  format_decimal(left, currency_exponent(currency)), currency));
    const std::string status = text_of(state.switches, "refund_status", "SUCCESS");
    return add_transaction(state, order, "REFUND", status, amount, parent);
}

json::value make_refund(World& world, const json::object& input) {
    State& state = world.shopify;
    json::object& kept = order_at(state, text_of(input, "orderId"));
    json::object order = kept;  // all of it or nothing
    const std::string currency = currency_of(order);
    if (input.contains("currency") && text_of(input, "currency") != currency)
        throw Refusal("Currency must be the presentment currency");
    json::array rows;
    for (const auto& each : array_of(input, "refundLineItems"))
        rows.push_back(refund_row(order, each.as_object()));
    json::array transactions;
    std::int64_t moved = 0;
    for (const auto& each : array_of(input, "transactions")) {
        transactions.push_back(refund_transaction(state, order, each.as_object()));
        moved += amount_of(transactions.back().as_object(), currency);
    }
    if (rows.empty() && transactions.empty()) throw Refusal("Nothing to refund");
    json::object refund{{"id", new_gid(state, "Refund")},
                        {"note", input.contains("note") ? input.at("note") : json::value{}},
                        {"createdAt", iso_seconds(now_us())},
                        {"transactions", {{"nodes", transactions}}},
                        {"refundShippingLines", {{"nodes", json::array{}}}},
                        {"refundLineItems", {{"nodes", rows}}}};
    order["refunds"].as_array().push_back(refund);
    kept = order;
    const bool is_money = !transactions.empty();
    world.record({"shopify", is_money ? "refund.create" : "order.cancel_units",
                  "order/" + text_of(kept, "id").substr(20),
                  is_money ? format_decimal(moved, currency_exponent(currency)) : "",
                  is_money ? currency : "", text_of(input, "note")});
    touch(world, kept, "refunds/create");
    return json::object{{"refund", refund}, {"order", kept}};
}

/// The directive's key: remembered with its parameters.
json::value refund_once(World& world, const graphql::Selection& root) {
    const auto directive = root.directives.find("idempotent");
    if (directive == root.directives.end())
        throw TopLevelError(
            "The @idempotent directive is required for this mutation but was not provided.",
            "BAD_REQUEST");
    const std::string key = text_of(directive->second, "key");
    if (key.empty()) throw TopLevelError("The idempotency key is blank", "BAD_REQUEST");
    const json::object& input = object_of(root.arguments, "input");
    State& state = world.shopify;
    if (const json::value* known = state.refund_keys.if_contains(key)) {
        if (known->at("input") != json::value(input))
            throw Refusal(
                "IDEMPOTENCY_KEY_PARAMETER_MISMATCH: the key was used with other parameters");
        return json::object{{"refund", known->at("refund")}};
    }
    json::value made = make_refund(world, input);
    state.refund_keys[key] = json::object{{"input", input}, {"refund", made.at("refund")}};
    return made;
}

json::value cancel(World& world, const json::object& arguments) {
    json::object& order = order_at(world.shopify, text_of(arguments, "orderId"));
    if (order.at("cancelledAt").is_string())
        throw Refusal("Order has already been cancelled", "INVALID");
    for (const auto& each : order["fulfillments"].as_array())
        if (text_of(each.as_object(), "status") != "CANCELLED")
            throw Refusal("Cannot cancel an order with fulfillments", "INVALID");
    if (text_of(arguments, "staffNote").size() > 255)
        throw Refusal("Staff note is too long (maximum is 255 characters)", "INVALID");
    if (bool_of(object_of(arguments, "refundMethod"), "originalPaymentMethodsRefund"))
        throw Refusal("this stand-in does not refund while it cancels", "INVALID");
    for (auto& each : nodes_of(order, "lineItems"))
        each.as_object()["currentQuantity"] = 0;
    const json::array before = order["transactions"].as_array();
    for (const auto& each : before) {
        const auto& row = each.as_object();
        const std::string id = text_of(row, "id");
        const std::int64_t left =
            amount_of(row, currency_of(order)) - taken_of(order, id, "CAPTURE VOID");
        if (text_of(row, "kind") == "AUTHORIZATION" && left > 0)
            add_transaction(world.shopify, order, "VOID", "SUCCESS", left, row);
    }
    order["cancelledAt"] = iso_seconds(now_us());
    order["cancelReason"] = arguments.at("reason");
    order["cancellation"] = json::object{{"staffNote", text_of(arguments, "staffNote")}};
    world.record({"shopify",
                  "order.cancel",
                  "order/" + text_of(order, "id").substr(20),
                  {},
                  {},
                  text_of(arguments, "staffNote")});
    touch(world, order, "orders/cancelled");
    return json::object{{"job", {{"id", new_gid(world.shopify, "Job")}, {"done", false}}}};
}

json::value capture(World& world, const json::object& input) {
    json::object& order = order_at(world.shopify, text_of(input, "id"));
    const std::string currency = currency_of(order);
    const json::object parent = transaction_at(order, text_of(input, "parentTransactionId"));
    const std::string id = text_of(parent, "id");
    const std::int64_t left = amount_of(parent, currency) - taken_of(order, id, "CAPTURE VOID");
    const std::int64_t amount = minor_of(input.at("amount"), currency);
    if (text_of(parent, "kind") != "AUTHORIZATION" || amount <= 0 || amount > left)
        throw Refusal("Amount exceeds what is authorized");
    const json::object made =
        add_transaction(world.shopify, order, "CAPTURE", "SUCCESS", amount, parent);
    transaction_at(order, id)["totalUnsettledSet"] = bag(left - amount, currency);
    world.record({"shopify",
                  "payment.capture",
                  "order/" + text_of(order, "id").substr(20),
                  format_decimal(amount, currency_exponent(currency)),
                  currency,
                  {}});
    touch(world, order, "order_transactions/create");
    return json::object{{"transaction", made}};
}

json::value give_up(World& world, const std::string& id) {
    json::object& order = order_with(world.shopify, id);
    const json::object parent = transaction_at(order, id);
    const std::int64_t taken = taken_of(order, id, "CAPTURE VOID");
    if (text_of(parent, "kind") != "AUTHORIZATION" || taken > 0)
        throw Refusal("Authorization is not voidable", "AUTH_NOT_VOIDABLE");
    const std::int64_t amount = amount_of(parent, currency_of(order));
    const json::object made =
        add_transaction(world.shopify, order, "VOID", "SUCCESS", amount, parent);
    transaction_at(order, id)["totalUnsettledSet"] = nullptr;
    world.record(
        {"shopify", "payment.reverse", "order/" + text_of(order, "id").substr(20), {}, {}, {}});
    touch(world, order, "order_transactions/create");
    return json::object{{"transaction", made}};
}

json::value set_marks(World& world, const json::array& marks) {
    for (const auto& each : marks) {
        const auto& mark = each.as_object();
        const std::string key = text_of(mark, "key");
        if (key.size() < 2 || key.size() > 64)
            throw Refusal("Key is too short or too long", "INVALID");
        order_at(world.shopify, text_of(mark, "ownerId"));
        json::value& kept = world.shopify.marks[text_of(mark, "ownerId")];
        if (!kept.is_object()) kept = json::object{};
        kept.get_object()[key] = text_of(mark, "value");
    }
    return json::object{};
}

json::value set_note(World& world, const json::object& input) {
    json::object& order = order_at(world.shopify, text_of(input, "id"));
    if (text_of(input, "note").size() > 5000) throw Refusal("Note is too long");
    order["note"] = text_of(input, "note");
    world.record({"shopify",
                  "order.note",
                  "order/" + text_of(order, "id").substr(20),
                  {},
                  {},
                  text_of(input, "note")});
    touch(world, order, "orders/updated");
    return json::object{{"order", order}};
}

}  // namespace

json::value act(World& world, const graphql::Selection& root) {
    const json::object& input = object_of(root.arguments, "input");
    if (root.name == "refundCreate") return refund_once(world, root);
    if (root.name == "orderCancel") return cancel(world, root.arguments);
    if (root.name == "orderCapture") return capture(world, input);
    if (root.name == "transactionVoid")
        return give_up(world, text_of(root.arguments, "parentTransactionId"));
    if (root.name == "metafieldsSet")
        return set_marks(world, array_of(root.arguments, "metafields"));
    if (root.name == "orderUpdate") return set_note(world, input);
    return fulfil(world, root);
}

}  // namespace orderhub::sandbox::shopify
