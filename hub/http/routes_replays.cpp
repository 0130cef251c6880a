#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <tuple>
#include <utility>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr std::uint32_t kShown = 50;
constexpr std::int64_t kDayMs = 24 * 3'600'000;
constexpr std::string_view kDay = "2026-01-31";

json::object view(const routing::Replay& replay, bool full) {
    json::object out{{"id", replay.id},
                     {"connector", replay.connector},
                     {"from", rfc3339(replay.from)},
                     {"to", rfc3339(replay.to)},
                     {"dry_run", replay.dry_run},
                     {"actor", replay.actor},
                     {"state", replay.state},
                     {"looked_at", replay.cursor},
                     {"looks_at", replay.last},
                     {"messages", replay.messages},
                     {"failed", replay.failed},
                     {"started_at", rfc3339(replay.started_at)},
                     {"updated_at", rfc3339(replay.updated_at)}};
    if (full) out["differences"] = json::parse(replay.differences);
    return out;
}

Response list_replays(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        json::array items;
        for (const auto& replay : transaction.replays(kShown))
            items.push_back(view(replay, false));
        return Result<json::object>(json::object{{"items", std::move(items)}});
    });
}

Response show_replay(const Parts& parts, const Call& call, const std::string& id, int status) {
    auto answer = read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        const auto replay = transaction.replay(id);
        if (replay) return Result<json::object>(view(*replay, true));
        return Result<json::object>(
            fail(ErrorKind::NotFound, "no_such_replay", "There is no such replay."));
    });
    if (answer.status == 200) answer.status = status;
    return answer;
}

/// Both ends of a period; a day as its end counts whole.
Checked<std::pair<std::int64_t, std::int64_t>> period_of(const json::object& body) {
    const std::string_view to_text = body.at("to").as_string();
    const auto from = parse_instant(body.at("from").as_string());
    auto to = parse_instant(to_text);
    if (to && to_text.size() == kDay.size()) *to += kDayMs;
    if (from && to && *from < *to) return std::pair{*from, *to};
    const char* wrong = !from ? "/from" : "/to";
    return std::unexpected(
        problem(400, "bad_body", "There is no such period.",
                {{wrong, from && to ? "is not after the beginning"
                                    : "is not a day or instant of the calendar"}}));
}

Response start_replay(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "StartReplayInput");
    if (!body) return body.error();
    const auto period = period_of(*body);
    if (!period) return period.error();
    routing::Replay wanted;
    wanted.connector = std::string(body->at("connector").as_string());
    std::tie(wanted.from, wanted.to) = *period;
    wanted.dry_run = body->contains("dry_run") && body->at("dry_run").as_bool();
    const auto started = parts.operations.start_replay(std::move(wanted), deciding(call));
    return started ? show_replay(parts, call, started->id, 202) : problem(started.error());
}

Response cancel_replay(const Parts& parts, Call& call) {
    const std::string id(call.parameter("id"));
    const auto outcome = parts.operations.cancel_replay(id, deciding(call));
    return outcome ? show_replay(parts, call, id, 200) : problem(outcome.error());
}

}  // namespace

void add_replay_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("POST", "/api/v1/replays", Right::act_on_operations, start_replay);
    add("GET", "/api/v1/replays", Right::read_operations, list_replays);
    add("GET", "/api/v1/replays/{id}", Right::read_operations, [](const Parts& all, Call& call) {
        return show_replay(all, call, std::string(call.parameter("id")), 200);
    });
    add("POST", "/api/v1/replays/{id}:cancel", Right::act_on_operations, cancel_replay);
}

}  // namespace orderhub::http
