#include <boost/json/array.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"
#include "hub/http/view.hpp"
#include "hub/routing/backfill.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

/// Milliseconds and counts since start; `limit` is null if the operator set none.
json::object rate_view(const connectors::RateFacts& facts) {
    json::object out{{"limit", nullptr},
                     {"held_for_ms", facts.held_for.count()},
                     {"reason", facts.reason},
                     {"waits", facts.waits},
                     {"waited_ms", facts.waited.count()},
                     {"refusals", facts.refusals}};
    if (const auto& limit = facts.settings)
        out["limit"] = json::object{
            {"interval_ms",
             std::chrono::duration_cast<std::chrono::milliseconds>(limit->interval).count()},
            {"burst", limit->burst}};
    return out;
}

json::object backlog_view(const routing::Backlog& backlog) {
    return {{"messages", backlog.messages},
            {"parked_messages", backlog.parked_messages},
            {"deliveries", backlog.deliveries},
            {"parked_deliveries", backlog.parked_deliveries}};
}

Response list_connectors(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        json::array items;
        for (const auto* instance : parts.host.instances()) {
            if (!sees(call.caller.scope, instance->manifest(), instance->name())) continue;
            auto item = view(instance->manifest());
            item["name"] = instance->name();
            item["state"] = parts.operations.connector_state(instance->name());
            item["rate"] = rate_view(instance->rate());
            const auto process = instance->process();
            item["process"] = process ? json::value(view(*process)) : json::value(nullptr);
            item["backlog"] = backlog_view(transaction.backlog(instance->name()));
            items.push_back(std::move(item));
        }
        return Result<json::object>(json::object{{"items", std::move(items)}});
    });
}

std::string_view word(connectors::Outcome outcome) {
    switch (outcome) {
        case connectors::Outcome::done:
            return "done";
        case connectors::Outcome::retry:
            return "retry";
        case connectors::Outcome::rejected:
            return "rejected";
        case connectors::Outcome::unknown:
            break;
    }
    return "unknown";
}

Response unknown_connector() {
    return problem(404, "no_such_connector", "There is no connector of this name.");
}

void check_connector(const Parts& parts, Call call) {
    const std::string name(call.parameter("connector"));
    auto* instance = parts.host.find(name);
    if (!instance) return call.respond(unknown_connector());
    instance->check([name, respond = std::move(call.respond)](connectors::CallResult result) {
        respond(json_answer({{"connector", name},
                             {"ok", result.outcome == connectors::Outcome::done},
                             {"outcome", word(result.outcome)},
                             {"code", result.code},
                             {"message", result.message}}));
    });
}

Response reload_connector(const Parts& parts, Call& call) {
    const auto outcome =
        parts.operations.reload_connector(std::string(call.parameter("connector")), deciding(call));
    return outcome ? json_answer(*outcome) : problem(outcome.error());
}

Response resume_connector(const Parts& parts, Call& call) {
    const std::string name(call.parameter("connector"));
    const auto outcome = parts.operations.resume_connector(name, deciding(call));
    return outcome ? json_answer({{"connector", name}, {"resumed", true}})
                   : problem(outcome.error());
}

Response import_progress(const Parts& parts, Call& call) {
    const std::string name(call.parameter("connector"));
    if (!parts.host.find(name)) return unknown_connector();
    const auto progress = parts.operations.import_progress(name);
    return progress ? json_answer(*progress) : problem(progress.error());
}

Response start_import(const Parts& parts, Call& call) {
    const std::string name(call.parameter("connector"));
    if (!parts.host.find(name)) return unknown_connector();
    const auto body = read_body(call.request, "ImportInput");
    if (!body) return body.error();
    const auto from = parse_instant(body->at("from").as_string());
    if (!from)
        return problem(400, "bad_body", "There is no such day.",
                       {{"/from", "is not a day or instant of the calendar"}});
    const auto* rate = body->if_contains("max_per_second");
    const auto outcome = parts.operations.start_import(
        name, *from, rate != nullptr ? rate->to_number<std::uint32_t>() : routing::kBackfillRate,
        deciding(call));
    if (!outcome) return problem(outcome.error());
    auto answer = import_progress(parts, call);
    if (answer.status == 200) answer.status = 202;
    return answer;
}

Response cancel_import(const Parts& parts, Call& call) {
    const std::string name(call.parameter("connector"));
    if (!parts.host.find(name)) return unknown_connector();
    const auto outcome = parts.operations.cancel_import(name, deciding(call));
    return outcome ? import_progress(parts, call) : problem(outcome.error());
}

}  // namespace

void add_connector_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/connectors", Right::signed_in, list_connectors);
    add("POST", "/api/v1/connectors/{connector}:reload", Right::act_on_operations,
        reload_connector);
    add("POST", "/api/v1/connectors/{connector}:resume", Right::act_on_operations,
        resume_connector);
    add("POST", "/api/v1/connectors/{connector}:import", Right::act_on_operations, start_import);
    add("GET", "/api/v1/connectors/{connector}/import", Right::read_operations, import_progress);
    add("POST", "/api/v1/connectors/{connector}/import:cancel", Right::act_on_operations,
        cancel_import);
    routes.push_back({"POST", "/api/v1/connectors/{connector}:check", Right::check_connectors,
                      [&parts](Call call) { check_connector(parts, std::move(call)); }});
}

}  // namespace orderhub::http
