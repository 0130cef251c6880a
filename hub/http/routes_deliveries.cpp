#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/parked_input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/view.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::uint32_t kShownBehind = 5;
constexpr std::array<std::string_view, 6> kStates{"waiting", "in_flight", "unknown",
                                                  "done",    "parked",    "dropped"};

Response find_deliveries(const Parts& parts, Call& call) {
    const auto& target = call.target;
    if (auto known = only_parameters(target, {"connector", "state", "order", "kind", "code",
                                              "older_than", "limit", "before"});
        !known)
        return known.error();
    const auto filter = work_filter(target);
    if (!filter) return filter.error();
    const auto state = word_parameter(target, "state", kStates);
    const auto before = text_parameter(target, "before");
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    if (!state) return state.error();
    if (!before) return before.error();
    if (!limit) return limit.error();
    auto query = delivery_query(*filter);
    query.state = *state;
    query.before_id = *before;
    query.limit = static_cast<std::uint32_t>(*limit);
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
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
        parts.store, call.caller.scope,
        [&](store::Transaction& transaction) -> Result<boost::json::object> {
            const auto delivery = transaction.delivery(call.parameter("id"));
            if (!delivery)
                return fail(ErrorKind::NotFound, "no_such_delivery", "There is no such delivery.");
            auto out = view(*delivery, true);
            out["waiting_behind"] = view(transaction.line_behind(*delivery, kShownBehind));
            const auto original = transaction.original(routing::subject_of(*delivery));
            out["original"] = nullptr;
            if (original) out["original"] = view(*original, "payload");
            return out;
        });
}

/// The command's schema is that of its kind; what no schema describes cannot be checked, and is not
/// changed.
Response edit_delivery(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "EditDeliveryInput");
    if (!body) return body.error();
    const std::string id(call.parameter("id"));
    std::optional<routing::Delivery> delivery;
    const auto read = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        delivery = transaction.delivery(id);
        return {};
    });
    if (!read) return problem(read.error());
    if (!delivery) return problem(404, "no_such_delivery", "There is no such delivery.");
    const auto& payload = body->at("payload");
    const auto fits = schemas::validate("commands/" + delivery->kind + ".schema.json", payload);
    if (!fits)
        return problem(422, "invalid_payload",
                       "A " + delivery->kind + " cannot say this: " + fits.error().message + ".",
                       {{"/payload" + fits.error().field, fits.error().message}});
    const auto outcome =
        parts.operations.edit_delivery(id, boost::json::serialize(payload), deciding(call));
    return outcome ? show_delivery(parts, call) : problem(outcome.error());
}

Response retry_deliveries(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "RetryDeliveriesInput");
    if (!body) return body.error();
    const auto filter = work_filter(*body);
    if (!filter) return filter.error();
    auto query = delivery_query(*filter);
    query.limit = retry_limit(*body);
    if (const auto* before = body->if_contains("before")) query.before_id = before->as_string();
    const bool dry_run = is_dry_run(*body);
    const auto retried = parts.operations.retry_deliveries(query, dry_run, deciding(call));
    if (!retried) return problem(retried.error());
    boost::json::object answer{{"count", retried->count}, {"dry_run", dry_run}, {"next", nullptr}};
    if (!retried->next_delivery.empty()) answer["next"] = retried->next_delivery;
    return json_answer(answer);
}

Response decide(const Parts& parts, Call& call, Operations::Decide Operations::* decision) {
    const auto outcome =
        (parts.operations.*decision)(std::string(call.parameter("id")), deciding(call));
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
    const auto outcome =
        parts.operations.drop_delivery(std::string(call.parameter("id")), reason, deciding(call));
    return outcome ? show_delivery(parts, call) : problem(outcome.error());
}

}  // namespace

void add_delivery_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/deliveries", Right::read_service, find_deliveries);
    add("GET", "/api/v1/deliveries/{id}", Right::read_service, show_delivery);
    const auto add_decision = [&](auto pattern, Operations::Decide Operations::* decision) {
        add("POST", pattern, Right::act_on_operations,
            [decision](const Parts& all, Call& call) { return decide(all, call, decision); });
    };
    add_decision("/api/v1/deliveries/{id}:retry", &Operations::retry_delivery);
    add_decision("/api/v1/deliveries/{id}:park", &Operations::park_delivery);
    add("POST", "/api/v1/deliveries/{id}:edit", Right::act_on_operations, edit_delivery);
    add("POST", "/api/v1/deliveries:retry", Right::act_on_operations, retry_deliveries);
    add("POST", "/api/v1/deliveries/{id}:drop", Right::act_on_operations, drop_delivery);
}

}  // namespace orderhub::http
