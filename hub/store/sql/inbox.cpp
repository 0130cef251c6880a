#include <algorithm>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using routing::InboxMessage;
using routing::InboxState;
using routing::Instant;

namespace {

#define ORDERHUB_INBOX_COLUMNS                                                                \
    "sequence, connector, message_id, record_kind, headers, content_type, body, received_at," \
    " state, attempts, crashes, next_at, error_code, error_message"

InboxState inbox_state(std::string_view text) {
    if (text == "waiting") return InboxState::waiting;
    if (text == "working") return InboxState::working;
    return text == "done" ? InboxState::done : InboxState::parked;
}

InboxMessage read_message(Query& query) {
    InboxMessage row;
    std::string state;
    query.read(row.sequence, row.connector, row.message_id, row.record_kind, row.headers,
               row.content_type, row.body, row.received_at, state, row.attempts, row.crashes,
               row.next_at, row.error_code, row.error_message);
    row.state = inbox_state(state);
    return row;
}

}  // namespace

bool SqlTransaction::accept(const InboxMessage& message) {
    db_.query(
           "INSERT INTO inbox (connector, message_id, record_kind, headers, content_type, body,"
           " received_at, state, attempts, next_at, error_code, error_message)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
           " ON CONFLICT (connector, message_id) DO NOTHING")
        .bind(message.connector, message.message_id, message.record_kind, message.headers,
              message.content_type, Bytes{message.body}, message.received_at,
              routing::to_text(message.state), message.attempts, message.next_at,
              message.error_code, message.error_message)
        .run();
    if (db_.changes() == 0) return false;
    queued_.insert(message.connector);
    return true;
}

std::vector<InboxMessage> SqlTransaction::due_messages(std::string_view connector, Instant now,
                                                       std::uint32_t limit) {
    auto query = db_.query("SELECT " ORDERHUB_INBOX_COLUMNS
                           " FROM inbox WHERE state = 'waiting' AND connector = ?"
                           " AND next_at <= ? ORDER BY next_at, sequence LIMIT ?");
    query.bind(connector, now, limit);
    std::vector<InboxMessage> rows;
    while (query.step())
        rows.push_back(read_message(query));
    std::ranges::sort(rows, {}, &InboxMessage::sequence);
    return rows;
}

std::optional<InboxMessage> SqlTransaction::message(std::int64_t sequence) {
    auto query = db_.query("SELECT " ORDERHUB_INBOX_COLUMNS " FROM inbox WHERE sequence = ?");
    if (!query.bind(sequence).step()) return std::nullopt;
    return read_message(query);
}

void SqlTransaction::update(const InboxMessage& message) {
    db_.query(
           "UPDATE inbox SET state = ?, attempts = ?, crashes = ?, next_at = ?, error_code = ?,"
           " error_message = ? WHERE sequence = ?")
        .bind(routing::to_text(message.state), message.attempts, message.crashes, message.next_at,
              message.error_code, message.error_message, message.sequence)
        .run();
    if (db_.changes() != 1)
        throw std::runtime_error("no message " + std::to_string(message.sequence));
    if (message.state == InboxState::waiting) queued_.insert(message.connector);
}

std::vector<InboxMessage> SqlTransaction::parked_messages(std::uint32_t limit) {
    auto query = db_.query("SELECT " ORDERHUB_INBOX_COLUMNS
                           " FROM inbox WHERE state = 'parked' ORDER BY sequence LIMIT ?");
    query.bind(limit);
    std::vector<InboxMessage> rows;
    while (query.step())
        rows.push_back(read_message(query));
    return rows;
}

std::optional<Instant> SqlTransaction::next_message_due(std::string_view connector) {
    auto query = db_.query(
        "SELECT next_at FROM inbox WHERE state = 'waiting' AND connector = ?"
        " ORDER BY next_at LIMIT 1");
    if (!query.bind(connector).step()) return std::nullopt;
    return query.integer(0);
}

std::uint32_t SqlTransaction::recover_messages(Instant now) {
    db_.query(
           "UPDATE inbox SET crashes = crashes + 1, next_at = ?1,"
           " state = CASE WHEN crashes + 1 > ?2 THEN 'parked' ELSE 'waiting' END,"
           " error_code = CASE WHEN crashes + 1 > ?2 THEN 'crash_loop' ELSE error_code END,"
           " error_message = CASE WHEN crashes + 1 > ?2"
           " THEN 'the hub went down each time it worked on this message' ELSE error_message END"
           " WHERE state = 'working'")
        .bind(now, routing::kMaxCrashes)
        .run();
    return static_cast<std::uint32_t>(db_.changes());
}

}  // namespace orderhub::store
