#include "client.hpp"

namespace orderhub::commercetools {
namespace {

constexpr std::string_view kPayments = "paymentInfo.payments[*]";
constexpr std::int64_t kLongestPage = 500;

sdk::HttpRequest update_request(std::string url, const Json& body) {
    return sdk::json_request("POST", std::move(url), {}, body);
}

}  // namespace

sdk::HttpResponse Client::send(sdk::HttpRequest request) {
    request.headers.emplace_back("Authorization", sdk::oauth2_bearer());
    return call_.http(request);
}

Page Client::query(std::string_view resource, const std::string& where, sdk::Fields fields) {
    fields.emplace_back("where", where);
    const bool is_orders = resource == "orders";
    if (is_orders && !settings_.store.empty()) {
        fields.emplace_back("where", "store(key=:store)");
        fields.emplace_back("var.store", settings_.store);
    }
    if (is_orders) fields.emplace_back("expand", kPayments);
    fields.emplace_back("sort", "lastModifiedAt asc");
    fields.emplace_back("sort", "id asc");
    fields.emplace_back("withTotal", "false");
    Page page{{}, true, call_.now()};
    const auto response =
        send({.url = sdk::with_query(settings_.url + "/" + std::string(resource), fields)});
    page.rows = sdk::json_of(response, sdk::Effect::read).at("results").items();
    return page;
}

Page Client::changed(std::string_view resource, std::int64_t from_ms, std::int64_t offset,
                     std::int64_t limit) {
    Page page = query(resource, "lastModifiedAt >= :from",
                      {{"var.from", sdk::to_rfc3339(from_ms)},
                       {"limit", std::to_string(limit)},
                       {"offset", std::to_string(offset)}});
    page.is_last = static_cast<std::int64_t>(page.rows.size()) < limit;
    return page;
}

Page Client::orders_of(const std::vector<std::string>& payments) {
    std::string ids;
    for (const std::string& id : payments)
        ids += (ids.empty() ? "\"" : ", \"") + id + "\"";
    return query("orders", "paymentInfo(payments(id in (" + ids + ")))",
                 {{"limit", std::to_string(kLongestPage)}});
}

std::optional<Json> Client::one(std::string url) {
    const sdk::HttpResponse response = send({.url = std::move(url)});
    if (response.status == 404) return std::nullopt;
    return sdk::json_of(response, sdk::Effect::read);
}

std::optional<Shown> Client::order(std::string_view id) {
    Shown shown{{}, call_.now()};
    auto found = one(sdk::with_query(settings_.url + "/orders/" + sdk::url_encode(id),
                                     {{"expand", std::string(kPayments)}}));
    if (!found) return std::nullopt;
    shown.order = std::move(*found);
    return shown;
}

std::optional<Json> Client::payment(std::string_view id) {
    return one(settings_.url + "/payments/" + sdk::url_encode(id));
}

std::optional<Json> Client::update(std::string_view resource, const Json& current, Json actions) {
    const std::string url = settings_.url + "/" + std::string(resource) + "/" +
                            sdk::url_encode(current.at("id").text());
    const auto response = send(update_request(
        url, Json::object({{"version", current.at("version")}, {"actions", std::move(actions)}})));
    if (response.status == 409) return std::nullopt;
    return sdk::json_of(response, sdk::Effect::write);
}

int Client::trial_of_writing() {
    const Json body = Json::object({{"version", 1}, {"actions", Json::array()}});
    sdk::HttpRequest request = update_request(settings_.url + "/orders/orderhub-check", body);
    request.effect = sdk::Effect::read;
    return send(std::move(request)).status;
}

}  // namespace orderhub::commercetools
