#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/audit.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/routes.hpp"
#include "hub/routing/subscription.hpp"
#include "hub/routing/webhook_signature.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;
using routing::Subscription;
using Made = Result<json::object>;

constexpr std::int64_t kDefaultOverlapSeconds = 24 * 3600;

Result<Subscription> find(store::Transaction& transaction, const Call& call) {
    auto row = transaction.subscription(call.parameter("id"));
    if (!row)
        return fail(ErrorKind::NotFound, "no_such_subscription", "There is no such subscription.");
    return std::move(*row);
}

/// An address may carry a password, so the journal does not name it.
void note_change(const Parts& parts, const Call& call, store::Transaction& transaction,
                 const std::string& type, const Subscription& row, json::object details = {}) {
    details["subscription"] = row.id;
    details["name"] = row.name;
    note(parts, call, transaction, type, details);
}

std::vector<std::string> words(const json::object& body, std::string_view key) {
    std::vector<std::string> out;
    if (const auto* list = body.if_contains(key))
        for (const auto& each : list->as_array())
            out.emplace_back(each.as_string());
    return out;
}

json::value instant_or_null(std::int64_t instant) {
    return instant > 0 ? json::value(rfc3339(instant)) : json::value(nullptr);
}

json::object shown(const Subscription& row, std::int64_t journal_end) {
    json::object out{{"id", row.id},
                     {"name", row.name},
                     {"url", row.url},
                     {"types", json::array(row.types.begin(), row.types.end())},
                     {"state", row.is_active ? "active" : "disabled"},
                     {"reason", row.reason},
                     {"after", row.cursor},
                     {"behind", std::max<std::int64_t>(0, journal_end - row.cursor)},
                     {"failures", row.failures},
                     {"failing_since", instant_or_null(row.failing_since)},
                     {"next_at", instant_or_null(row.failures > 0 ? row.next_at : 0)},
                     {"error", nullptr},
                     {"previous_secret_until", instant_or_null(row.previous_until)},
                     {"created_at", rfc3339(row.created_at)}};
    if (!row.error_code.empty())
        out["error"] = json::object{{"code", row.error_code}, {"message", row.error_message}};
    return out;
}

/// Answers with what a decision made of a subscription, and tells the dispatcher.
template <class Decision>
Response decide(const Parts& parts, const Call& call, const Decision& decision) {
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) -> Made {
        auto row = find(transaction, call);
        if (!row) return std::unexpected(row.error());
        return decision(transaction, std::move(*row));
    });
    if (answer.status == 200) parts.operations.subscriptions_changed();
    return answer;
}

json::object with_secret(const Subscription& row, std::int64_t journal_end) {
    return {{"subscription", shown(row, journal_end)}, {"secret", row.secret}};
}

Response list_subscriptions(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {}); !known) return known.error();
    return read_answer(parts.store, call.caller.scope, [](store::Transaction& transaction) {
        json::array items;
        const auto end = transaction.journal_end();
        for (const auto& row : transaction.subscriptions())
            items.push_back(shown(row, end));
        return Made(json::object{{"items", std::move(items)}});
    });
}

Response show_subscription(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope,
                       [&](store::Transaction& transaction) -> Made {
                           const auto row = find(transaction, call);
                           if (!row) return std::unexpected(row.error());
                           return shown(*row, transaction.journal_end());
                       });
}

Response create_subscription(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "SubscriptionInput");
    if (!body) return body.error();
    Subscription row;
    row.name = body->at("name").as_string();
    row.url = body->at("url").as_string();
    row.types = words(*body, "types");
    if (const auto allowed = parts.operations.check_subscriber(row.url); !allowed)
        return problem(allowed.error());
    row.id = parts.make_id("sub");
    row.secret = routing::make_webhook_secret();
    row.created_at = parts.now_ms();
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) -> Made {
        if (transaction.subscriptions().size() >= routing::kMaxSubscriptions)
            return fail(ErrorKind::Conflict, "too_many_subscriptions",
                        "There are as many subscriptions as there may be.");
        const auto end = transaction.journal_end();
        const auto* after = body->if_contains("after");
        row.cursor = after ? std::min(after->to_number<std::int64_t>(), end) : end;
        transaction.save_subscription(row);
        note_change(parts, call, transaction, "subscription.created", row, {{"after", row.cursor}});
        return with_secret(row, end);
    });
    if (answer.status != 200) return answer;
    parts.operations.subscriptions_changed();
    answer.status = 201;
    return answer;
}

/// What PATCH asks for, in a row of a later revision; `changes` names it.
Subscription changed(Subscription row, const json::object& body, json::array& changes,
                     std::int64_t now) {
    if (const auto* name = body.if_contains("name")) row.name = name->as_string();
    if (const auto* url = body.if_contains("url")) row.url = url->as_string();
    if (body.contains("types")) row.types = words(body, "types");
    for (const auto& member : body)
        changes.emplace_back(member.key());
    const auto* state = body.if_contains("state");
    if (state) return switched(std::move(row), state->as_string() == "active", now);
    ++row.revision;
    return row;
}

Response change_subscription(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "SubscriptionChange");
    if (!body) return body.error();
    if (const auto* url = body->if_contains("url"))
        if (const auto allowed = parts.operations.check_subscriber(url->as_string().c_str());
            !allowed)
            return problem(allowed.error());
    return decide(parts, call, [&](store::Transaction& transaction, Subscription row) -> Made {
        json::array changes;
        row = changed(std::move(row), *body, changes, parts.now_ms());
        transaction.save_subscription(row);
        note_change(
            parts, call, transaction, "subscription.changed", row,
            {{"changed", std::move(changes)}, {"state", row.is_active ? "active" : "disabled"}});
        return shown(row, transaction.journal_end());
    });
}

Response delete_subscription(const Parts& parts, Call& call) {
    return decide(parts, call, [&](store::Transaction& transaction, const Subscription& row) {
        transaction.remove_subscription(row.id);
        note_change(parts, call, transaction, "subscription.deleted", row, {{"after", row.cursor}});
        return Made(shown(row, transaction.journal_end()));
    });
}

Response rotate_secret(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "RotateSecretInput");
    if (!body) return body.error();
    const auto* asked = body->if_contains("overlap_s");
    const auto overlap_s = asked ? asked->to_number<std::int64_t>() : kDefaultOverlapSeconds;
    return decide(parts, call, [&](store::Transaction& transaction, Subscription row) -> Made {
        row = rotated(std::move(row), routing::make_webhook_secret(),
                      parts.now_ms() + overlap_s * 1000);
        transaction.save_subscription(row);
        note_change(parts, call, transaction, "subscription.secret_rotated", row,
                    {{"previous_until", rfc3339(row.previous_until)}});
        return with_secret(row, transaction.journal_end());
    });
}

Response replay(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "ReplayInput");
    if (!body) return body.error();
    return decide(parts, call, [&](store::Transaction& transaction, Subscription row) -> Made {
        const auto before = row.cursor;
        const auto end = transaction.journal_end();
        row = moved(std::move(row), std::min(body->at("after").to_number<std::int64_t>(), end),
                    parts.now_ms());
        transaction.save_subscription(row);
        note_change(parts, call, transaction, "subscription.replayed", row,
                    {{"after", row.cursor}, {"before", before}});
        return shown(row, end);
    });
}

Response test_subscription(const Parts& parts, Call& call) {
    const auto result = parts.operations.test_subscription(std::string(call.parameter("id")));
    return result ? json_answer(*result) : problem(result.error());
}

}  // namespace

void add_subscription_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/subscriptions", Right::read_operations, list_subscriptions);
    add("POST", "/api/v1/subscriptions", Right::manage_subscriptions, create_subscription);
    add("GET", "/api/v1/subscriptions/{id}", Right::read_operations, show_subscription);
    add("PATCH", "/api/v1/subscriptions/{id}", Right::manage_subscriptions, change_subscription);
    add("DELETE", "/api/v1/subscriptions/{id}", Right::manage_subscriptions, delete_subscription);
    add("POST", "/api/v1/subscriptions/{id}:rotate-secret", Right::manage_subscriptions,
        rotate_secret);
    add("POST", "/api/v1/subscriptions/{id}:replay", Right::manage_subscriptions, replay);
    add("POST", "/api/v1/subscriptions/{id}:test", Right::manage_subscriptions, test_subscription);
}

}  // namespace orderhub::http
