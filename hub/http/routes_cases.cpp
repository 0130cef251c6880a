#include <array>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::array<std::string_view, 3> kDecisions{"linked", "suggested", "none"};

Response find_cases(const Parts& parts, Call& call) {
    const auto& target = call.target;
    if (auto known =
            only_parameters(target, {"q", "decision", "order", "customer", "limit", "before"});
        !known)
        return known.error();
    const auto text = text_parameter(target, "q");
    const auto order = text_parameter(target, "order");
    const auto customer = text_parameter(target, "customer");
    const auto before = text_parameter(target, "before");
    const auto decision = word_parameter(target, "decision", kDecisions);
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    for (const auto* given : {&text, &order, &customer, &before, &decision})
        if (!*given) return given->error();
    if (!limit) return limit.error();
    const servicing::CaseQuery query{
        *text, *decision, *order, *before, static_cast<std::uint32_t>(*limit), *customer};
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return Result<boost::json::object>(parts.service.cases(transaction, query));
    });
}

Response show_case(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return parts.service.case_(transaction, call.parameter("id"));
    });
}

Result<boost::json::object> seen_case(const Parts& parts, const Call& call,
                                      store::Transaction& transaction,
                                      Result<boost::json::object> made) {
    return seen(transaction, call.caller, std::move(made),
                [&] { return parts.service.case_(transaction, call.parameter("id")); });
}

Response link_case(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "LinkInput");
    if (!body) return body.error();
    std::vector<std::string> orders{std::string(body->at("order_id").as_string())};
    if (const auto* further = body->if_contains("further_order_ids"))
        for (const auto& each : further->as_array())
            orders.emplace_back(each.as_string());
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        return seen_case(parts, call, transaction,
                         parts.service.link_case(transaction, acting(parts, call),
                                                 call.parameter("id"), orders));
    });
}

Response reject_order(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "RejectionInput");
    if (!body) return body.error();
    const std::string order_id(body->at("order_id").as_string());
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        return seen_case(parts, call, transaction,
                         parts.service.reject_order(transaction, acting(parts, call),
                                                    call.parameter("id"), order_id));
    });
}

Response unlink_case(const Parts& parts, Call& call) {
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        return seen_case(
            parts, call, transaction,
            parts.service.unlink_case(transaction, acting(parts, call), call.parameter("id")));
    });
}

}  // namespace

void add_case_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/cases", Right::read_service, find_cases);
    add("GET", "/api/v1/cases/{id}", Right::read_service, show_case);
    add("PUT", "/api/v1/cases/{id}/link", Right::link_cases, link_case);
    add("POST", "/api/v1/cases/{id}:reject", Right::link_cases, reject_order);
    add("DELETE", "/api/v1/cases/{id}/link", Right::link_cases, unlink_case);
}

}  // namespace orderhub::http
