#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

void SqlTransaction::save_token(const ApiToken& token) {
    db_.query(
           "INSERT INTO api_tokens (id, name, role, hash, created_at) VALUES (?, ?, ?, ?, ?)"
           " ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,"
           " hash = excluded.hash")
        .bind(token.id, token.name, token.role, token.hash, token.created_at)
        .run();
}

std::optional<ApiToken> SqlTransaction::token_by_hash(std::string_view hash) {
    auto query =
        db_.query("SELECT id, name, role, hash, created_at FROM api_tokens WHERE hash = ?");
    if (!query.bind(hash).step()) return std::nullopt;
    ApiToken token;
    query.read(token.id, token.name, token.role, token.hash, token.created_at);
    return token;
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
