#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

namespace {

constexpr std::string_view kTokenColumns =
    "id, name, role, hash, created_at, expires_at, storefronts, desks";
constexpr std::string_view kUserColumns =
    "id, name, full_name, role, password_hash, active, created_at, issuer, subject, storefronts,"
    " desks";

ApiToken read_token(Query& query) {
    ApiToken token;
    std::string storefronts, desks;
    query.read(token.id, token.name, token.role, token.hash, token.created_at, token.expires_at_ms,
               storefronts, desks);
    token.scope = {domain::connector_names(storefronts), domain::connector_names(desks)};
    return token;
}

User read_user(Query& query) {
    User user;
    std::string storefronts, desks;
    query.read(user.id, user.name, user.full_name, user.role, user.password_hash, user.active,
               user.created_at, user.issuer, user.subject, storefronts, desks);
    user.scope = {domain::connector_names(storefronts), domain::connector_names(desks)};
    return user;
}

std::string select(std::string_view columns, std::string_view rest) {
    return "SELECT " + std::string(columns) + " FROM " + std::string(rest);
}

}  // namespace

void SqlTransaction::save_token(const ApiToken& token) {
    db_.query(
           "INSERT INTO api_tokens (id, name, role, hash, created_at, expires_at, storefronts,"
           " desks) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
           " name = excluded.name, role = excluded.role, hash = excluded.hash,"
           " expires_at = excluded.expires_at, storefronts = excluded.storefronts,"
           " desks = excluded.desks")
        .bind(token.id, token.name, token.role, token.hash, token.created_at, token.expires_at_ms,
              domain::to_text(token.scope.storefronts), domain::to_text(token.scope.desks))
        .run();
}

std::optional<ApiToken> SqlTransaction::token_by_hash(std::string_view hash) {
    auto query = db_.query(select(kTokenColumns, "api_tokens WHERE hash = ?"));
    if (!query.bind(hash).step()) return std::nullopt;
    return read_token(query);
}

std::vector<ApiToken> SqlTransaction::tokens() {
    auto query = db_.query(select(kTokenColumns, "api_tokens ORDER BY id"));
    std::vector<ApiToken> all;
    while (query.step())
        all.push_back(read_token(query));
    return all;
}

bool SqlTransaction::delete_token(std::string_view id) {
    auto query = db_.query("DELETE FROM api_tokens WHERE id = ? RETURNING id");
    return query.bind(id).step();
}

void SqlTransaction::save_user(const User& user) {
    db_.query(
           "INSERT INTO users (id, name, full_name, role, password_hash, active, created_at,"
           " issuer, subject, storefronts, desks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
           " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
           " full_name = excluded.full_name, role = excluded.role,"
           " password_hash = excluded.password_hash, active = excluded.active,"
           " storefronts = excluded.storefronts, desks = excluded.desks")
        .bind(user.id, user.name, user.full_name, user.role, user.password_hash, user.active,
              user.created_at, user.issuer, user.subject, domain::to_text(user.scope.storefronts),
              domain::to_text(user.scope.desks))
        .run();
}

std::optional<User> SqlTransaction::user(std::string_view id) {
    auto query = db_.query(select(kUserColumns, "users WHERE id = ?"));
    if (!query.bind(id).step()) return std::nullopt;
    return read_user(query);
}

std::optional<User> SqlTransaction::user_by_name(std::string_view name) {
    auto query = db_.query(select(kUserColumns, "users WHERE name = ?"));
    if (!query.bind(name).step()) return std::nullopt;
    return read_user(query);
}

std::optional<User> SqlTransaction::user_by_identity(std::string_view issuer,
                                                     std::string_view subject) {
    auto query =
        db_.query(select(kUserColumns, "users WHERE issuer = ? AND subject = ? AND issuer <> ''"));
    if (!query.bind(issuer, subject).step()) return std::nullopt;
    return read_user(query);
}

std::vector<User> SqlTransaction::users() {
    auto query = db_.query(select(kUserColumns, "users ORDER BY name"));
    std::vector<User> all;
    while (query.step())
        all.push_back(read_user(query));
    return all;
}

void SqlTransaction::save_session(const UserSession& session) {
    db_.query(
           "INSERT INTO sessions (hash, user_id, csrf, created_at, seen_at, address)"
           " VALUES (?, ?, ?, ?, ?, ?)"
           " ON CONFLICT (hash) DO UPDATE SET seen_at = excluded.seen_at")
        .bind(session.hash, session.user_id, session.csrf, session.created_at_ms,
              session.seen_at_ms, session.address)
        .run();
}

std::optional<UserSession> SqlTransaction::session_by_hash(std::string_view hash) {
    auto query = db_.query(
        "SELECT hash, user_id, csrf, created_at, seen_at, address FROM sessions WHERE hash = ?");
    if (!query.bind(hash).step()) return std::nullopt;
    UserSession session;
    query.read(session.hash, session.user_id, session.csrf, session.created_at_ms,
               session.seen_at_ms, session.address);
    return session;
}

void SqlTransaction::delete_session(std::string_view hash) {
    db_.query("DELETE FROM sessions WHERE hash = ?").bind(hash).run();
}

void SqlTransaction::delete_sessions_of(std::string_view user_id) {
    db_.query("DELETE FROM sessions WHERE user_id = ?").bind(user_id).run();
}

void SqlTransaction::delete_old_sessions(std::int64_t created_before_ms,
                                         std::int64_t seen_before_ms) {
    db_.query("DELETE FROM sessions WHERE created_at < ? OR seen_at < ?")
        .bind(created_before_ms, seen_before_ms)
        .run();
}

std::optional<StoredAnswer> SqlTransaction::answer(std::string_view key) {
    auto query =
        db_.query("SELECT key, fingerprint, status, body, created_at FROM answers WHERE key = ?");
    if (!query.bind(key).step()) return std::nullopt;
    StoredAnswer answer;
    query.read(answer.key, answer.fingerprint, answer.status, answer.body, answer.created_at_ms);
    return answer;
}

void SqlTransaction::save_answer(const StoredAnswer& answer) {
    db_.query(
           "INSERT INTO answers (key, fingerprint, status, body, created_at)"
           " VALUES (?, ?, ?, ?, ?)")
        .bind(answer.key, answer.fingerprint, answer.status, answer.body, answer.created_at_ms)
        .run();
}

void SqlTransaction::forget_answers(std::int64_t created_before_ms) {
    db_.query("DELETE FROM answers WHERE created_at < ?").bind(created_before_ms).run();
}

}  // namespace orderhub::store
