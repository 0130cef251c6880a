// Runs made, saved and told of.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "hub/flows/step.hpp"
#include "hub/servicing/codec/codec.hpp"

namespace orderhub::flows {

namespace json = boost::json;

Run new_run(const Engine& engine, Unit unit, const servicing::Request& request, const Flow& flow,
            Memory& memory) {
    Run run;
    run.id = engine.settings().make_id("fr");
    run.version = 1;
    run.flow = flow.name;
    run.flow_version = flow.version;
    run.started_by = request.actor;
    run.started_at = run.updated_at = run.due_at = request.now_ms;
    memory.set("role", request.role);
    memory.set("trace", request.trace);
    memory.set("journal_start", unit.runs.journal_end());
    return run;
}

void journal(const Engine& engine, Unit unit, const servicing::Request& request, const Run& run,
             const std::string& type, json::object data) {
    data["run"] = run.id;
    data["flow"] = run.flow;
    data["flow_version"] = run.flow_version;
    servicing::Work{unit.state, request, engine.settings()}.journal(type, run.order_id, run.case_id,
                                                                    data);
}

Result<void> wake_parent(Unit unit, const Run& run, std::int64_t now_ms) {
    if (run.parent_id.empty()) return {};
    auto parent = unit.runs.run(run.parent_id);
    if (!parent || parent->state != RunState::waiting) return {};
    parent->due_at = now_ms;
    if (unit.runs.save_run(*parent)) return {};
    return fail(ErrorKind::Conflict, "run_moved", "the run was moved meanwhile");
}

Result<void> save(Unit unit, Run& run, const Memory& memory, std::int64_t now_ms) {
    memory.store(run);
    run.updated_at = now_ms;
    if (!unit.runs.save_run(run))
        return fail(ErrorKind::Conflict, "run_moved", "the run was moved meanwhile: look again");
    return is_over(run.state) ? wake_parent(unit, run, now_ms) : Result<void>();
}

namespace {

Result<json::value> order_of(const Engine& engine, Unit unit, const Run& run) {
    if (run.order_id.empty()) return json::value(nullptr);
    auto view = engine.service().order(unit.state, run.order_id);
    if (!view) return std::unexpected(view.error());
    return json::value(*std::move(view));
}

Result<json::value> case_of(const Engine& engine, Unit unit, const Run& run) {
    if (run.case_id.empty()) return json::value(nullptr);
    auto view = engine.service().case_(unit.state, run.case_id);
    if (!view) return std::unexpected(view.error());
    return json::value(*std::move(view));
}

}  // namespace

void offer_names(const Engine& engine, Unit unit, const Run& run, Memory& memory, Names& names) {
    names.offer("order", [&engine, unit, &run] { return order_of(engine, unit, run); });
    names.offer("case", [&engine, unit, &run] { return case_of(engine, unit, run); });
    names.offer("input", [&memory] { return Result<json::value>(memory.object("input")); });
    names.offer("steps", [&memory] { return Result<json::value>(memory.object("outputs")); });
    names.set("run", {{"id", run.id},
                      {"flow", run.flow},
                      {"action_id", run.action_id},
                      {"started_by", run.started_by},
                      {"started_at", servicing::to_rfc3339(run.started_at)}});
    for (const auto& [pointer, loop] : memory.object("loops"))
        names.set(std::string(loop.at("as").as_string()),
                  loop.at("items").as_array().at(loop.at("index").to_number<std::size_t>()));
    if (run.order_id.empty()) return;
    if (const auto row = unit.state.order(run.order_id))
        if (const auto currency = domain::currency(row->currency)) names.use(*currency);
}

}  // namespace orderhub::flows
