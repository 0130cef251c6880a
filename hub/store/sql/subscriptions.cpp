// Subscriptions, and the journal as they read it.
#include <algorithm>

#include "hub/store/sql/secret_places.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using routing::JournalLine;
using routing::Subscription;

namespace {

constexpr const char* kColumns =
    "id, name, url, types, secret, previous_secret, previous_until, reached, active, reason,"
    " failures, failing_since, next_at, error_code, error_message, created_at, revision";

/// Event types have no blanks.
std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

Subscription read_subscription(Query& query, const secrets::Keyring& keyring) {
    Subscription row;
    std::string types;
    query.read(row.id, row.name, row.url, types, row.secret, row.previous_secret,
               row.previous_until, row.cursor, row.is_active, row.reason, row.failures,
               row.failing_since, row.next_at, row.error_code, row.error_message, row.created_at,
               row.revision);
    row.types = split(types);
    row.secret = keyring.reveal(row.secret, subscription_place(row.id, "secret"));
    row.previous_secret =
        keyring.reveal(row.previous_secret, subscription_place(row.id, "previous_secret"));
    return row;
}

}  // namespace

std::vector<Subscription> SqlTransaction::subscriptions() {
    auto query = db_.query(std::string("SELECT ") + kColumns + " FROM subscriptions ORDER BY id");
    std::vector<Subscription> rows;
    while (query.step())
        rows.push_back(read_subscription(query, *sources_.keyring));
    return rows;
}

std::optional<Subscription> SqlTransaction::subscription(std::string_view id) {
    auto query = db_.query(std::string("SELECT ") + kColumns + " FROM subscriptions WHERE id = ?");
    if (!query.bind(id).step()) return std::nullopt;
    return read_subscription(query, *sources_.keyring);
}

void SqlTransaction::save_subscription(const Subscription& row) {
    db_.query(std::string("INSERT INTO subscriptions (") + kColumns +
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
              " ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url,"
              " types = excluded.types, secret = excluded.secret,"
              " previous_secret = excluded.previous_secret,"
              " previous_until = excluded.previous_until, reached = excluded.reached,"
              " active = excluded.active, reason = excluded.reason,"
              " failures = excluded.failures, failing_since = excluded.failing_since,"
              " next_at = excluded.next_at, error_code = excluded.error_code,"
              " error_message = excluded.error_message, revision = excluded.revision")
        .bind(row.id, row.name, row.url, joined(row.types),
              sources_.keyring->protect(row.secret, subscription_place(row.id, "secret")),
              sources_.keyring->protect(row.previous_secret,
                                        subscription_place(row.id, "previous_secret")),
              row.previous_until, row.cursor, row.is_active, row.reason, row.failures,
              row.failing_since, row.next_at, row.error_code, row.error_message, row.created_at,
              row.revision)
        .run();
}

bool SqlTransaction::save_progress(const Subscription& row) {
    db_.query(
           "UPDATE subscriptions SET reached = ?, active = ?, reason = ?, failures = ?,"
           " failing_since = ?, next_at = ?, error_code = ?, error_message = ?"
           " WHERE id = ? AND revision = ?")
        .bind(row.cursor, row.is_active, row.reason, row.failures, row.failing_since, row.next_at,
              row.error_code, row.error_message, row.id, row.revision)
        .run();
    return db_.changes() > 0;
}

void SqlTransaction::remove_subscription(std::string_view id) {
    db_.query("DELETE FROM subscriptions WHERE id = ?").bind(id).run();
}

std::vector<JournalLine> SqlTransaction::journal(std::int64_t after, std::uint32_t limit) {
    std::vector<JournalLine> lines;
    for (auto& event : events(after, limit, ""))
        lines.push_back({event.sequence, std::move(event.id), std::move(event.type),
                         std::move(event.order_id), std::move(event.case_id),
                         std::move(event.actor), std::move(event.trace), std::move(event.data),
                         std::move(event.at)});
    return lines;
}

std::int64_t SqlTransaction::journal_end() {
    auto query = db_.whole().query("SELECT sequence FROM events ORDER BY sequence DESC LIMIT 1");
    return query.step() ? query.integer(0) : 0;
}

}  // namespace orderhub::store
