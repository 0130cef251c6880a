#include "hub/flows/views.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "hub/servicing/codec/codec.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

json::value or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value instant(Instant at) {
    return at == 0 ? json::value(nullptr) : json::value(servicing::to_rfc3339(at));
}

json::value member(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? json::value(nullptr) : *value;
}

json::object step_view(const RunStep& step) {
    const json::object document = json::parse(step.document).as_object();
    json::object view{{"number", step.number},
                      {"step", step.step},
                      {"kind", step.kind},
                      {"state", step.state},
                      {"started_at", instant(step.started_at)},
                      {"ended_at", instant(step.ended_at)},
                      {"duration_ms", nullptr}};
    if (step.ended_at > 0) view["duration_ms"] = step.ended_at - step.started_at;
    for (const char* name : {"input", "output", "by", "comment", "error"})
        view[name] = member(document, name);
    return view;
}

std::string starts(const Flow& flow) {
    if (flow.action) return "action " + std::string(domain::to_text(*flow.action));
    return flow.starts_with_case ? "new case" : "by hand";
}

}  // namespace

json::object run_summary(const Run& run) {
    json::object view{{"id", run.id},
                      {"flow", run.flow},
                      {"flow_version", run.flow_version},
                      {"state", to_text(run.state)},
                      {"order_id", or_null(run.order_id)},
                      {"case_id", or_null(run.case_id)},
                      {"action_id", or_null(run.action_id)},
                      {"parent_id", or_null(run.parent_id)},
                      {"started_by", run.started_by},
                      {"started_at", instant(run.started_at)},
                      {"updated_at", instant(run.updated_at)},
                      {"due_at", instant(run.due_at)},
                      {"message", run.message},
                      {"ask", nullptr}};
    if (!run.ask_role.empty()) view["ask"] = {{"role", run.ask_role}};
    return view;
}

json::object run_view(const Run& run, const std::vector<RunStep>& steps) {
    json::object view = run_summary(run);
    const json::object memory = json::parse(run.document).as_object();
    for (const char* name : {"action", "input", "plan", "failure"})
        view[name] = member(memory, name);
    json::array list;
    for (const RunStep& step : steps)
        list.push_back(step_view(step));
    view["steps"] = std::move(list);
    return view;
}

json::object runs_page(const std::vector<Run>& runs, std::uint32_t limit) {
    json::array items;
    for (const Run& run : runs)
        items.push_back(run_summary(run));
    json::value next = nullptr;
    if (!runs.empty() && runs.size() >= limit) next = runs.back().id;
    return {{"items", std::move(items)}, {"next", std::move(next)}};
}

json::object flow_summary(const Flow& flow) {
    return {{"name", flow.name},
            {"version", flow.version},
            {"title", flow.title},
            {"starts", starts(flow)},
            {"steps", flow.steps().size()}};
}

json::object flow_view(const Flow& flow, const std::vector<FlowText>& versions) {
    json::object view = flow_summary(flow);
    view["text"] = flow.text;
    json::array list;
    for (const FlowText& each : versions)
        list.push_back({{"version", each.version}, {"loaded_at", instant(each.loaded_at)}});
    view["versions"] = std::move(list);
    return view;
}

json::object complaint_view(const Complaint& complaint) {
    return {{"file", complaint.file}, {"line", complaint.line}, {"message", complaint.message}};
}

}  // namespace orderhub::flows
