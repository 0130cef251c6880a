// Actions of an agent: preview and submit are one plan, shown or carried out.
#include "hub/domain/eligibility.hpp"
#include "hub/servicing/actions/planning.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

template <class Part>
json::array made_by(const std::vector<Part>& parts, const std::string& action_id) {
    json::array ids;
    for (const Part& part : parts)
        if (part.action_id == action_id) ids.emplace_back(part.id);
    return ids;
}

json::object created(const Prepared& prepared, const std::string& action_id) {
    const domain::Order& order = prepared.plan.order;
    json::object view{{"change_orders", made_by(order.change_orders, action_id)},
                      {"refunds", made_by(order.refunds, action_id)},
                      {"credit_memos", made_by(order.credit_memos, action_id)},
                      {"invoices", made_by(order.invoices, action_id)},
                      {"fulfilments", made_by(order.fulfilments, action_id)},
                      {"return_orders", made_by(order.return_orders, action_id)},
                      {"exchange_order", nullptr}};
    if (prepared.plan.exchange) view["exchange_order"] = prepared.plan.exchange->id;
    return view;
}

json::object line_eligibility(const domain::LineEligibility& line) {
    json::array blocked;
    for (const domain::Blocked& each : line.blocked)
        blocked.push_back({{"units", each.units}, {"code", each.code}, {"reason", each.reason}});
    return {{"line_id", line.line_id}, {"units", line.units}, {"blocked", std::move(blocked)}};
}

json::object action_eligibility(const domain::Eligibility& each) {
    json::array lines;
    for (const domain::LineEligibility& line : each.lines)
        lines.push_back(line_eligibility(line));
    return {{"action", domain::to_text(each.action)},
            {"possible", each.possible},
            {"code", each.code},
            {"reason", each.reason},
            {"lines", std::move(lines)}};
}

}  // namespace

Result<json::object> Service::preview(State& state, const Request& request,
                                      domain::ActionKind action, std::string_view order_id,
                                      std::int64_t expected_version,
                                      const json::object& input) const {
    const Work work{state, request, settings_};
    const auto prepared = prepare(work, action, order_id, expected_version, input);
    if (!prepared) return std::unexpected(prepared.error());
    return json::object{{"order_id", prepared->before.id},
                        {"order_version", prepared->before.version},
                        {"plan", plan_view(*prepared)}};
}

Result<json::object> Service::submit(State& state, const Request& request,
                                     domain::ActionKind action, std::string_view order_id,
                                     std::int64_t expected_version,
                                     const json::object& input) const {
    const Work work{state, request, settings_};
    auto prepared = prepare(work, action, order_id, expected_version, input);
    if (!prepared) return std::unexpected(std::move(prepared).error());
    json::object plan = plan_view(*prepared);
    const std::string action_id = carry_out(work, *prepared);
    return json::object{{"order_id", prepared->before.id},
                        {"order_version", prepared->plan.order.version},
                        {"action_id", action_id},
                        {"plan", std::move(plan)},
                        {"created", created(*prepared, action_id)}};
}

Result<json::object> Service::eligibility(State& state, const Request& request,
                                          std::string_view order_id) const {
    const Work work{state, request, settings_};
    const auto order = work.order(order_id);
    if (!order) return std::unexpected(order.error());
    json::array actions;
    for (const domain::Eligibility& each : domain::eligibility(*order, work.policy()))
        actions.push_back(action_eligibility(each));
    return json::object{{"order_id", order->id},
                        {"order_version", order->version},
                        {"actions", std::move(actions)}};
}

}  // namespace orderhub::servicing
