// The one place that keeps callers within their scope. What a list or a page shows is narrowed by
// the store; what a request names is looked up here, the same way.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>

#include "hub/http/problem.hpp"
#include "hub/http/scope.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

/// A source is a connector that the scope names: whose messages are all within it.
enum class Kind { order, case_, customer, delivery, run, message, replay, connector, source };

/// What the first parameter of a pattern names.
struct Named {
    std::string_view beginning;
    Kind kind;
};
constexpr std::array<Named, 9> kNamed{{{"/api/v1/orders/{id}", Kind::order},
                                       {"/api/v1/cases/{id}", Kind::case_},
                                       {"/api/v1/customers/{id}", Kind::customer},
                                       {"/api/v1/deliveries/{id}", Kind::delivery},
                                       {"/api/v1/flow-runs/{id}", Kind::run},
                                       {"/api/v1/approvals/{id}", Kind::run},
                                       {"/api/v1/inbox/{sequence}", Kind::message},
                                       {"/api/v1/replays/{id}", Kind::replay},
                                       {"/api/v1/connectors/{connector}", Kind::connector}}};

/// Routes that name nothing in their path and show only what the store shows them, or only what is
/// the caller's own or no one's.
struct Open {
    std::string_view method;
    std::string_view pattern;
};
constexpr std::array<Open, 18> kOpen{{{"GET", "/api/v1/orders"},
                                      {"GET", "/api/v1/returns"},
                                      {"GET", "/api/v1/cases"},
                                      {"GET", "/api/v1/customers"},
                                      {"GET", "/api/v1/deliveries"},
                                      {"GET", "/api/v1/inbox"},
                                      {"GET", "/api/v1/replays"},
                                      {"POST", "/api/v1/replays"},
                                      {"GET", "/api/v1/connectors"},
                                      {"GET", "/api/v1/flows"},
                                      {"GET", "/api/v1/flows/{name}"},
                                      {"GET", "/api/v1/flow-runs"},
                                      {"POST", "/api/v1/flow-runs"},
                                      {"GET", "/api/v1/approvals"},
                                      {"GET", "/api/v1/events"},
                                      {"GET", "/api/v1/audit"},
                                      {"GET", "/api/v1/session"},
                                      {"DELETE", "/api/v1/session"}}};
constexpr std::string_view kOwnSession = "/api/v1/session:";

/// Members of a request's body that name something.
struct Member {
    std::string_view name;
    Kind kind;
};
constexpr std::array<Member, 5> kMembers{{{"order_id", Kind::order},
                                          {"further_order_ids", Kind::order},
                                          {"case_id", Kind::case_},
                                          {"other", Kind::customer},
                                          {"connector", Kind::source}}};

const Named* named(const Route& route) {
    const auto* found = std::ranges::find_if(
        kNamed, [&](const Named& each) { return route.pattern.starts_with(each.beginning); });
    return found == kNamed.end() ? nullptr : found;
}

/// As those say it who look for what is not there.
Response no_such(Kind kind) {
    constexpr std::array<std::string_view, 9> kWords{"order",    "case",      "customer",
                                                     "delivery", "run",       "message",
                                                     "replay",   "connector", "connector"};
    const std::string word(kWords.at(static_cast<std::size_t>(kind)));
    return problem(404, "no_such_" + word, "There is no such " + word + ".");
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && rest == end ? value : 0;
}

/// One caller's look at the store.
class Look {
public:
    Look(const Parts& parts, const Call& call, store::Transaction& transaction)
        : parts_(parts), scope_(call.caller.scope), transaction_(transaction) {
        transaction_.narrow(scope_);
    }

    bool finds(Kind kind, std::string_view id) {
        switch (kind) {
            case Kind::order:
                return transaction_.order(id).has_value();
            case Kind::case_:
                return transaction_.case_by_id(id).has_value();
            case Kind::customer:
                return transaction_.customer(id).has_value();
            case Kind::delivery:
                return transaction_.delivery(id).has_value();
            case Kind::run:
                return transaction_.run(id).has_value();
            case Kind::message:
                return transaction_.message(number(id)).has_value();
            case Kind::replay:
                return transaction_.replay(id).has_value();
            case Kind::source:
                return (scope_.storefronts && domain::has(scope_.storefronts, id)) ||
                       (scope_.desks && domain::has(scope_.desks, id));
            case Kind::connector:
                break;
        }
        auto* instance = parts_.host.find(std::string(id));
        return instance && sees(scope_, instance->manifest(), id);
    }

    bool finds_all(Kind kind, const json::value& value) {
        if (value.is_string()) return finds(kind, value.get_string());
        if (!value.is_array()) return true;  // the route refuses it
        return std::ranges::all_of(value.get_array(),
                                   [&](const auto& each) { return finds_all(kind, each); });
    }

    /// The first that is not there.
    std::optional<Kind> missing(const Route& route, const Call& call) {
        if (const auto* subject = named(route))
            if (!finds(subject->kind, call.parameters.front().second)) return subject->kind;
        json::error_code error;
        const auto body = json::parse(call.request.body, error);
        if (error || !body.is_object()) return std::nullopt;
        for (const auto& member : kMembers) {
            const auto* value = body.get_object().if_contains(member.name);
            if (value && !finds_all(member.kind, *value)) return member.kind;
        }
        return std::nullopt;
    }

private:
    const Parts& parts_;
    const domain::Scope& scope_;
    store::Transaction& transaction_;
};

}  // namespace

bool keeps_within_scope(const Route& route) {
    if (is_of_whole_hub(route.right)) return false;
    return named(route) || route.pattern.starts_with(kOwnSession) ||
           std::ranges::any_of(kOpen, [&](const Open& open) {
               return open.method == route.method && open.pattern == route.pattern;
           });
}

std::optional<Response> beyond_scope(const Parts& parts, const Route& route, const Call& call) {
    if (!call.caller.scope.is_limited()) return std::nullopt;
    if (!keeps_within_scope(route))
        return problem(403, "beyond_scope",
                       "This concerns the whole hub, and you are limited to some of its "
                       "storefronts or desks.");
    std::optional<Kind> missing;
    const auto outcome = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        missing = Look(parts, call, transaction).missing(route, call);
        return {};
    });
    if (!outcome) return problem(outcome.error());
    return missing ? std::optional(no_such(*missing)) : std::nullopt;
}

}  // namespace orderhub::http
