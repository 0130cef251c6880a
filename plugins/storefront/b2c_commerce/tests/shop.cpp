#include "shop.hpp"

#include <algorithm>
#include <orderhub/instant.hpp>

namespace orderhub::b2c_commerce::testing {
namespace {

const std::string kOrders =
    "https://abcd.api.example/checkout/orders/v1/organizations/f_ecom_zzxx_001/orders";
const std::string kNotes = "https://shop.example/s/RefArch/dw/shop/v24_5/orders/1001/notes";

std::string query_value(const std::string& url, const std::string& name) {
    const std::size_t at = url.find(name + "=");
    if (at == std::string::npos) return {};
    std::string value = url.substr(at + name.size() + 1, url.find('&', at) - at - name.size() - 1);
    for (std::size_t i = value.find("%3A"); i != std::string::npos; i = value.find("%3A"))
        value.replace(i, 3, ":");
    return value;
}

std::int64_t changed(const Json& order) {
    return sdk::from_rfc3339(order.at("lastModified").text()).value_or(0);
}

}  // namespace

Json config() {
    return Json::parse(R"({
        "api_url": "https://abcd.api.example", "account_url": "https://account.example",
        "organization_id": "f_ecom_zzxx_001", "site_id": "RefArch",
        "scope": "SALESFORCE_COMMERCE_API:zzxx_001 sfcc.orders.rw", "client_id": "c",
        "client_secret": "{{secret:client_secret}}", "ocapi_url": "https://shop.example",
        "tracking_url": "https://track.example/{number}", "poll_from": "2026-11-02T00:00:00Z"})");
}

Answer ok(const Json& body, int status) {
    return {status,
            body.is_null() ? "" : body.dump(),
            {{"content-type", "application/json"}},
            OH_HTTP_ANSWERED};
}

Answer problem(int status, std::string_view slug, std::string_view detail) {
    return ok(
        Json::object(
            {{"type", "https://api.commercecloud.salesforce.com/documentation/error/v1/errors/" +
                          std::string(slug)},
             {"title", slug},
             {"detail", detail}}),
        status);
}

Shop::Shop() {
    add_order("1001", "2026-11-02T09:15:22.345Z");
}

Json& Shop::add_order(const std::string& number, const std::string& modified) {
    Json order = Json::parse(
        R"({"status": "new", "paymentStatus": "paid", "taxation": "net", "currency": "EUR",
        "creationDate": "2026-11-02T09:00:00.000Z", "orderTotal": 24.20, "taxTotal": 4.20,
        "adjustedMerchandizeTotalTax": 4.20,
        "productItems": [{"itemId": "a1", "productId": "MUG", "productName": "Mug", "quantity": 2, "netPrice": 20.00,
            "tax": 4.20, "grossPrice": 24.20, "adjustedTax": 4.20, "priceAfterItemDiscount": 20.00,
            "priceAfterOrderDiscount": 20.00}]})");
    order.set("orderNo", number);
    order.set("lastModified", modified);
    return orders[number] = std::move(order);
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
    if (request.url == kNotes) {
        if (request.method == "GET") return ok(Json::object({{"notes", Json::array(notes)}}));
        Json note = Json::parse(request.body);
        note.set("id", "n" + std::to_string(notes.size() + 1));
        notes.push_back(std::move(note));
        return ok(notes.back());
    }
    if (!request.url.starts_with(kOrders) || query_value(request.url, "siteId") != "RefArch")
        return problem(404, "not-found", "no such site");
    const std::string path =
        request.url.substr(kOrders.size(), request.url.find('?') - kOrders.size());
    if (path.empty()) return list(request);
    const std::size_t slash = path.find('/', 1);
    const std::string number = path.substr(1, slash - 1);
    const auto found = orders.find(number);
    if (found == orders.end()) return problem(404, "order-not-found", "No order " + number);
    if (request.method == "GET") return ok(found->second);
    return change(number, slash == std::string::npos ? "" : path.substr(slash + 1), request);
}

Answer Shop::list(const Request& request) const {
    const std::int64_t from =
        sdk::from_rfc3339(query_value(request.url, "lastModifiedDateFrom")).value_or(0);
    const auto offset = std::stoul(query_value(request.url, "offset"));
    const auto limit = std::stoul(query_value(request.url, "limit"));
    std::vector<Json> rows;
    for (const auto& [number, order] : orders)
        if (changed(order) >= from) rows.push_back(order);
    std::ranges::sort(rows, {}, changed);
    rows.erase(rows.begin(),
               rows.begin() + static_cast<std::ptrdiff_t>(std::min(offset, rows.size())));
    if (rows.size() > limit) rows.resize(limit);
    return ok(Json::object({{"data", Json::array(std::move(rows))}}));
}

Answer Shop::change(const std::string& number, const std::string& what, const Request& request) {
    const Json body = Json::parse(request.body);
    if (what == "oms-status-events") {
        events.push_back(body);
        return ok(nullptr, 202);
    }
    const std::string word = body.at("status").text();
    if (what == "status") {
        orders.at(number).set("status", word);
        ++status_changes;
    }
    if (what == "shipping-status") orders.at(number).set("shippingStatus", word);
    return ok(nullptr, 204);
}

}  // namespace orderhub::b2c_commerce::testing
