#include "hub/http/flow_simulation.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <set>

#include "hub/flows/rehearsal.hpp"
#include "hub/flows/views.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr const char* kUndone = "simulated";
constexpr std::uint32_t kMost = 1'000;

std::string text_of(const json::object& body, std::string_view name) {
    const auto* value = body.if_contains(name);
    return value == nullptr ? std::string() : std::string(value->as_string());
}

/// What is wrong with the text, as a 422 that says where.
Response refused(const std::vector<flows::Complaint>& complaints) {
    std::string all;
    for (const auto& each : complaints)
        all += (all.empty() ? "" : "; ") + each.text();
    return problem(422, "bad_flow", all);
}

Checked<flows::FlowPtr> flow_of(const Parts& parts, const json::object& body) {
    if (const auto name = text_of(body, "flow"); !name.empty()) {
        if (const auto known = parts.flows->library().find(name)) return known;
        return std::unexpected(problem(404, "no_such_flow", "There is no such flow."));
    }
    const auto parsed = flows::parse_flow("flow.yaml", text_of(body, "text"));
    if (parsed) return *parsed;
    return std::unexpected(refused(parsed.error()));
}

std::vector<routing::Delivery> deliveries(store::Transaction& unit, const std::string& order) {
    if (order.empty()) return {};
    routing::DeliveryQuery query;
    query.order_id = order;
    query.limit = kMost;
    return unit.find_deliveries(query);
}

/// What would be sent, in its order.
json::array new_commands(store::Transaction& unit, const std::string& order,
                         const std::set<std::string>& known) {
    json::array commands;
    auto all = deliveries(unit, order);
    for (auto each = all.rbegin(); each != all.rend(); ++each)
        if (!known.contains(each->id))
            commands.push_back({{"kind", each->kind},
                                {"connector", each->connector},
                                {"payload", json::parse(each->payload)}});
    return commands;
}

}  // namespace

Response simulate_flow(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "SimulateFlowInput");
    if (!body) return body.error();
    const auto flow = flow_of(parts, *body);
    if (!flow) return flow.error();
    flows::Trial trial{*flow, text_of(*body, "order_id"), text_of(*body, "case_id"), {}};
    if (const auto* input = body->if_contains("input")) trial.input = input->as_object();
    json::object told;
    const auto outcome = parts.store.write([&](store::Transaction& unit) -> Result<void> {
        std::set<std::string> known;
        for (const auto& each : deliveries(unit, trial.order_id))
            known.insert(each.id);
        auto trying = flows::rehearse(*parts.flows, {unit, unit}, acting(parts, call), trial);
        if (!trying) return std::unexpected(trying.error());
        told = *std::move(trying);
        told["commands"] = new_commands(unit, trial.order_id, known);
        return fail(ErrorKind::Conflict, kUndone, "nothing of it is kept");
    });
    if (!outcome && outcome.error().code != kUndone) return problem(outcome.error());
    return json_answer(told);
}

}  // namespace orderhub::http
