#include "project.hpp"

#include <algorithm>

namespace orderhub::commercetools::testing {
namespace {

const std::string kUrl = "https://api.example/acme/";

std::string query_value(const std::string& url, const std::string& name) {
    const std::size_t at = url.find(name + "=");
    if (at == std::string::npos) return {};
    std::string value = url.substr(at + name.size() + 1, url.find('&', at) - at - name.size() - 1);
    for (std::size_t i = value.find("%3A"); i != std::string::npos; i = value.find("%3A"))
        value.replace(i, 3, ":");
    return value;
}

void append(Json& to, std::string_view list, Json item) {
    Json all = Json::array(to[list].is_array() ? to[list].items() : std::vector<Json>{});
    all.push(std::move(item));
    to.set(list, std::move(all));
}

}  // namespace

Json config() {
    return Json::parse(R"({"api_url": "https://api.example", "auth_url": "https://auth.example",
        "project": "acme", "scope": "manage_orders:acme manage_payments:acme", "client_id": "c",
        "client_secret": "{{secret:client_secret}}", "poll_from": "2026-11-22T00:00:00Z",
        "page_size": 2})");
}

Json order_reference() {
    return Json::parse(R"({"external_id": "o-1", "number": "A1", "currency": "EUR"})");
}

Answer ok(const Json& body, int status) {
    return {status, body.dump(), {{"content-type", "application/json"}}, OH_HTTP_ANSWERED};
}

Answer problem(int status, std::string_view code, std::string_view message) {
    const Json error = Json::object({{"code", code}, {"message", message}});
    return ok(Json::object(
                  {{"statusCode", status}, {"message", message}, {"errors", Json::array({error})}}),
              status);
}

Project::Project() {
    add_order("o-1", "2026-11-22T10:00:00.000Z");
    payments["p-1"] = Json::parse(R"({"id": "p-1", "version": 3,
        "lastModifiedAt": "2026-11-22T10:00:00.000Z", "interfaceId": "psp-1",
        "amountPlanned": {"type": "centPrecision", "currencyCode": "EUR", "centAmount": 2420, "fractionDigits": 2},
        "paymentMethodInfo": {"method": "CREDIT_CARD"},
        "transactions": [{"id": "t-1", "type": "Charge", "state": "Success", "interactionId": "psp-c1",
            "amount": {"type": "centPrecision", "currencyCode": "EUR", "centAmount": 2420, "fractionDigits": 2}}]})");
}

Json& Project::add_order(const std::string& id, const std::string& modified) {
    Json order = Json::parse(R"({"version": 7, "createdAt": "2026-11-22T09:00:00.000Z",
        "orderState": "Open", "shippingInfo": {"shippingMethodName": "Standard"},
        "totalPrice": {"type": "centPrecision", "currencyCode": "EUR", "centAmount": 2420, "fractionDigits": 2},
        "taxedPrice": {"totalNet": {"currencyCode": "EUR", "centAmount": 2000},
            "totalGross": {"currencyCode": "EUR", "centAmount": 2420}},
        "lineItems": [{"id": "l-1", "name": {"en": "Mug"}, "variant": {"sku": "MUG"}, "quantity": 2,
            "price": {"value": {"currencyCode": "EUR", "centAmount": 1210}},
            "totalPrice": {"currencyCode": "EUR", "centAmount": 2420},
            "taxedPrice": {"totalNet": {"currencyCode": "EUR", "centAmount": 2000},
                "totalGross": {"currencyCode": "EUR", "centAmount": 2420}},
            "taxRate": {"name": "VAT", "amount": 0.21, "includedInPrice": true}}],
        "paymentInfo": {"payments": [{"typeId": "payment", "id": "p-1"}]}})");
    order.set("id", id);
    order.set("lastModifiedAt", modified);
    return orders[id] = std::move(order);
}

std::vector<Json> Project::refunds() const {
    std::vector<Json> all;
    for (const Json& each : payments.at("p-1")["transactions"].items())
        if (each["type"] == Json("Refund")) all.push_back(each);
    return all;
}

void Project::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

Answer Project::answer(const Request& request) {
    const auto fault = due(request);
    if (!fault) return act(request);
    if (fault->takes_effect) act(request);
    return fault->answer;
}

std::optional<Fault> Project::due(const Request& request) {
    for (Fault& fault : faults) {
        if (fault.times == 0 || fault.method != request.method ||
            request.url.find(fault.part) == std::string::npos)
            continue;
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

Answer Project::act(const Request& request) {
    if (!request.url.starts_with(kUrl)) return problem(404, "ResourceNotFound", "no such project");
    const std::string path = request.url.substr(kUrl.size(), request.url.find('?') - kUrl.size());
    auto& all = path.starts_with("orders") ? orders : payments;
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return query(request, all);
    const auto found = all.find(path.substr(slash + 1));
    if (found == all.end())
        return problem(404, "ResourceNotFound", "The Resource with ID '...' was not found.");
    if (request.method == "GET")
        return ok(&all == &orders ? with_payments(found->second) : found->second);
    return update(found->second, Json::parse(request.body));
}

Json Project::with_payments(Json order) const {
    Json expanded = Json::array();
    for (const Json& each : order["paymentInfo"]["payments"].items()) {
        Json reference = each;
        if (const auto found = payments.find(each.at("id").text()); found != payments.end())
            reference.set("obj", found->second);
        expanded.push(std::move(reference));
    }
    order.set("paymentInfo", Json::object({{"payments", std::move(expanded)}}));
    return order;
}

Answer Project::query(const Request& request, std::map<std::string, Json>& all) {
    const std::string from = query_value(request.url, "var.from");
    const std::string offset = query_value(request.url, "offset");
    const std::string limit = query_value(request.url, "limit");
    std::vector<Json> rows;
    for (const auto& [id, row] : all)
        if (row.at("lastModifiedAt").text() >= from)
            rows.push_back(&all == &orders ? with_payments(row) : row);
    std::ranges::sort(rows, {}, [](const Json& row) {
        return row.at("lastModifiedAt").text() + row.at("id").text();
    });
    const std::size_t first = offset.empty() ? 0 : std::stoul(offset);
    Json results = Json::array();
    for (std::size_t i = first; i < rows.size() && i < first + std::stoul(limit); ++i)
        results.push(rows[i]);
    return ok(Json::object({{"results", std::move(results)}}));
}

Answer Project::update(Json& resource, const Json& body) {
    const std::int64_t version = resource.at("version").integer();
    if (somebody_else > 0) {
        --somebody_else;
        resource.set("version", version + 1);
    }
    if (resource.at("version") != body.at("version"))
        return problem(409, "ConcurrentModification",
                       "Object has a different version than expected.");
    for (const Json& action : body.at("actions").items())
        apply(resource, action);
    resource.set("version", version + 2);
    return ok(resource);
}

void Project::apply(Json& resource, const Json& action) {
    const std::string name = action.at("action").text();
    const std::string id = "n-" + std::to_string(actions.size());
    actions.push_back(name);
    if (name == "changeOrderState") resource.set("orderState", action.at("orderState"));
    if (name == "changeShipmentState") resource.set("shipmentState", action.at("shipmentState"));
    if (name == "addTransaction") {
        Json transaction = action.at("transaction");
        transaction.set("id", id);
        append(resource, "transactions", std::move(transaction));
    }
    if (name == "addDelivery") {
        Json delivery = action;
        delivery.set("id", id);
        delivery.set("key", action.at("deliveryKey"));
        Json info = resource["shippingInfo"];
        append(info, "deliveries", std::move(delivery));
        resource.set("shippingInfo", std::move(info));
    }
    if (name == "addReturnInfo") {
        Json entered = action;
        Json items = Json::array();
        for (Json item : action.at("items").items()) {
            item.set("id", id);
            item.set("paymentState", "Initial");
            items.push(std::move(item));
        }
        entered.set("items", std::move(items));
        append(resource, "returnInfo", std::move(entered));
    }
}

}  // namespace orderhub::commercetools::testing
