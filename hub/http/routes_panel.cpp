#include <sodium.h>

#include <boost/json/array.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/panel.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr std::uint32_t kOtherOrders = 10;

Response no_panel() {
    return problem(404, "no_panel", "The configuration names no panel (access.panel).");
}

/// In constant time.
bool is_same(const std::string& one, const std::string& other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

/// Nothing if the address is good.
std::optional<Response> refused(const Parts& parts, const Call& call) {
    if (parts.panel.secret.empty()) return no_panel();
    if (auto known = only_parameters(call.target, {"expires", "signature", "scope"}); !known)
        return known.error();
    const auto expires = number_parameter(call.target, "expires", 0, 0, kLastSecond);
    if (!expires) return expires.error();
    const auto signature = text_parameter(call.target, "signature");
    if (!signature) return signature.error();
    const auto scope = call.target.parameter("scope").value_or("");
    const auto wanted = panel_signature(
        parts.panel.secret, {call.parameter("connector"), call.parameter("id"), *expires, scope});
    if (!is_same(*signature, wanted))
        return problem(401, "bad_signature", "The address of this panel is not signed.");
    const auto now_s = parts.now_ms() / 1000;
    if (*expires <= now_s || *expires > now_s + kLongestPanelSeconds)
        return problem(401, "panel_expired", "The panel's time is over; load the ticket again.");
    return std::nullopt;
}

/// Of whoever made the address: it opens no more to others.
std::string scope_text(const domain::Scope& scope) {
    return scope.is_limited()
               ? domain::to_text(scope.storefronts) + "/" + domain::to_text(scope.desks)
               : std::string();
}

domain::Scope scope_of(std::string_view text) {
    if (text.empty()) return {};
    const auto slash = std::min(text.find('/'), text.size());
    return {domain::connector_names(text.substr(0, slash)),
            domain::connector_names(text.substr(std::min(slash + 1, text.size())))};
}

/// The customer's other orders, newest first, as a list shows them.
json::array others_of(const Parts& parts, store::Transaction& transaction,
                      const servicing::OrderRow& order) {
    if (order.customer_id.empty()) return {};
    servicing::OrderQuery query;
    query.customer_id = order.customer_id;
    query.limit = kOtherOrders + 1;
    json::array others;
    const auto page = parts.service.orders(transaction, query);
    for (const auto& each : page.at("items").as_array())
        if (each.at("id").as_string() != order.id) others.push_back(each);
    return others;
}

Response show_panel(const Parts& parts, Call& call) {
    if (auto answer = refused(parts, call)) return std::move(*answer);
    const auto scope = scope_of(call.target.parameter("scope").value_or(""));
    return read_answer(
        parts.store, scope, [&](store::Transaction& transaction) -> Result<json::object> {
            const auto row =
                transaction.case_by_source(call.parameter("connector"), call.parameter("id"));
            if (!row) return fail(ErrorKind::NotFound, "no_such_case", "There is no such case.");
            auto shown = parts.service.case_(transaction, row->id);
            if (!shown) return shown;
            json::object panel{{"case", *std::move(shown)},

                               {"other_orders", json::array()},
                               {"hub", parts.panel.public_url}};
            const auto linked = transaction.order(row->order_id);
            if (!linked) return panel;
            auto order = parts.service.order(transaction, linked->id);
            if (!order) return order;
            panel["order"] = *std::move(order);
            panel["other_orders"] = others_of(parts, transaction, *linked);
            return panel;
        });
}

Response make_address(const Parts& parts, Call& call) {
    if (parts.panel.secret.empty()) return no_panel();
    std::string connector;
    std::string external_id;
    const auto found = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        const auto row = transaction.case_by_id(call.parameter("id"));
        if (!row) return fail(ErrorKind::NotFound, "no_such_case", "There is no such case.");
        connector = row->connector;
        external_id = row->external_id;
        return {};
    });
    if (!found) return problem(found.error());
    const auto expires_s = parts.now_ms() / 1000 + parts.panel.minutes * 60;
    const auto scope = scope_text(call.caller.scope);
    return json_answer(
        {{"url", panel_address(parts.panel, {connector, external_id, expires_s, scope})},
         {"expires_at", rfc3339(expires_s * 1000)}});
}

}  // namespace

void add_panel_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/embed/case/{connector}/{id}", Right::none, show_panel);
    add("POST", "/api/v1/cases/{id}:panel-address", Right::read_service, make_address);
}

}  // namespace orderhub::http
