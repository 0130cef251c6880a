// Beginnings: previews, submissions, flows started by hand or by a case.
#include "hub/flows/engine.hpp"

#include <boost/json/serialize.hpp>

#include "hub/flows/gate.hpp"
#include "hub/flows/step.hpp"
#include "hub/flows/walk.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

Error not_there(const std::string& what, const std::string& field) {
    return {ErrorKind::NotFound, "not_found", what, field};
}

/// The action asked for, with the input that the flow made of it.
Asked with_input(const Asked& asked, json::object input) {
    return {asked.action, asked.order_id, asked.order_version, std::move(input)};
}

Result<void> check_version(const Asked& asked, const FlowPtr& flow) {
    const std::int64_t version = flow ? flow->version : 0;
    if (asked.flow_version == 0 || asked.flow_version == version) return {};
    return fail(ErrorKind::Conflict, "flow_changed",
                "the process has been changed since the preview: look at it again");
}

Result<json::object> submit_now(const Engine& engine, Unit unit, const servicing::Request& request,
                                const Flow& flow, const Passed& passed, const Asked& asked) {
    auto done = engine.service().submit(unit.state, request, asked.action, asked.order_id,
                                        asked.order_version, passed.input);
    if (!done) return done;
    (*done)["flow"] = gate_view(flow, passed);
    (*done)["flow_run"] = nullptr;
    if (flow.list("/after").empty()) return done;
    Memory memory;
    Run run = new_run(engine, unit, request, flow, memory);
    run.order_id = asked.order_id;
    run.action_id = done->at("action_id").as_string();
    memory.set("input", passed.input);
    memory.go_to("/after/0");
    memory.store(run);
    unit.runs.add_run(run);
    (*done)["flow_run"] = run.id;
    return done;
}

Result<json::object> ask_first(const Engine& engine, Unit unit, const servicing::Request& request,
                               const Flow& flow, const Passed& passed, const Asked& asked) {
    auto shown = engine.service().preview(unit.state, request, asked.action, asked.order_id,
                                          asked.order_version, passed.input);
    if (!shown) return shown;
    Memory memory;
    Run run = new_run(engine, unit, request, flow, memory);
    run.order_id = asked.order_id;
    memory.set("input", passed.input);
    memory.set("action", json::value(domain::to_text(asked.action)));
    memory.set("order_version", asked.order_version);
    memory.set("plan", shown->at("plan"));
    json::array asks;
    for (const Ask& each : passed.asks)
        asks.push_back({{"step", each.step},
                        {"role", each.role},
                        {"reason", each.reason},
                        {"within_ms", each.within_ms}});
    memory.set("asks", std::move(asks));
    ask_next(engine, unit, request, run, memory);
    memory.store(run);
    unit.runs.add_run(run);
    (*shown)["flow"] = gate_view(flow, passed);
    (*shown)["flow_run"] = run.id;
    (*shown)["waits_for"] = {{"role", run.ask_role}, {"reason", run.message}};
    return shown;
}

/// An action without a flow has nobody who could be asked: above the limit it is refused.
Result<void> stay_below_limit(const Engine& engine, Unit unit, const servicing::Request& request,
                              const Asked& asked, const json::object& shown) {
    if (!engine.settings().refund_limits.contains(request.role)) return {};
    const auto row = unit.state.order(asked.order_id);
    const auto currency = domain::currency(row ? row->currency : std::string());
    if (!currency) return std::unexpected(currency.error());
    const auto over =
        over_refund_limit(engine.settings(), request.role,
                          refund_total(shown.at("plan").as_object(), *currency), *currency);
    if (!over) return {};
    return fail(ErrorKind::Denied, "over_refund_limit",
                limit_words(request.role, *over, *currency) + " Somebody with the role " +
                    over->approver + " can do this.");
}

}  // namespace

Result<json::object> Engine::preview(Unit unit, const servicing::Request& request,
                                     const Asked& asked) const {
    const FlowPtr flow = library_.for_action(asked.action);
    ORDERHUB_TRY(check_version(asked, flow));
    Passed passed{asked.input, {}, {}};
    if (flow) {
        auto through = pass_gate(*this, unit, request, *flow, asked);
        if (!through) return std::unexpected(std::move(through).error());
        passed = *std::move(through);
    }
    auto shown = service_.preview(unit.state, request, asked.action, asked.order_id,
                                  asked.order_version, passed.input);
    if (!shown) return shown;
    if (!flow) ORDERHUB_TRY(stay_below_limit(*this, unit, request, asked, *shown));
    (*shown)["flow"] = flow ? json::value(gate_view(*flow, passed)) : json::value(nullptr);
    return shown;
}

Result<json::object> Engine::submit(Unit unit, const servicing::Request& request,
                                    const Asked& asked) const {
    const FlowPtr flow = library_.for_action(asked.action);
    ORDERHUB_TRY(check_version(asked, flow));
    if (!flow) {
        if (settings_.refund_limits.contains(request.role))
            if (const auto shown = preview(unit, request, asked); !shown) return shown;
        auto done = service_.submit(unit.state, request, asked.action, asked.order_id,
                                    asked.order_version, asked.input);
        if (!done) return done;
        (*done)["flow"] = nullptr;
        (*done)["flow_run"] = nullptr;
        return done;
    }
    const auto passed = pass_gate(*this, unit, request, *flow, asked);
    if (!passed) return std::unexpected(passed.error());
    const Asked effective = with_input(asked, passed->input);
    return passed->asks.empty() ? submit_now(*this, unit, request, *flow, *passed, effective)
                                : ask_first(*this, unit, request, *flow, *passed, effective);
}

Result<Run> Engine::start(Unit unit, const servicing::Request& request, const Start& start) const {
    const FlowPtr flow = library_.find(start.flow);
    if (!flow) return std::unexpected(not_there("there is no flow " + start.flow, "/flow"));
    if (flow->action)
        return fail(ErrorKind::Invalid, "starts_with_action",
                    "this flow starts when the action " +
                        std::string(domain::to_text(*flow->action)) + " is submitted",
                    "/flow");
    if (!start.order_id.empty() && !unit.state.order(start.order_id))
        return std::unexpected(not_there("there is no order " + start.order_id, "/order_id"));
    if (!start.case_id.empty() && !unit.state.case_by_id(start.case_id))
        return std::unexpected(not_there("there is no case " + start.case_id, "/case_id"));
    Memory memory;
    Run run = new_run(*this, unit, request, *flow, memory);
    run.order_id = start.order_id;
    run.case_id = start.case_id;
    run.parent_id = start.parent_id;
    memory.set("input", start.input);
    memory.go_to(enter(*flow, "/after", memory.object("loops")));
    memory.store(run);
    unit.runs.add_run(run);
    journal(*this, unit, request, run, "flow.started");
    return run;
}

Result<void> Engine::case_came(Unit unit, const servicing::Request& request,
                               std::string_view case_id) const {
    const FlowPtr flow = library_.for_case();
    if (!flow || flow->list("/after").empty()) return {};
    const auto row = unit.state.case_by_id(case_id);
    if (!row) return {};
    Memory memory;
    Run run = new_run(*this, unit, request, *flow, memory);
    run.order_id = row->order_id;
    run.case_id = case_id;
    memory.set("input", json::object());
    memory.go_to("/after/0");
    memory.store(run);
    unit.runs.add_run(run);
    return {};
}

}  // namespace orderhub::flows
