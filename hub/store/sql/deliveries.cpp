#include <algorithm>

#include "hub/routing/instant_text.hpp"
#include "hub/store/sql/delivery_columns.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using routing::Delivery;
using routing::Instant;

void SqlTransaction::send(const servicing::OutgoingCommand& command) {
    const Instant now = sources_.now_ms();
    lock_line(command.connector, command.order_key);
    // It is the head of its line if nothing open stands before it.
    db_.query(
           "INSERT INTO deliveries (id, connector, order_key, kind, key, payload, order_id,"
           " action_id, case_id, state, head, next_at, created_at, updated_at)"
           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'waiting',"
           " CASE WHEN EXISTS (SELECT 1 FROM deliveries"
           " WHERE connector = ?2 AND order_key = ?3 AND open = 1) THEN 0 ELSE 1 END, ?10, ?10, "
           "?10)")
        .bind(sources_.make_id("dl"), command.connector, command.order_key, command.kind,
              command.key, command.payload, command.order_id, command.action_id, command.case_id,
              now)
        .run();
    queued_.insert({command.connector, routing::Direction::out});
}

std::vector<servicing::StepRow> SqlTransaction::steps(std::string_view order_id) {
    auto query = db_.query(
        "SELECT id, kind, connector, state, attempts, error_message, updated_at, key,"
        " action_id FROM deliveries WHERE order_id = ? AND order_id <> ''"
        " ORDER BY sequence");
    query.bind(order_id);
    std::vector<servicing::StepRow> rows;
    while (query.step()) {
        auto& row = rows.emplace_back();
        Instant updated_at = 0;
        query.read(row.delivery_id, row.kind, row.connector, row.state, row.attempts, row.message,
                   updated_at, row.key, row.action_id);
        row.updated_at = routing::rfc3339(updated_at);
    }
    return rows;
}

std::vector<Delivery> SqlTransaction::due_deliveries(std::string_view connector, Instant now,
                                                     std::uint32_t limit) {
    auto query = db_.query("SELECT " ORDERHUB_DELIVERY_COLUMNS
                           " FROM (SELECT * FROM deliveries WHERE ready = 1 AND connector = ?"
                           " AND next_at <= ? ORDER BY next_at, sequence LIMIT ?) AS due"
                           " ORDER BY sequence");
    query.bind(connector, now, limit);
    std::vector<Delivery> rows;
    while (query.step())
        rows.push_back(read_delivery(query));
    return rows;
}

std::vector<Delivery> SqlTransaction::begin_deliveries(std::string_view connector, Instant now,
                                                       std::uint32_t limit,
                                                       std::string_view except) {
    const std::string sql =
        "WITH taken AS MATERIALIZED (SELECT sequence FROM deliveries WHERE ready = 1"
        " AND connector = ?3 AND next_at <= ?2 AND id <> ?4 ORDER BY next_at, sequence LIMIT ?5" +
        std::string(db_.dialect().skip_locked) +
        ") UPDATE deliveries SET state = 'in_flight', attempts = attempts + 1, owner = ?1,"
        " tried_since = CASE WHEN tried_since = 0 THEN ?2 ELSE tried_since END, updated_at = ?2"
        " WHERE sequence IN (SELECT sequence FROM taken) RETURNING " ORDERHUB_DELIVERY_COLUMNS;
    auto query = db_.query(sql);
    query.bind(token_, now, connector, except, limit);
    std::vector<Delivery> rows;
    while (query.step())
        rows.push_back(read_delivery(query));
    std::ranges::sort(rows, {}, &Delivery::id);
    return rows;
}

std::optional<Delivery> SqlTransaction::delivery(std::string_view id) {
    auto query = db_.query("SELECT " ORDERHUB_DELIVERY_COLUMNS " FROM deliveries WHERE id = ?" +
                           std::string(for_update()));
    if (!query.bind(id).step()) return std::nullopt;
    return read_delivery(query);
}

// `owner` is whose it must be; 0 for anybody's. What is over leaves the head of its line.
bool SqlTransaction::write_delivery(const Delivery& delivery, std::int64_t owner) {
    using routing::DeliveryState;
    const DeliveryState state = delivery.state;
    lock_order(delivery.order_id);
    const bool is_over = state == DeliveryState::done || state == DeliveryState::dropped;
    if (is_over) lock_line(delivery.connector, delivery.order_key);
    db_.query(
           "UPDATE deliveries SET state = ?, attempts = ?, failures = ?, crashes = ?,"
           " tried_since = ?, next_at = ?, payload = ?, result = ?, error_code = ?,"
           " error_message = ?, history = ?, updated_at = ?, owner = 0, head = head * ?"
           " WHERE id = ? AND ? IN (0, owner)")
        .bind(routing::to_text(state), delivery.attempts, delivery.failures, delivery.crashes,
              delivery.tried_since, delivery.next_at, delivery.payload, delivery.result,
              delivery.error_code, delivery.error_message, delivery.history, sources_.now_ms(),
              is_over ? 0 : 1, delivery.id, owner)
        .run();
    if (db_.changes() == 0) return false;
    if (is_over)
        advance_line(delivery.connector, delivery.order_key);
    else if (state != DeliveryState::in_flight)
        queued_.insert({delivery.connector, routing::Direction::out});
    return true;
}

void SqlTransaction::update(const Delivery& delivery) {
    if (!write_delivery(delivery, 0)) throw std::runtime_error("no delivery " + delivery.id);
}

bool SqlTransaction::settle(const Delivery& delivery) {
    return write_delivery(delivery, delivery.owner);
}

// The first that is open stands at the head of its line.
void SqlTransaction::advance_line(std::string_view connector, std::string_view order_key) {
    db_.query(
           "UPDATE deliveries SET head = 1 WHERE head = 0 AND sequence ="
           " (SELECT min(sequence) FROM deliveries WHERE connector = ? AND order_key = ?"
           " AND open = 1)")
        .bind(connector, order_key)
        .run();
    if (db_.changes() > 0) queued_.insert({std::string(connector), routing::Direction::out});
}

std::vector<Delivery> SqlTransaction::find_deliveries(const routing::DeliveryQuery& wanted) {
    std::string sql = "SELECT " ORDERHUB_DELIVERY_COLUMNS " FROM deliveries WHERE TRUE";
    // The state stands in the text, not in a parameter, so that the partial indexes fit; it is one
    // of ours.
    if (const auto state = routing::delivery_state(wanted.state)) {
        sql += " AND state = '" + std::string(routing::to_text(*state)) + "'";
        if (*state != routing::DeliveryState::done && *state != routing::DeliveryState::dropped)
            sql += " AND open = 1";
    } else if (!wanted.state.empty()) {
        return {};
    }
    if (!wanted.connector.empty()) sql += " AND connector = ?1";
    if (!wanted.order_id.empty()) sql += " AND order_id = ?2 AND order_id <> ''";
    if (!wanted.before_id.empty())
        sql += " AND sequence < (SELECT sequence FROM deliveries WHERE id = ?3)";
    if (!wanted.kind.empty()) sql += " AND kind = ?4";
    if (!wanted.error_code.empty()) sql += " AND error_code = ?5";
    if (wanted.created_before != 0) sql += " AND created_at < ?6";
    auto query = db_.query(sql + " ORDER BY sequence DESC LIMIT ?7");
    query.bind(wanted.connector, wanted.order_id, wanted.before_id, wanted.kind, wanted.error_code,
               wanted.created_before, wanted.limit);
    std::vector<Delivery> rows;
    while (query.step())
        rows.push_back(read_delivery(query));
    return rows;
}

std::optional<Instant> SqlTransaction::next_delivery_due(std::string_view connector) {
    auto query = db_.query(
        "SELECT next_at FROM deliveries WHERE ready = 1 AND connector = ?"
        " ORDER BY next_at LIMIT 1");
    if (!query.bind(connector).step()) return std::nullopt;
    return query.integer(0);
}

std::uint32_t SqlTransaction::recover_deliveries(Instant now) {
    return take_over(
        "WITH lost AS MATERIALIZED (SELECT sequence FROM deliveries WHERE state = 'in_flight'"
        " AND owner NOT IN (SELECT token FROM hubs)" +
            std::string(db_.dialect().skip_locked) +
            ") UPDATE deliveries SET crashes = crashes + 1, next_at = " ORDERHUB_ONE_BY_ONE
            ", updated_at = ?1,"
            " state = CASE WHEN crashes + 1 > ?2 THEN 'parked' ELSE 'unknown' END,"
            " error_code = CASE WHEN crashes + 1 > ?2 THEN 'crash_loop' ELSE 'interrupted' END,"
            " error_message = CASE WHEN crashes + 1 > ?2"
            " THEN 'the hub went down each time it tried this delivery'"
            " ELSE 'the hub went down during an attempt' END"
            ", owner = 0 WHERE sequence IN (SELECT sequence FROM lost) RETURNING connector",
        now, routing::Direction::out);
}

}  // namespace orderhub::store
