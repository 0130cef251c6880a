#include <array>
#include <limits>

#include "hub/http/actions.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"
#include "hub/servicing/returns.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::array<std::string_view, 2> kTruth{"true", "false"};

Response find_orders(const Parts& parts, Call& call) {
    const auto& target = call.target;
    if (auto known =
            only_parameters(target, {"q", "status", "exceptions", "customer", "limit", "before"});
        !known)
        return known.error();
    const auto text = text_parameter(target, "q");
    const auto status = text_parameter(target, "status");
    const auto customer = text_parameter(target, "customer");
    const auto before = text_parameter(target, "before");
    const auto exceptions = word_parameter(target, "exceptions", kTruth);
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    for (const auto* given : {&text, &status, &customer, &before, &exceptions})
        if (!*given) return given->error();
    if (!limit) return limit.error();
    const servicing::OrderQuery query{
        *text,    *status, *exceptions == "true", *before, static_cast<std::uint32_t>(*limit),
        *customer};
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return Result<boost::json::object>(parts.service.orders(transaction, query));
    });
}

Response find_returns(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {"q"}); !known) return known.error();
    const auto text = text_parameter(call.target, "q");
    if (!text) return text.error();
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return Result<boost::json::object>(servicing::returns_page(transaction, *text, kMaxPage));
    });
}

Response show_order(const Parts& parts, Call& call) {
    std::int64_t version = 0;
    auto answer = read_answer(parts.store, call.caller.scope,
                              [&](store::Transaction& transaction) -> Result<boost::json::object> {
                                  const auto id = call.parameter("id");
                                  if (const auto row = transaction.order(id))
                                      version = row->version;
                                  return parts.service.order(transaction, id);
                              });
    if (answer.status == 200)
        answer.headers.push_back({"ETag", '"' + std::to_string(version) + '"'});
    return answer;
}

Response order_events(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {"after", "limit"}); !known) return known.error();
    const auto after =
        number_parameter(call.target, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
    const auto limit = number_parameter(call.target, "limit", kDefaultPage, 1, kMaxPage);
    if (!after) return after.error();
    if (!limit) return limit.error();
    return read_answer(parts.store, call.caller.scope,
                       [&](store::Transaction& transaction) -> Result<boost::json::object> {
                           const auto id = call.parameter("id");
                           if (!transaction.order(id))
                               return fail(ErrorKind::NotFound, "no_such_order",
                                           "There is no such order.");
                           return parts.service.events(transaction, *after,
                                                       static_cast<std::uint32_t>(*limit), id);
                       });
}

}  // namespace

void add_order_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/orders", Right::read_service, find_orders);
    add("GET", "/api/v1/returns", Right::read_service, find_returns);
    add("GET", "/api/v1/orders/{id}", Right::read_service, show_order);
    add("GET", "/api/v1/orders/{id}/events", Right::read_service, order_events);
    add("GET", "/api/v1/orders/{id}/actions", Right::read_service, show_eligibility);
    add("POST", "/api/v1/orders/{id}/actions/{action}:preview", Right::act_on_orders,
        preview_action);
    add("POST", "/api/v1/orders/{id}/actions/{action}:submit", Right::act_on_orders, submit_action);
}

}  // namespace orderhub::http
