// Erasures, and the marks that they leave.
#include "hub/routing/polled_records.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::ErasureRow;

namespace {

constexpr std::string_view kColumns =
    "id, customer_id, state, dry_run, actor, address, reason, document, started_at, updated_at";

ErasureRow read_erasure(Query& query) {
    ErasureRow row;
    int dry_run = 0;
    query.read(row.id, row.customer_id, row.state, dry_run, row.actor, row.address, row.reason,
               row.document, row.started_at, row.updated_at);
    row.dry_run = dry_run != 0;
    return row;
}

std::string select(std::string_view rest) {
    return "SELECT " + std::string(kColumns) + " FROM erasures " + std::string(rest);
}

}  // namespace

void SqlTransaction::save_erasure(const ErasureRow& row) {
    db_.query("INSERT INTO erasures (" + std::string(kColumns) +
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
              " state = excluded.state, reason = excluded.reason, document = excluded.document,"
              " updated_at = excluded.updated_at")
        .bind(row.id, row.customer_id, row.state, row.dry_run ? 1 : 0, row.actor, row.address,
              row.reason, row.document, row.started_at, row.updated_at)
        .run();
}

std::optional<ErasureRow> SqlTransaction::erasure(std::string_view id) {
    auto query = db_.query(select("WHERE id = ?"));
    if (!query.bind(id).step()) return std::nullopt;
    return read_erasure(query);
}

std::vector<ErasureRow> SqlTransaction::erasures(std::uint32_t limit) {
    auto query = db_.query(select("ORDER BY id DESC LIMIT ?"));
    query.bind(limit);
    std::vector<ErasureRow> rows;
    while (query.step())
        rows.push_back(read_erasure(query));
    return rows;
}

std::optional<ErasureRow> SqlTransaction::next_erasure(std::int64_t waiting_since_before) {
    auto query =
        db_.query(select("WHERE state <> 'done' AND (state = 'running' OR updated_at < ?)"
                         " ORDER BY id LIMIT 1"));
    if (!query.bind(waiting_since_before).step()) return std::nullopt;
    return read_erasure(query);
}

bool SqlTransaction::any_erased() {
    return db_.query("SELECT 1 FROM erased_records LIMIT 1").step();
}

std::int64_t SqlTransaction::erased_at(std::string_view connector, std::string_view kind,
                                       std::string_view external_id) {
    auto query = db_.query(
        "SELECT erased_at FROM erased_records WHERE connector = ? AND kind = ?"
        " AND external_id = ?");
    return query.bind(connector, kind, external_id).step() ? query.integer(0) : 0;
}

void SqlTransaction::mark_erased(std::string_view connector, std::string_view kind,
                                 std::string_view external_id, std::int64_t at) {
    db_.query(
           "INSERT INTO erased_records (connector, kind, external_id, erased_at)"
           " VALUES (?, ?, ?, ?) ON CONFLICT (connector, kind, external_id)"
           " DO UPDATE SET erased_at = excluded.erased_at")
        .bind(connector, kind, external_id, at)
        .run();
}

std::int64_t SqlTransaction::identity_erased_at(std::string_view key) {
    return erased_at("", "identity", routing::sha256_hex(key));
}

void SqlTransaction::mark_identity_erased(std::string_view key, std::int64_t at) {
    mark_erased("", "identity", routing::sha256_hex(key), at);
}

std::vector<std::string> SqlTransaction::mailboxes_of(std::string_view customer_id) {
    auto query =
        db_.query("SELECT mailbox FROM email_aliases WHERE customer_id = ? ORDER BY mailbox");
    query.bind(customer_id);
    std::vector<std::string> mailboxes;
    while (query.step())
        mailboxes.push_back(query.text(0));
    return mailboxes;
}

void SqlTransaction::forget_order_keys(std::string_view order_id,
                                       std::span<const std::int64_t> keys) {
    for (const std::int64_t key : keys)
        db_.query("DELETE FROM order_keys WHERE key = ? AND order_id = ?")
            .bind(key, order_id)
            .run();
}

void SqlTransaction::forget_customer(std::string_view customer_id, bool whole) {
    for (const char* sql :
         {"DELETE FROM customer_separations WHERE identity IN"
          " (SELECT key FROM customer_identities WHERE customer_id = ?1) OR other IN"
          " (SELECT key FROM customer_identities WHERE customer_id = ?1)",
          "DELETE FROM email_aliases WHERE customer_id = ?1 OR mailbox IN"
          " (SELECT value FROM customer_identities WHERE customer_id = ?1)",
          "DELETE FROM customer_identities WHERE customer_id = ?1",
          "DELETE FROM customer_history WHERE customer_id = ?1",
          "DELETE FROM customers WHERE joined_into = ?1"})
        db_.query(sql).bind(customer_id).run();
    if (whole) db_.query("DELETE FROM customers WHERE id = ?").bind(customer_id).run();
}

void SqlTransaction::erase_message(std::string_view connector, std::string_view message_id) {
    auto query = db_.query("SELECT sequence FROM inbox WHERE connector = ? AND message_id = ?");
    if (query.bind(connector, message_id).step()) erase_content(query.integer(0));
}

}  // namespace orderhub::store
