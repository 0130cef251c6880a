#include "hub/http/sessions.hpp"

#include <sodium.h>

#include <optional>

#include "hub/http/access.hpp"
#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

/// A session that is in use is marked so once a minute: not each request is to be a write.
constexpr std::int64_t kMarkMs = 60'000;

std::unexpected<Response> refuse(std::string_view detail) {
    return std::unexpected(problem(401, "not_authenticated", detail));
}

bool changes_something(const Request& request) {
    return request.method != "GET" && request.method != "HEAD";
}

bool same(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

struct Found {
    std::optional<store::UserSession> session;
    std::optional<store::User> user;
};

Found find(store::Transaction& transaction, const std::string& hash) {
    Found found{transaction.session_by_hash(hash), std::nullopt};
    if (found.session) found.user = transaction.user(found.session->user_id);
    return found;
}

void mark_seen(store::Store& store, store::UserSession session, std::int64_t now_ms) {
    if (now_ms - session.seen_at_ms < kMarkMs) return;
    session.seen_at_ms = now_ms;
    store.write(
        [session](store::Transaction& transaction) -> Result<void> {
            // It may have been ended meanwhile: it must not come back.
            if (transaction.session_by_hash(session.hash)) transaction.save_session(session);
            return {};
        },
        [](const Result<void>&) {});
}

}  // namespace

std::string_view cookie_of(const Request& request, std::string_view name) {
    std::string_view rest = request.header("cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        auto pair = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return {};
}

connectors::Header session_cookie(const Request& request, std::string_view secret) {
    std::string text(kSessionCookie);
    text.append("=").append(secret).append("; Path=/; HttpOnly; SameSite=Strict");
    if (secret.empty()) text += "; Max-Age=0";
    if (request.secure) text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

NewSession begin_session(store::Transaction& transaction, const store::User& user,
                         const SessionLimits& limits, std::int64_t now_ms,
                         std::string_view address) {
    transaction.delete_old_sessions(now_ms - limits.absolute_ms, now_ms - limits.idle_ms);
    NewSession fresh{make_token_secret(), {}};
    fresh.row = {sha256_hex(fresh.secret), user.id, make_token_secret(), now_ms, now_ms,
                 std::string(address)};
    transaction.save_session(fresh.row);
    return fresh;
}

Checked<Caller> authenticate_session(store::Store& store, const Request& request,
                                     const SessionLimits& limits, std::int64_t now_ms) {
    const auto hash = sha256_hex(cookie_of(request, kSessionCookie));
    Found found;
    const auto outcome = store.read([&](store::Transaction& transaction) -> Result<void> {
        found = find(transaction, hash);
        return {};
    });
    if (!outcome) return std::unexpected(problem(outcome.error()));
    const auto& [session, user] = found;
    if (!session || !user || !user->active) return refuse("Sign in: this session is not known.");
    if (now_ms - session->seen_at_ms >= limits.idle_ms ||
        now_ms - session->created_at_ms >= limits.absolute_ms)
        return refuse("Sign in again: this session has ended.");
    const auto role = role_of(user->role);
    if (!role) return refuse("This user has a role that this release does not know.");
    if (changes_something(request) && !same(request.header(kCsrfHeader), session->csrf))
        return std::unexpected(
            problem(403, "bad_csrf", "Send the session's value in the header X-OrderHub-CSRF."));
    mark_seen(store, *session, now_ms);
    return Caller{user->id, user->name, *role, user->scope, session->hash};
}

}  // namespace orderhub::http
