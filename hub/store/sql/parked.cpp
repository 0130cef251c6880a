// What operators look at and change: messages, lines, originals.
#include <stdexcept>

#include "hub/store/sql/delivery_columns.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using routing::Delivery;
using routing::InboxMessage;
using routing::LineBehind;
using routing::Original;

namespace {

constexpr const char* kStates[] = {"waiting", "working", "done", "parked", "dropped"};

/// The state as it stands in the text of a statement, so that the partial indexes fit; null if it
/// is none of ours.
const char* known_state(std::string_view state) {
    for (const char* each : kStates)
        if (state == each) return each;
    return nullptr;
}

}  // namespace

std::vector<InboxMessage> SqlTransaction::find_messages(const routing::MessageQuery& wanted) {
    std::string sql = "SELECT sequence FROM inbox WHERE sequence > ?1";
    if (!wanted.state.empty()) {
        const char* state = known_state(wanted.state);
        if (state == nullptr) return {};
        sql += std::string(" AND state = '") + state + "'";
    }
    if (!wanted.connector.empty()) sql += " AND connector = ?2";
    if (!wanted.kind.empty()) sql += " AND record_kind = ?3";
    if (!wanted.error_code.empty()) sql += " AND error_code = ?4";
    if (wanted.received_before != 0) sql += " AND received_at < ?5";
    // A polled record's message id: kind, outside id, digest.
    const std::string first = "order:" + wanted.order_external_id + ":";
    const std::string end = "order:" + wanted.order_external_id + ";";
    if (!wanted.order_external_id.empty())
        sql += " AND record_kind = 'order' AND message_id >= ?6 AND message_id < ?7";
    std::vector<std::int64_t> sequences;
    {
        auto query = db_.query(sql + " ORDER BY sequence LIMIT ?8");
        query.bind(wanted.after, wanted.connector, wanted.kind, wanted.error_code,
                   wanted.received_before, first, end, wanted.limit);
        while (query.step())
            sequences.push_back(query.integer(0));
    }
    std::vector<InboxMessage> rows;
    for (const std::int64_t sequence : sequences)
        if (auto row = message(sequence)) rows.push_back(std::move(*row));
    return rows;
}

LineBehind SqlTransaction::line_behind(const Delivery& delivery, std::uint32_t limit) {
    LineBehind behind;
    {
        auto query = db_.query(
            "SELECT count(*) FROM deliveries WHERE connector = ?1 AND order_key = ?2 AND open = 1"
            " AND sequence > (SELECT sequence FROM deliveries WHERE id = ?3)");
        if (query.bind(delivery.connector, delivery.order_key, delivery.id).step())
            behind.count = static_cast<std::uint64_t>(query.integer(0));
    }
    auto query = db_.query("SELECT " ORDERHUB_DELIVERY_COLUMNS
                           " FROM deliveries WHERE connector = ?1 AND order_key = ?2 AND open = 1"
                           " AND sequence > (SELECT sequence FROM deliveries WHERE id = ?3)"
                           " ORDER BY sequence LIMIT ?4");
    query.bind(delivery.connector, delivery.order_key, delivery.id, limit);
    while (query.step())
        behind.first.push_back(read_delivery(query));
    return behind;
}

void SqlTransaction::replace_body(std::int64_t sequence, std::string_view body) {
    db_.query("UPDATE inbox_bodies SET body = ? WHERE sequence = ?")
        .bind(Bytes{body}, sequence)
        .run();
    if (db_.changes() != 1) throw std::runtime_error("no message " + std::to_string(sequence));
}

std::uint32_t SqlTransaction::held_messages(std::string_view connector, std::uint32_t limit) {
    auto query = db_.query(
        "SELECT count(*) FROM (SELECT 1 FROM inbox WHERE state = 'waiting' AND connector = ?"
        " AND next_at = ? LIMIT ?) AS held");
    query.bind(connector, routing::kHeld, limit).step();
    return static_cast<std::uint32_t>(query.integer(0));
}

std::uint32_t SqlTransaction::release_held(std::string_view connector, std::uint32_t limit,
                                           routing::Instant now) {
    db_.query(
           "UPDATE inbox SET next_at = ? WHERE sequence IN (SELECT sequence FROM inbox"
           " WHERE state = 'waiting' AND connector = ? AND next_at = ?"
           " ORDER BY sequence LIMIT ?)")
        .bind(now, connector, routing::kHeld, limit)
        .run();
    const auto released = static_cast<std::uint32_t>(db_.changes());
    if (released > 0) queued_.insert({std::string(connector), routing::Direction::in});
    return released;
}

void SqlTransaction::keep_original(std::string_view subject, const Original& original) {
    db_.query(
           "INSERT INTO originals (subject, content, edited_at, actor) VALUES (?, ?, ?, ?)"
           " ON CONFLICT (subject) DO NOTHING")
        .bind(subject, Bytes{original.content}, original.edited_at, original.actor)
        .run();
}

std::optional<Original> SqlTransaction::original(std::string_view subject) {
    auto query = db_.query("SELECT content, edited_at, actor FROM originals WHERE subject = ?");
    if (!query.bind(subject).step()) return std::nullopt;
    Original original;
    query.read(original.content, original.edited_at, original.actor);
    return original;
}

}  // namespace orderhub::store
