// Signing in and out, and who one is.
#include "hub/http/access.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/attempts.hpp"
#include "hub/http/audit.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/passwords.hpp"
#include "hub/http/provider_sign_in.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"
#include "hub/http/sessions.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

/// Without those that are of no use to somebody who is limited.
json::array right_names(Role role, const domain::Scope& scope) {
    json::array names;
    for (const auto& row : rights())
        if (may(role, row.right) && !(scope.is_limited() && is_of_whole_hub(row.right)))
            names.emplace_back(row.name);
    return names;
}

json::object shown(const store::User& user, const store::UserSession& session,
                   const SessionLimits& limits) {
    const auto role = role_of(user.role).value_or(Role::reader);
    return {{"id", user.id},
            {"name", user.name},
            {"full_name", user.full_name},
            {"role", to_text(role)},
            {"rights", right_names(role, user.scope)},
            {"scope", scope_view(user.scope)},
            {"csrf", session.csrf},
            {"expires_at", rfc3339(session.created_at_ms + limits.absolute_ms)}};
}

/// Of a program with a token: it has no session that ends.
json::object shown(const Caller& caller) {
    return {{"id", caller.id},
            {"name", caller.name},
            {"full_name", caller.name},
            {"role", to_text(caller.role)},
            {"rights", right_names(caller.role, caller.scope)},
            {"scope", scope_view(caller.scope)},
            {"csrf", nullptr},
            {"expires_at", nullptr}};
}

Response locked(std::int64_t wait_ms) {
    auto answer = problem(429, "sign_in_locked", "Too many failed attempts; try again later.");
    answer.headers.push_back({"Retry-After", std::to_string((wait_ms + 999) / 1000)});
    return answer;
}

std::optional<store::User> user_called(const Parts& parts, const std::string& name,
                                       Result<void>& outcome) {
    std::optional<store::User> user;
    outcome = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        user = transaction.user_by_name(name);
        return {};
    });
    return user;
}

/// The same answer, after the same work, whatever was wrong.
Response refused(const Parts& parts, Attempts& attempts, const Request& request,
                 const std::string& name) {
    if (attempts.failed(name, request.address, parts.now_ms()))
        parts.log_error("sign-in locked for a while after failed attempts, from " +
                        request.address);
    return problem(401, "wrong_credentials", "The name or the password is wrong.");
}

Response sign_in(const Parts& parts, Attempts& attempts, Call& call) {
    const auto body = read_body(call.request, "SignIn");
    if (!body) return body.error();
    const std::string name(body->at("name").as_string());
    const std::int64_t now = parts.now_ms();
    if (const auto wait = attempts.wait_ms(name, call.request.address, now); wait > 0)
        return locked(wait);
    Result<void> outcome;
    const auto user = user_called(parts, name, outcome);
    if (!outcome) return problem(outcome.error());
    const bool may_enter = user && user->active;
    if (!verify_password(may_enter ? user->password_hash : "", body->at("password").as_string()) ||
        !may_enter)
        return refused(parts, attempts, call.request, name);
    attempts.succeeded(name);
    std::string secret;
    call.caller.name = user->name;
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) {
        auto fresh = begin_session(transaction, *user, parts.sessions, now, call.request.address);
        secret = std::move(fresh.secret);
        note(parts, call, transaction, "user.signed_in", {{"user", user->id}});
        return Result<json::object>(shown(*user, fresh.row, parts.sessions));
    });
    if (answer.status == 200) answer.headers.push_back(session_cookie(call.request, secret));
    return answer;
}

Response show_session(const Parts& parts, Call& call) {
    if (call.caller.session.empty()) return json_answer(shown(call.caller));
    return read_answer(parts.store, call.caller.scope,
                       [&](store::Transaction& transaction) -> Result<json::object> {
                           const auto session = transaction.session_by_hash(call.caller.session);
                           const auto user = transaction.user(call.caller.id);
                           if (!session || !user)
                               return fail(ErrorKind::NotFound, "not_found", "The session ended.");
                           return shown(*user, *session, parts.sessions);
                       });
}

/// What the sign-in page is to offer.
Response show_ways(const Parts& parts, Call&) {
    json::object document{{"password", true}, {"provider", nullptr}};
    if (parts.provider)
        document["provider"] = {{"name", parts.provider->settings().name},
                                {"address", kProviderPath}};
    return json_answer(document);
}

/// Ends this session, or all of the caller's.
Response sign_out(const Parts& parts, Call& call, bool everywhere) {
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) {
        if (everywhere)
            transaction.delete_sessions_of(call.caller.id);
        else
            transaction.delete_session(call.caller.session);
        note(parts, call, transaction, "user.signed_out",
             {{"user", call.caller.id}, {"everywhere", everywhere}});
        return Result<json::object>(json::object{{"signed_out", true}});
    });
    answer.headers.push_back(session_cookie(call.request, ""));
    return answer;
}

Response change_password(const Parts& parts, Attempts& attempts, Call& call) {
    const auto body = read_body(call.request, "PasswordChange");
    if (!body) return body.error();
    if (call.caller.session.empty()) return problem(403, "not_allowed", "A token has no password.");
    const std::string_view fresh = body->at("password").as_string();
    if (const auto good = check_password(fresh); !good) return problem(good.error());
    Result<void> outcome;
    const auto user = user_called(parts, call.caller.name, outcome);
    if (!outcome) return problem(outcome.error());
    if (const auto wait = attempts.wait_ms(call.caller.name, call.request.address, parts.now_ms());
        wait > 0)
        return locked(wait);
    if (!user || !verify_password(user->password_hash, body->at("old_password").as_string()))
        return refused(parts, attempts, call.request, call.caller.name);
    const auto hash = hash_password(fresh);
    return write_answer(parts.store, [&](store::Transaction& transaction) -> Result<json::object> {
        auto changed = transaction.user(user->id);
        const auto session = transaction.session_by_hash(call.caller.session);
        if (!changed || !session)
            return fail(ErrorKind::Conflict, "changed_meanwhile", "The session ended.");
        changed->password_hash = hash;
        transaction.save_user(*changed);
        // Whoever knew the old password is out, everywhere but here.
        transaction.delete_sessions_of(user->id);
        transaction.save_session(*session);
        note(parts, call, transaction, "user.password_changed", {{"user", user->id}});
        return shown(*changed, *session, parts.sessions);
    });
}

}  // namespace

void add_session_routes(std::vector<Route>& routes, const Parts& parts, Attempts& attempts) {
    const auto add = adding(routes, parts);
    add("POST", "/api/v1/session", Right::none,
        [&attempts](const Parts& all, Call& call) { return sign_in(all, attempts, call); });
    add("GET", "/api/v1/session", Right::signed_in, show_session);
    add("GET", "/api/v1/sign-in", Right::none, show_ways);
    add("DELETE", "/api/v1/session", Right::signed_in,
        [](const Parts& all, Call& call) { return sign_out(all, call, false); });
    add("POST", "/api/v1/session:sign-out-everywhere", Right::signed_in,
        [](const Parts& all, Call& call) { return sign_out(all, call, true); });
    add("POST", "/api/v1/session:change-password", Right::signed_in,
        [&attempts](const Parts& all, Call& call) { return change_password(all, attempts, call); });
}

}  // namespace orderhub::http
