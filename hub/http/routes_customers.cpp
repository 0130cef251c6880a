#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;

Response find_customers(const Parts& parts, Call& call) {
    const auto& target = call.target;
    if (auto known = only_parameters(target, {"q", "limit", "before"}); !known)
        return known.error();
    const auto text = text_parameter(target, "q");
    const auto before = text_parameter(target, "before");
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    for (const auto* given : {&text, &before})
        if (!*given) return given->error();
    if (!limit) return limit.error();
    const servicing::CustomerQuery query{*text, *before, static_cast<std::uint32_t>(*limit)};
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return Result<json::object>(parts.service.customers(transaction, query));
    });
}

Response show_customer(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return parts.service.customer(transaction, call.parameter("id"));
    });
}

Result<json::object> seen_customer(const Parts& parts, const Call& call,
                                   store::Transaction& transaction, Result<json::object> made) {
    const std::string id(made ? std::string_view(made->at("id").as_string()) : "");
    return seen(transaction, call.caller, std::move(made),
                [&] { return parts.service.customer(transaction, id); });
}

Response join_customers(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "JoinInput");
    if (!body) return body.error();
    const std::string other(body->at("other").as_string());
    const std::string reason(body->at("reason").as_string());
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        return seen_customer(parts, call, transaction,
                             parts.service.join_customers(transaction, acting(parts, call),
                                                          call.parameter("id"), other, reason));
    });
}

std::string member(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found == nullptr ? std::string() : std::string(found->as_string());
}

Response split_customer(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "SplitInput");
    if (!body) return body.error();
    std::vector<domain::Identity> identities;
    for (const auto& each : body->at("identities").as_array()) {
        const auto& given = each.as_object();
        identities.push_back({domain::CustomerKind::person, member(given, "connector"),
                              member(given, "external_id"), member(given, "email")});
    }
    const std::string reason(body->at("reason").as_string());
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        return seen_customer(
            parts, call, transaction,
            parts.service.split_customer(transaction, acting(parts, call), call.parameter("id"),
                                         identities, reason));
    });
}

}  // namespace

void add_customer_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/customers", Right::read_service, find_customers);
    add("GET", "/api/v1/customers/{id}", Right::read_service, show_customer);
    add("POST", "/api/v1/customers/{id}:join", Right::join_customers, join_customers);
    add("POST", "/api/v1/customers/{id}:split", Right::join_customers, split_customer);
}

}  // namespace orderhub::http
