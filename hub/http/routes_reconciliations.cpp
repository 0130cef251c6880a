#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kDaySize = 10;  ///< "2026-11-01"

Response bad_period(std::string pointer, std::string why) {
    return problem(400, "bad_body", "This is no period.", {{std::move(pointer), std::move(why)}});
}

/// The first instant that no longer counts: a day that is named as the end counts whole.
std::optional<std::int64_t> end_of(std::string_view text) {
    const auto instant = parse_instant(text);
    return instant && text.size() == kDaySize ? *instant + kDayMs : instant;
}

Response start(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "ReconciliationInput");
    if (!body) return body.error();
    const auto from = parse_instant(body->at("from").as_string());
    if (!from) return bad_period("/from", "is not a day or instant of the calendar");
    const auto to = end_of(body->at("to").as_string());
    if (!to) return bad_period("/to", "is not a day or instant of the calendar");
    if (*from >= *to) return bad_period("/to", "is not after /from");
    const auto* connector = body->if_contains("connector");
    const auto run = parts.operations.start_reconciliation(
        *from, *to, connector ? std::string(connector->as_string()) : std::string());
    return run ? json_answer(*run, 202) : problem(run.error());
}

Response show(const Parts& parts, Call& call) {
    const auto run = parts.operations.reconciliation(std::string(call.parameter("id")));
    return run ? json_answer(*run) : problem(run.error());
}

}  // namespace

void add_reconciliation_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("POST", "/api/v1/reconciliations", Right::reconcile, start);
    add("GET", "/api/v1/reconciliations/{id}", Right::reconcile, show);
}

}  // namespace orderhub::http
