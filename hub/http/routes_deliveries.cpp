#include <array>
#include <boost/json/array.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/view.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::array<std::string_view, 6> kStates{"waiting", "in_flight", "unknown",
                                                  "done",    "parked",    "dropped"};

Response find_deliveries(const Parts& parts, Call& call) {
    const auto& target = call.target;
    if (auto known = only_parameters(target, {"connector", "state", "order", "limit", "before"});
        !known)
        return known.error();
    const auto connector = text_parameter(target, "connector");
    const auto state = word_parameter(target, "state", kStates);
    const auto order = text_parameter(target, "order");
    const auto before = text_parameter(target, "before");
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    for (const auto* given : {&connector, &state, &order, &before})
        if (!*given) return given->error();
    if (!limit) return limit.error();
    const routing::DeliveryQuery query{*connector, *state, *order, *before,
                                       static_cast<std::uint32_t>(*limit)};
    return read_answer(parts.store, [&](store::Transaction& transaction) {
        boost::json::array items;
        const auto found = transaction.find_deliveries(query);
        for (const auto& delivery : found)
            items.push_back(view(delivery, false));
        boost::json::object page{{"items", std::move(items)}, {"next", nullptr}};
        if (found.size() == query.limit) page["next"] = found.back().id;
        return Result<boost::json::object>(std::move(page));
    });
}

Response show_delivery(const Parts& parts, Call& call) {
    return read_answer(
        parts.store, [&](store::Transaction& transaction) -> Result<boost::json::object> {
            const auto delivery = transaction.delivery(call.parameter("id"));
            if (!delivery)
                return fail(ErrorKind::NotFound, "no_such_delivery", "There is no such delivery.");
            return view(*delivery, true);
        });
}

Response decide(const Parts& parts, Call& call, Operations::Decide Operations::* decision) {
    const auto outcome = (parts.operations.*decision)(std::string(call.parameter("id")),
                                                      "agent:" + call.caller.name);
    return outcome ? show_delivery(parts, call) : problem(outcome.error());
}

/// The body {"reason"} may be left out.
Response drop_delivery(const Parts& parts, Call& call) {
    std::string reason = "by hand";
    if (!call.request.body.empty()) {
        const auto body = read_body(call.request, "DropInput");
        if (!body) return body.error();
        reason = body->at("reason").as_string();
    }
    const auto outcome = parts.operations.drop_delivery(std::string(call.parameter("id")), reason,
                                                        "agent:" + call.caller.name);
    return outcome ? show_delivery(parts, call) : problem(outcome.error());
}

}  // namespace

void add_delivery_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = [&](auto pattern, auto function) {
        routes.push_back(route("GET", pattern, Role::agent,
                               [&parts, function](Call& call) { return function(parts, call); }));
    };
    add("/api/v1/deliveries", find_deliveries);
    add("/api/v1/deliveries/{id}", show_delivery);
    const auto add_decision = [&](auto pattern, Operations::Decide Operations::* decision) {
        routes.push_back(route("POST", pattern, Role::admin, [&parts, decision](Call& call) {
            return decide(parts, call, decision);
        }));
    };
    add_decision("/api/v1/deliveries/{id}:retry", &Operations::retry_delivery);
    add_decision("/api/v1/deliveries/{id}:park", &Operations::park_delivery);
    routes.push_back(route("POST", "/api/v1/deliveries/{id}:drop", Role::admin,
                           [&parts](Call& call) { return drop_delivery(parts, call); }));
}

}  // namespace orderhub::http
