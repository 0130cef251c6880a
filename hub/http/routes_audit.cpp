#include <boost/json/array.hpp>
#include <limits>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/routes.hpp"
#include "hub/servicing/event_view.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr std::int64_t kMaxPage = 1000;
constexpr std::int64_t kDefaultPage = 100;
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

/// An instant of the query as the journal writes its own, so that they compare as text.
Checked<std::string> instant_parameter(const Target& target, std::string_view name) {
    const auto text = text_parameter(target, name);
    if (!text || text->empty()) return text;
    const auto at = parse_instant(*text);
    if (!at)
        return std::unexpected(problem(
            400, "bad_parameter",
            std::string(name) + " is to be a day or an instant: 2026-01-31 or 2026-01-31T10:00Z"));
    return rfc3339(*at);
}

Checked<store::AuditQuery> read_query(const Target& target) {
    if (auto known = only_parameters(
            target, {"actor", "type", "order", "from", "to", "after", "before", "limit"});
        !known)
        return std::unexpected(known.error());
    const auto actor = text_parameter(target, "actor");
    const auto type = text_parameter(target, "type");
    const auto order = text_parameter(target, "order");
    const auto from = instant_parameter(target, "from");
    const auto to = instant_parameter(target, "to");
    for (const auto* given : {&actor, &type, &order, &from, &to})
        if (!*given) return std::unexpected(given->error());
    const auto after = number_parameter(target, "after", -1, 0, kLast);
    const auto before = number_parameter(target, "before", 0, 1, kLast);
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    for (const auto* given : {&after, &before, &limit})
        if (!*given) return std::unexpected(given->error());
    if (*after >= 0 && *before > 0)
        return std::unexpected(
            problem(400, "bad_parameter", "after reads forward, before backward: give one"));
    store::AuditQuery query{*actor, *type, *order, *from, *to};
    if (*after >= 0) query.after = *after;
    query.before = *before;
    query.limit = static_cast<std::uint32_t>(*limit);
    return query;
}

Response find_events(const Parts& parts, Call& call) {
    const auto query = read_query(call.target);
    if (!query) return query.error();
    return read_answer(parts.store, call.caller.scope,
                       [&](store::Transaction& transaction) -> Result<json::object> {
                           const auto page = transaction.audit(*query);
                           json::array items;
                           for (const auto& event : page.events)
                               items.push_back(servicing::audit_view(event, event.erased));
                           return json::object{
                               {"items", std::move(items)},
                               {"next", page.next ? json::value(*page.next) : nullptr}};
                       });
}

json::object seal_view(const store::Seal& seal) {
    return {{"first", seal.first},
            {"last", seal.last},
            {"events", seal.events},
            {"hash", seal.hash},
            {"sealed_at", rfc3339(seal.sealed_at_ms)}};
}

Response find_seals(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {"after", "limit"}); !known) return known.error();
    const auto after = number_parameter(call.target, "after", 0, 0, kLast);
    const auto limit = number_parameter(call.target, "limit", kDefaultPage, 1, kMaxPage);
    if (!after) return after.error();
    if (!limit) return limit.error();
    return read_answer(
        parts.store, call.caller.scope,
        [&](store::Transaction& transaction) -> Result<json::object> {
            json::array items;
            const auto seals = transaction.seals(*after, static_cast<std::uint32_t>(*limit));
            for (const auto& seal : seals)
                items.push_back(seal_view(seal));
            const bool more = seals.size() == static_cast<std::size_t>(*limit);
            return json::object{{"items", std::move(items)},
                                {"next", more ? json::value(seals.back().last) : nullptr}};
        });
}

}  // namespace

void add_audit_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/audit", Right::read_audit, find_events);
    add("GET", "/api/v1/audit/seals", Right::read_audit, find_seals);
}

}  // namespace orderhub::http
