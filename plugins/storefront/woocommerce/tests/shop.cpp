#include "shop.hpp"

#include <algorithm>

namespace orderhub::woocommerce::testing {
namespace {

const std::string kOrders = "https://shop.example/en/wp-json/wc/v3/orders";

std::string query_value(const std::string& url, const std::string& name) {
    const std::size_t at = url.find(name + "=");
    if (at == std::string::npos) return {};
    std::string value = url.substr(at + name.size() + 1, url.find('&', at) - at - name.size() - 1);
    for (std::size_t i = value.find("%3A"); i != std::string::npos; i = value.find("%3A"))
        value.replace(i, 3, ":");
    return value;
}

}  // namespace

Json config() {
    return Json::parse(R"({"site_url": "https://shop.example/en/", "consumer_key": "ck_1",
        "consumer_secret": "{{secret:consumer_secret}}", "poll_from": "2026-11-22T00:00:00Z",
        "page_size": 2})");
}

Json order_reference() {
    return Json::parse(R"({"external_id": "727", "number": "727", "currency": "EUR"})");
}

Answer ok(const Json& body, int status) {
    return {status, body.dump(), {{"content-type", "application/json"}}, OH_HTTP_ANSWERED};
}

Answer refusal(int status, std::string_view code, std::string_view words) {
    return ok(Json::object({{"code", code}, {"message", words}, {"data", status}}), status);
}

Shop::Shop() {
    add_order(727, "2026-11-22T10:00:00");
}

Json& Shop::add_order(std::int64_t id, const std::string& modified) {
    Json order = Json::parse(R"({"status": "processing", "currency": "EUR",
        "prices_include_tax": false, "date_created_gmt": "2026-11-22T09:00:00",
        "date_paid_gmt": "2026-11-22T09:00:30", "total": "24.20", "total_tax": "4.20",
        "payment_method": "stripe", "meta_data": [], "refunds": [],
        "line_items": [{"id": 315, "name": "Mug", "sku": "MUG", "quantity": 2, "subtotal": "20.00",
            "subtotal_tax": "4.20", "total": "20.00", "total_tax": "4.20",
            "taxes": [{"id": 12, "total": "4.2", "subtotal": "4.2"}]}],
        "tax_lines": [{"id": 316, "rate_id": 12, "label": "VAT", "rate_percent": 21}]})");
    order.set("id", id);
    order.set("date_modified_gmt", modified);
    return orders[std::to_string(id)] = std::move(order);
}

void Shop::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

Answer Shop::answer(const Request& request) {
    const auto fault = due(request);
    if (!fault) return act(request);
    if (fault->takes_effect) act(request);
    return fault->answer;
}

std::optional<Fault> Shop::due(const Request& request) {
    for (Fault& fault : faults) {
        if (fault.times == 0 || fault.method != request.method ||
            request.url.find(fault.part) == std::string::npos)
            continue;
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

Answer Shop::act(const Request& request) {
    if (!request.url.starts_with(kOrders)) return refusal(404, "rest_no_route", "No route");
    const std::string path =
        request.url.substr(kOrders.size(), request.url.find('?') - kOrders.size());
    if (path.empty()) return list(request);
    const std::size_t slash = path.find('/', 1);
    const auto found = orders.find(path.substr(1, slash - 1));
    if (found == orders.end())
        return refusal(request.method == "GET" ? 404 : 400,
                       "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
    const std::string what = slash == std::string::npos ? "" : path.substr(slash + 1);
    if (request.method == "GET") {
        if (what == "refunds") return ok(Json::array(refunds));
        return ok(what == "notes" ? Json::array(notes) : found->second);
    }
    Json body = Json::parse(request.body);
    if (what == "refunds") return add_refund(found->second, std::move(body));
    if (what.empty()) return change(found->second, body);
    body.set("id", static_cast<std::int64_t>(900 + notes.size()));
    notes.push_back(body);
    return ok(body, 201);
}

Answer Shop::list(const Request& request) const {
    const std::string after = query_value(request.url, "modified_after");
    const auto page = std::stoul(query_value(request.url, "page"));
    const auto size = std::stoul(query_value(request.url, "per_page"));
    const auto stamp = [](const Json& order) {
        return order.at("date_modified_gmt").text() + order.at("id").text_or_digits();
    };
    std::vector<Json> rows;
    for (const auto& [id, order] : orders)
        if (order.at("date_modified_gmt").text() > after) rows.push_back(order);
    std::ranges::sort(rows, {}, stamp);
    std::vector<Json> shown;
    for (std::size_t i = (page - 1) * size; i < rows.size() && shown.size() < size; ++i)
        shown.push_back(rows[i]);
    return ok(Json::array(std::move(shown)));
}

Answer Shop::change(Json& order, const Json& body) {
    for (const auto& [name, value] : body.members())
        order.set(name, value);
    ++changes;
    return ok(order);
}

Answer Shop::add_refund(Json& order, Json body) {
    body.set("id", static_cast<std::int64_t>(801 + refunds.size()));
    body.set("refunded_payment", body["api_refund"]);
    refunds.insert(refunds.begin(), body);
    Json shown = Json::array();
    for (const Json& each : refunds)
        shown.push(
            Json::object({{"id", each.at("id")}, {"total", "-" + each.at("amount").text()}}));
    order.set("refunds", std::move(shown));
    return ok(body, 201);
}

}  // namespace orderhub::woocommerce::testing
