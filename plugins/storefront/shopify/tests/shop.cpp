#include "shop.hpp"

#include <stdexcept>

#include "testing/documents.hpp"

namespace orderhub::shopify::testing {
namespace {

Json nodes(std::vector<Json> rows) {
    return Json::object(
        {{"pageInfo", Json::object({{"hasNextPage", false}, {"endCursor", nullptr}})},
         {"nodes", Json::array(std::move(rows))}});
}

Json bag(const std::string& amount, const Json& currency) {
    return Json::object(
        {{"presentmentMoney", Json::object({{"amount", amount}, {"currencyCode", currency}})}});
}

/// The part with this id; null if there is none.
Json with_id(const Json& list, const Json& id) {
    for (const Json& each : list.items())
        if (each["id"] == id) return each;
    return {};
}

/// A list of parts as the order shows it: their ids.
Json ids_of(const Json& list) {
    std::vector<Json> ids;
    for (const Json& each : list.items())
        ids.push_back(Json::object({{"id", each["id"]}}));
    return Json::array(std::move(ids));
}

}  // namespace

Json document(std::string_view name) {
    const std::string path = std::string(SHOPIFY_CASES) + "/" + std::string(name) + "/input.json";
    return orderhub::testing::document_at(path);
}

Json config() {
    return Json::parse(R"({"shop_url": "https://acme.myshopify.com", "client_id": "c",
        "client_secret": "{{secret:client_secret}}", "poll_from": "2026-11-22T00:00:00Z"})");
}

Answer ok(const Json& body, int status) {
    return {status,
            body.dump(),
            {{"content-type", "application/json"}, {"x-shopify-api-version", "2026-10"}},
            OH_HTTP_ANSWERED};
}

Answer error(std::string_view code, std::string_view message) {
    const Json one =
        Json::object({{"message", message}, {"extensions", Json::object({{"code", code}})}});
    return ok(Json::object({{"errors", Json::array({one})}, {"data", nullptr}}));
}

Answer user_error(std::string_view field, std::string_view message) {
    const Json one = Json::object({{"field", nullptr}, {"message", message}});
    return ok(Json::object(
        {{"data", Json::object({{field == "" ? "x" : std::string(field),
                                 Json::object({{"userErrors", Json::array({one})}})}})}}));
}

Json payload(std::string_view order, std::string_view currency, std::string_view more) {
    Json json = Json::parse(more);
    json.set("order", Json::object({{"external_id", order},
                                    {"number", "#" + std::string(order)},
                                    {"currency", currency}}));
    return json;
}

Shop::Shop(std::string_view first) : order(document(first)) {}

void Shop::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

std::size_t Shop::count(std::string_view operation) const {
    std::size_t times = 0;
    for (const Asked& each : all)
        times += each.operation == operation ? 1 : 0;
    return times;
}

const Json& Shop::asked(std::string_view operation) const {
    for (auto each = all.rbegin(); each != all.rend(); ++each)
        if (each->operation == operation) return each->variables;
    throw std::runtime_error("never asked: " + std::string(operation));
}

Answer Shop::answer(const Request& request) {
    const Json body = Json::parse(request.body);
    const std::string operation = body.at("operationName").text();
    all.push_back({operation, body["variables"]});
    const auto give = [&] {
        Json answer = Json::object({{"data", data(operation, body["variables"])}});
        if (!cost.is_null()) answer.set("extensions", Json::object({{"cost", cost}}));
        return ok(answer);
    };
    for (Fault& fault : faults) {
        if (fault.times == 0 || fault.operation != operation) continue;
        --fault.times;
        if (fault.takes_effect) give();
        return fault.answer;
    }
    return give();
}

void Shop::append(std::string_view list, Json row) {
    std::vector<Json> rows = order[list].items();
    rows.push_back(std::move(row));
    order.set(list, Json::array(std::move(rows)));
}

void Shop::add_transaction(const std::string& kind, const Json& parent, const std::string& amount) {
    append("transactions",
           Json::object({{"id", "gid://shopify/OrderTransaction/" + std::to_string(++next_)},
                         {"kind", kind},
                         {"status", "SUCCESS"},
                         {"gateway", "shopify_payments"},
                         {"processedAt", "2026-11-23T10:00:00Z"},
                         {"amountSet", bag(amount, order["presentmentCurrencyCode"])},
                         {"parentTransaction", Json::object({{"id", parent}})}}));
    ++writes;
}

Json Shop::refund(const Json& input) {
    const std::string id = "gid://shopify/Refund/" + std::to_string(++next_);
    std::vector<Json> moved;
    if (input["transactions"].is_array())
        for (const Json& each : input["transactions"].items()) {
            add_transaction("REFUND", each["parentId"], each["amount"].text());
            moved.push_back(Json::object({{"id", order["transactions"].items().back()["id"]}}));
        }
    std::vector<Json> rows;
    if (input["refundLineItems"].is_array())
        for (const Json& each : input["refundLineItems"].items()) {
            rows.push_back(
                Json::object({{"quantity", each["quantity"]},
                              {"restockType", each["restockType"]},
                              {"lineItem", Json::object({{"id", each["lineItemId"]}})},
                              {"subtotalSet", bag("20.25", order["presentmentCurrencyCode"])},
                              {"totalTaxSet", bag("3.23", order["presentmentCurrencyCode"])}}));
            ++writes;
        }
    append("refunds", Json::object({{"id", id},
                                    {"note", input["note"]},
                                    {"createdAt", "2026-11-23T10:00:00Z"},
                                    {"transactions", nodes(moved)},
                                    {"refundShippingLines", nodes({})},
                                    {"refundLineItems", nodes(rows)}}));
    return Json::object({{"refund", Json::object({{"id", id}})}});
}

Json Shop::fulfilment_orders() const {
    std::vector<Json> rows;
    for (const Json& line : order["lineItems"]["nodes"].items())
        rows.push_back(Json::object(
            {{"id", "gid://shopify/FulfillmentOrderLineItem/" + line["id"].text().substr(23)},
             {"remainingQuantity", line["currentQuantity"]},
             {"lineItem", Json::object({{"id", line["id"]}})}}));
    return nodes({Json::parse(R"({"id": "gid://shopify/FulfillmentOrder/1", "status": "OPEN",
        "supportedActions": [{"action": "CREATE_FULFILLMENT"}],
        "assignedLocation": {"location": {"id": "gid://shopify/Location/5"}}})")
                      .set("lineItems", nodes(std::move(rows)))});
}

Json Shop::fulfil(const Json& input) {
    const std::string id = "gid://shopify/Fulfillment/" + std::to_string(++next_);
    std::vector<Json> rows;
    for (const Json& place : input["lineItemsByFulfillmentOrder"].items())
        for (const Json& each : place["fulfillmentOrderLineItems"].items())
            rows.push_back(Json::object(
                {{"quantity", each["quantity"]},
                 {"lineItem", Json::object({{"id", "gid://shopify/LineItem/" +
                                                       each["id"].text().substr(39)}})}}));
    append("fulfillments", Json::object({{"id", id},
                                         {"status", "SUCCESS"},
                                         {"displayStatus", "FULFILLED"},
                                         {"createdAt", "2026-11-23T10:00:00Z"},
                                         {"trackingInfo", Json::array({input["trackingInfo"]})},
                                         {"fulfillmentLineItems", nodes(std::move(rows))}}));
    ++writes;
    return Json::object({{"fulfillment", Json::object({{"id", id}})}});
}

Json Shop::data(const std::string& operation, const Json& variables) {
    const auto of = [](std::string_view field, Json value) {
        return Json::object({{std::string(field), std::move(value)}});
    };
    const auto made = [&](std::string_view field) { return of(field, Json::object()); };
    if (operation == "HubOrder") {
        if (variables["id"] != order["id"]) return of("order", nullptr);
        Json shown = order;
        shown.set("fulfillments", ids_of(order["fulfillments"]));
        shown.set("refunds", ids_of(order["refunds"]));
        return of("order", shown);
    }
    if (operation == "HubChanged") return of("orders", nodes(listed));
    if (operation == "HubFulfilment")
        return of("fulfillment", with_id(order["fulfillments"], variables["id"]));
    if (operation == "HubRefund") return of("refund", with_id(order["refunds"], variables["id"]));
    if (operation == "HubParcels") return of("order", of("fulfillmentOrders", fulfilment_orders()));
    if (operation == "HubMark") {
        const auto mark = marks.find(variables["key"].text());
        return of("order",
                  of("metafield", mark == marks.end() ? Json() : of("value", mark->second)));
    }
    if (operation == "HubSetMark") {
        const Json& mark = variables["metafields"].items().front();
        marks[mark["key"].text()] = mark["value"].text();
        return made("metafieldsSet");
    }
    if (operation == "HubJob") return of("job", of("done", true));
    if (operation == "HubMakeRefund") return of("refundCreate", refund(variables["input"]));
    if (operation == "HubFulfil") return of("fulfillmentCreate", fulfil(variables["fulfillment"]));
    if (operation == "HubCancel") {
        order.set("cancelledAt", "2026-11-23T10:00:00Z");
        order.set("cancellation", of("staffNote", variables["note"]));
        ++writes;
        return of("orderCancel",
                  of("job", Json::parse(R"({"id": "gid://shopify/Job/1", "done": false})")));
    }
    if (operation == "HubCapture") {
        add_transaction("CAPTURE", variables["input"]["parentTransactionId"],
                        variables["input"]["amount"].text());
        return of("orderCapture", of("transaction", of("status", "SUCCESS")));
    }
    if (operation == "HubVoid") {
        add_transaction("VOID", variables["id"], "1.00");
        return made("transactionVoid");
    }
    if (operation == "HubNote") {
        order.set("note", variables["input"]["note"]);
        ++writes;
        return made("orderUpdate");
    }
    ++writes;
    if (operation == "HubTrack") return made("fulfillmentTrackingInfoUpdate");
    if (operation == "HubDelivered") return made("fulfillmentEventCreate");
    if (operation == "HubCancelFulfilment") return made("fulfillmentCancel");
    throw std::runtime_error("the shop knows no " + operation);
}

}  // namespace orderhub::shopify::testing
