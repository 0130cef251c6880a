// A customer's data erased on request.
#include <boost/json/array.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr std::uint32_t kShown = 100;

Response erase_customer(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "EraseInput");
    if (!body) return body.error();
    const auto* dry_run = body->if_contains("dry_run");
    const auto begun = parts.begin_erasure(acting(parts, call), std::string(call.parameter("id")),
                                           std::string(body->at("reason").as_string()),
                                           dry_run != nullptr && dry_run->as_bool());
    return begun ? json_answer(servicing::erasure_view(*begun), 202) : problem(begun.error());
}

Response list_erasures(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        json::array items;
        for (const auto& row : transaction.erasures(kShown))
            items.push_back(servicing::erasure_view(row));
        return Result<json::object>(json::object{{"items", std::move(items)}});
    });
}

Response show_erasure(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        const auto row = transaction.erasure(call.parameter("id"));
        if (row) return Result<json::object>(servicing::erasure_view(*row));
        return Result<json::object>(
            fail(ErrorKind::NotFound, "no_such_erasure", "There is no such erasure."));
    });
}

}  // namespace

void add_erasure_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("POST", "/api/v1/customers/{id}:erase", Right::erase_customers, erase_customer);
    add("GET", "/api/v1/erasures", Right::erase_customers, list_erasures);
    add("GET", "/api/v1/erasures/{id}", Right::erase_customers, show_erasure);
}

}  // namespace orderhub::http
