#include "hub/store/sql/search_text.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::CustomerHistoryRow;
using servicing::CustomerQuery;
using servicing::CustomerRow;
using servicing::IdentityRow;

namespace {

constexpr std::string_view kSelect =
    "SELECT id, kind, name, named_at, created_at, joined_into FROM customers";
constexpr std::string_view kSelectIdentity =
    "SELECT key, value, customer_id, source, rule, reason, at FROM customer_identities";

CustomerRow read_customer(Query& query) {
    CustomerRow row;
    query.read(row.id, row.kind, row.name, row.named_at, row.created_at, row.joined_into);
    return row;
}

IdentityRow read_identity(Query& query) {
    IdentityRow row;
    query.read(row.key, row.value, row.customer_id, row.source, row.rule, row.reason, row.at);
    return row;
}

std::vector<CustomerRow> all_customers(Query& query) {
    std::vector<CustomerRow> rows;
    while (query.step())
        rows.push_back(read_customer(query));
    return rows;
}

// ?1 the text, ?2 in lower case, ?3 the id that the page follows, ?4 the limit.
std::string search_sql(const CustomerQuery& query) {
    std::string sql(kSelect);
    sql += " WHERE joined_into = ''";
    if (is_beginning(query.text))
        sql += " AND (id IN (SELECT customer_id FROM customer_identities WHERE " +
               matches("value", "?1", true) + " OR " + matches("value", "?2", true) +
               ") OR lower(name) LIKE ?2 || '%' OR lower(name) LIKE '% ' || ?2 || '%')";
    else if (!query.text.empty())
        sql +=
            " AND id IN (SELECT customer_id FROM customer_identities WHERE value = ?1"
            " AND substr(key, 1, 6) <> 'email:'"
            " UNION SELECT customer_id FROM customer_identities WHERE key = 'email:' || ?2"
            " UNION SELECT CASE WHEN joined_into = '' THEN id ELSE joined_into END"
            " FROM customers WHERE id = ?1)";
    if (!query.before_id.empty()) sql += " AND id < ?3";
    return sql + " ORDER BY id DESC LIMIT ?4";
}

}  // namespace

std::optional<CustomerRow> SqlTransaction::customer(std::string_view id) {
    static const std::string sql = std::string(kSelect) + " WHERE id = ?";
    auto query = db_.query(sql + std::string(for_update()));
    if (!query.bind(id).step()) return std::nullopt;
    return read_customer(query);
}

std::vector<CustomerRow> SqlTransaction::find_customers(const CustomerQuery& query) {
    auto search = db_.query(search_sql(query));
    const auto text = searched(query.text);
    search.bind(text, lower_case(text), query.before_id, query.limit);
    return all_customers(search);
}

void SqlTransaction::save_customer(const CustomerRow& row) {
    db_.query(
           "INSERT INTO customers (id, kind, name, named_at, created_at, joined_into)"
           " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
           " name = excluded.name, named_at = excluded.named_at,"
           " created_at = excluded.created_at, joined_into = excluded.joined_into")
        .bind(row.id, row.kind, row.name, row.named_at, row.created_at, row.joined_into)
        .run();
}

std::optional<IdentityRow> SqlTransaction::identity(std::string_view key) {
    static const std::string sql = std::string(kSelectIdentity) + " WHERE key = ?";
    auto query = db_.query(sql + std::string(for_update()));
    if (!query.bind(key).step()) return std::nullopt;
    return read_identity(query);
}

std::vector<IdentityRow> SqlTransaction::identities(std::string_view customer_id,
                                                    std::uint32_t limit) {
    static const std::string sql =
        std::string(kSelectIdentity) + " WHERE customer_id = ? ORDER BY at, key LIMIT ?";
    auto query = db_.query(sql);
    query.bind(customer_id, limit);
    std::vector<IdentityRow> rows;
    while (query.step())
        rows.push_back(read_identity(query));
    return rows;
}

void SqlTransaction::add_identity(const IdentityRow& row) {
    db_.query(
           "INSERT INTO customer_identities (key, value, customer_id, source, rule, reason, at)"
           " VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(row.key, row.value, row.customer_id, row.source, row.rule, row.reason, row.at)
        .run();
}

void SqlTransaction::append_history(const CustomerHistoryRow& row) {
    db_.query(
           "INSERT INTO customer_history (customer_id, at, actor, what, why, other)"
           " VALUES (?, ?, ?, ?, ?, ?)")
        .bind(row.customer_id, row.at, row.actor, row.what, row.why, row.other)
        .run();
}

std::vector<CustomerHistoryRow> SqlTransaction::customer_history(std::string_view customer_id,
                                                                 std::uint32_t limit) {
    auto query = db_.query(
        "SELECT customer_id, at, actor, what, why, other FROM customer_history"
        " WHERE customer_id = ? ORDER BY sequence DESC LIMIT ?");
    query.bind(customer_id, limit);
    std::vector<CustomerHistoryRow> rows;
    while (query.step()) {
        CustomerHistoryRow& row = rows.emplace_back();
        query.read(row.customer_id, row.at, row.actor, row.what, row.why, row.other);
    }
    return rows;
}

std::vector<CustomerRow> SqlTransaction::buyers(std::string_view account_id, std::uint32_t limit) {
    static const std::string sql =
        std::string(kSelect) +
        " WHERE id IN (SELECT customer_id FROM orders WHERE account_id = ?1"
        " AND account_id <> '') ORDER BY id LIMIT ?2";
    auto query = db_.query(sql);
    return all_customers(query.bind(account_id, limit));
}

std::vector<CustomerRow> SqlTransaction::accounts_of(std::string_view person_id,
                                                     std::uint32_t limit) {
    static const std::string sql =
        std::string(kSelect) +
        " WHERE id IN (SELECT account_id FROM orders WHERE customer_id = ?1"
        " AND account_id <> '') ORDER BY id LIMIT ?2";
    auto query = db_.query(sql);
    return all_customers(query.bind(person_id, limit));
}

}  // namespace orderhub::store
