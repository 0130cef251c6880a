// Look-up keys of orders and waiting cases, and confirmed aliases. Every way in is an index.
#include <fmt/format.h>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::AliasRow;
using servicing::KeyHits;
using servicing::RefreshRow;

namespace {

std::string json_list(std::span<const std::int64_t> keys) {
    std::string list = "[";
    for (const std::int64_t key : keys) {
        if (list.size() > 1) list += ',';
        list += fmt::format_int(key).c_str();
    }
    return list + "]";
}

std::vector<std::string> split(std::string_view joined) {
    std::vector<std::string> parts;
    while (!joined.empty()) {
        const auto comma = joined.find(',');
        parts.emplace_back(joined.substr(0, comma));
        joined.remove_prefix(comma == joined.npos ? joined.size() : comma + 1);
    }
    return parts;
}

// One statement for all keys, and of each key the newest alone: ids rise with time.
std::string hits_sql(const Dialect& dialect, std::string_view table, std::string_view id) {
    std::string sql = "SELECT k.key, (SELECT ";
    sql.append(dialect.joined_ids).append(" FROM (SELECT ").append(id).append(" AS id FROM ");
    sql.append(table).append(" WHERE key = k.key ORDER BY ").append(id);
    sql.append(" DESC LIMIT ?2) AS hit) FROM (").append(dialect.each_key).append(") AS k");
    // Most keys of a new order are nobody's: looking is half of what an empty list would cost.
    sql.append(" WHERE EXISTS (SELECT 1 FROM ").append(table).append(" WHERE key = k.key)");
    return sql;
}

std::vector<KeyHits> find_hits(Sight& db, const std::string& sql,
                               std::span<const std::int64_t> keys, std::uint32_t limit) {
    std::vector<KeyHits> all;
    if (keys.empty()) return all;
    auto query = db.query(sql);
    query.bind(json_list(keys), limit);
    while (query.step())
        if (const std::string ids = query.text(1); !ids.empty())
            all.push_back({query.integer(0), split(ids)});
    return all;
}

}  // namespace

std::vector<KeyHits> SqlTransaction::orders_by_keys(std::span<const std::int64_t> keys,
                                                    std::uint32_t limit) {
    return find_hits(db_, hits_sql(db_.dialect(), "order_keys", "order_id"), keys, limit);
}

std::vector<KeyHits> SqlTransaction::cases_by_keys(std::span<const std::int64_t> keys,
                                                   std::uint32_t limit) {
    return find_hits(db_, hits_sql(db_.dialect(), "case_keys", "case_id"), keys, limit);
}

std::string SqlTransaction::order_document(std::string_view id) {
    auto query = db_.query("SELECT document FROM orders WHERE id = ?");
    return query.bind(id).step() ? query.text(0) : std::string();
}

std::vector<std::string> SqlTransaction::newest_order_documents(std::uint32_t limit) {
    auto query = db_.query("SELECT document FROM orders ORDER BY id DESC LIMIT ?");
    query.bind(limit);
    std::vector<std::string> documents;
    while (query.step())
        documents.push_back(query.text(0));
    return documents;
}

void SqlTransaction::save_order_keys(const servicing::OrderRow& row) {
    if (row.match_keys.empty()) return;
    db_.query("INSERT INTO order_keys (key, order_id) SELECT k.key, ?2 FROM (" +
              std::string(db_.dialect().each_key) +
              ") AS k WHERE TRUE ON CONFLICT (key, order_id) DO NOTHING")
        .bind(json_list(row.match_keys), row.id)
        .run();
}

void SqlTransaction::save_case_keys(const servicing::CaseRow& row) {
    if (row.version > 1) db_.query("DELETE FROM case_keys WHERE case_id = ?").bind(row.id).run();
    if (!row.match_keys.empty())
        db_.query("INSERT INTO case_keys (key, case_id) SELECT k.key, ?2 FROM (" +
                  std::string(db_.dialect().each_key) +
                  ") AS k WHERE TRUE ON CONFLICT (key, case_id) DO NOTHING")
            .bind(json_list(row.match_keys), row.id)
            .run();
    if (row.version > 1) db_.query("DELETE FROM case_orders WHERE case_id = ?").bind(row.id).run();
    for (const std::string& order_id : row.further_orders)
        db_.query("INSERT INTO case_orders (order_id, case_id) VALUES (?, ?)")
            .bind(order_id, row.id)
            .run();
}

void SqlTransaction::add_alias(const AliasRow& row) {
    db_.query(
           "INSERT INTO email_aliases (mailbox, customer_id, case_id, actor, at)"
           " VALUES (?, ?, ?, ?, ?) ON CONFLICT (mailbox, customer_id) DO NOTHING")
        .bind(row.mailbox, row.customer_id, row.case_id, row.actor, row.at)
        .run();
}

void SqlTransaction::forget_aliases(std::string_view case_id, std::string_view customer_id) {
    db_.query("DELETE FROM email_aliases WHERE case_id = ? AND customer_id = ?")
        .bind(case_id, customer_id)
        .run();
}

std::vector<std::string> SqlTransaction::customers_of_alias(std::string_view mailbox) {
    auto query = db_.query(
        "SELECT customer_id FROM email_aliases WHERE mailbox = ? ORDER BY customer_id LIMIT 10");
    query.bind(mailbox);
    std::vector<std::string> customers;
    while (query.step())
        customers.push_back(query.text(0));
    return customers;
}

void SqlTransaction::refresh_later(const RefreshRow& row) {
    db_.query(
           "INSERT INTO case_refreshes (case_id, order_id, due_at) VALUES (?, ?, ?)"
           " ON CONFLICT (case_id) DO NOTHING")
        .bind(row.case_id, row.order_id, row.due_at)
        .run();
}

std::vector<RefreshRow> SqlTransaction::take_due_refreshes(std::int64_t now_ms,
                                                           std::uint32_t limit) {
    static const std::string due =
        "SELECT case_id, order_id, due_at FROM case_refreshes WHERE due_at <= ?"
        " ORDER BY due_at LIMIT ?";
    std::vector<RefreshRow> rows;
    {
        auto query = db_.query(due + std::string(db_.dialect().skip_locked));
        query.bind(now_ms, limit);
        while (query.step()) {
            RefreshRow& row = rows.emplace_back();
            query.read(row.case_id, row.order_id, row.due_at);
        }
    }
    for (const RefreshRow& row : rows)
        db_.query("DELETE FROM case_refreshes WHERE case_id = ?").bind(row.case_id).run();
    return rows;
}

std::optional<std::int64_t> SqlTransaction::next_refresh() {
    auto query = db_.query("SELECT due_at FROM case_refreshes ORDER BY due_at LIMIT 1");
    if (!query.step()) return std::nullopt;
    return query.integer(0);
}

}  // namespace orderhub::store
