// Flows, their runs, and what people decide about them.
#include <array>
#include <boost/json/array.hpp>

#include "hub/flows/engine.hpp"
#include "hub/flows/views.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/flow_simulation.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;
using Made = Result<json::object>;

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::uint32_t kVersions = 50;
constexpr std::array<std::string_view, 9> kStates{
    "ready", "waiting", "asking", "failed", "done", "cancelled", "declined", "returned", "undone"};

flows::Unit unit_of(store::Transaction& transaction) {
    return {transaction, transaction};
}

std::string text_of(const json::object& body, std::string_view name) {
    const auto* value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

Response list_flows(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {}); !known) return known.error();
    const auto& library = parts.flows->library();
    json::array items, complaints;
    for (const auto& flow : library.all())
        items.push_back(flows::flow_summary(*flow));
    for (const auto& each : library.complaints())
        complaints.push_back(flows::complaint_view(each));
    return json_answer({{"items", std::move(items)}, {"complaints", std::move(complaints)}});
}

Response show_flow(const Parts& parts, Call& call) {
    return read_answer(
        parts.store, call.caller.scope, [&](store::Transaction& transaction) -> Made {
            const auto flow = parts.flows->library().find(call.parameter("name"));
            if (!flow) return fail(ErrorKind::NotFound, "no_such_flow", "There is no such flow.");
            return flows::flow_view(*flow, transaction.flow_versions(flow->name, kVersions));
        });
}

Response reload_flows(const Parts& parts, Call& call) {
    const auto done = parts.operations.reload_flows();
    return done ? list_flows(parts, call) : problem(done.error());
}

/// A page of runs; `query` holds what is fixed.
Response page(const Parts& parts, Call& call, flows::RunQuery query) {
    const auto& target = call.target;
    const auto flow = text_parameter(target, "flow");
    const auto order = text_parameter(target, "order");
    const auto about = text_parameter(target, "case");
    const auto before = text_parameter(target, "before");
    const auto state = word_parameter(target, "state", kStates);
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    for (const auto* given : {&flow, &order, &about, &before, &state})
        if (!*given) return given->error();
    if (!limit) return limit.error();
    if (query.state.empty()) query.state = *state;
    query.flow = *flow;
    query.order_id = *order;
    query.case_id = *about;
    query.before_id = *before;
    query.limit = static_cast<std::uint32_t>(*limit);
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return Made(flows::runs_page(transaction.find_runs(query), query.limit));
    });
}

Response list_runs(const Parts& parts, Call& call) {
    if (auto known =
            only_parameters(call.target, {"flow", "order", "case", "state", "limit", "before"});
        !known)
        return known.error();
    return page(parts, call, {});
}

Response list_approvals(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {"flow", "order", "case", "limit", "before"});
        !known)
        return known.error();
    return page(parts, call, {.state = "asking"});
}

Made full_view(store::Transaction& transaction, const std::string& id) {
    const auto run = transaction.run(id);
    if (!run) return fail(ErrorKind::NotFound, "no_such_run", "There is no such run.");
    return flows::run_view(*run, transaction.run_steps(id));
}

Response show_run(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return full_view(transaction, std::string(call.parameter("id")));
    });
}

Response start_run(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "StartFlowInput");
    if (!body) return body.error();
    flows::Start start{
        text_of(*body, "flow"), text_of(*body, "order_id"), text_of(*body, "case_id"), {}};
    if (const auto* input = body->if_contains("input")) start.input = input->as_object();
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) -> Made {
        const auto run = parts.flows->start(unit_of(transaction), acting(parts, call), start);
        if (!run) return std::unexpected(run.error());
        return full_view(transaction, run->id);
    });
    if (answer.status == 200) answer.status = 201;
    return answer;
}

/// Answers with the run after something was done to it.
template <class Do>
Response change_run(const Parts& parts, Call& call, Do act) {
    return write_answer(parts.store, [&](store::Transaction& transaction) -> Made {
        const std::string id(call.parameter("id"));
        const Result<flows::Run> run = act(unit_of(transaction), acting(parts, call), id);
        if (!run) return std::unexpected(run.error());
        return full_view(transaction, id);
    });
}

Response cancel_run(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "CancelRunInput");
    if (!body) return body.error();
    const auto reason = text_of(*body, "reason");
    return change_run(parts, call, [&](auto unit, const auto& request, const std::string& id) {
        return parts.flows->cancel(unit, request, id, reason);
    });
}

Response retry_run(const Parts& parts, Call& call) {
    return change_run(parts, call, [&](auto unit, const auto& request, const std::string& id) {
        return parts.flows->retry(unit, request, id);
    });
}

template <flows::Decision decision>
Response decide(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "DecisionInput");
    if (!body) return body.error();
    const auto comment = text_of(*body, "comment");
    return change_run(parts, call, [&](auto unit, const auto& request, const std::string& id) {
        return parts.flows->decide(unit, request, id, decision, comment);
    });
}

}  // namespace

void add_flow_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/flows", Right::read_service, list_flows);
    add("GET", "/api/v1/flows/{name}", Right::read_service, show_flow);
    add("POST", "/api/v1/flows:simulate", Right::manage_flows, simulate_flow);
    add("POST", "/api/v1/flows:reload", Right::manage_flows, reload_flows);
    add("GET", "/api/v1/flow-runs", Right::read_service, list_runs);
    add("POST", "/api/v1/flow-runs", Right::act_on_orders, start_run);
    add("GET", "/api/v1/flow-runs/{id}", Right::read_service, show_run);
    add("POST", "/api/v1/flow-runs/{id}:cancel", Right::manage_flows, cancel_run);
    add("POST", "/api/v1/flow-runs/{id}:retry", Right::manage_flows, retry_run);
    add("GET", "/api/v1/approvals", Right::read_service, list_approvals);
    add("POST", "/api/v1/approvals/{id}:approve", Right::decide_approvals,
        decide<flows::Decision::approve>);
    add("POST", "/api/v1/approvals/{id}:decline", Right::decide_approvals,
        decide<flows::Decision::decline>);
    add("POST", "/api/v1/approvals/{id}:return", Right::decide_approvals,
        decide<flows::Decision::return_>);
}

}  // namespace orderhub::http
