#include <algorithm>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using routing::InboxMessage;
using routing::InboxState;
using routing::Instant;

namespace {

#define ORDERHUB_INBOX_COLUMNS                                                             \
    "sequence, connector, message_id, record_kind, received_at, state, attempts, crashes," \
    " next_at, error_code, error_message, owner"
#define ORDERHUB_MESSAGE             \
    "SELECT " ORDERHUB_INBOX_COLUMNS \
    ", headers, content_type, body FROM inbox JOIN inbox_bodies USING (sequence)"

InboxState inbox_state(std::string_view text) {
    if (text == "waiting") return InboxState::waiting;
    if (text == "working") return InboxState::working;
    if (text == "dropped") return InboxState::dropped;
    return text == "done" ? InboxState::done : InboxState::parked;
}

template <class... More>
InboxMessage read_message(Query& query, More InboxMessage::*... more) {
    InboxMessage row;
    std::string state;
    query.read(row.sequence, row.connector, row.message_id, row.record_kind, row.received_at, state,
               row.attempts, row.crashes, row.next_at, row.error_code, row.error_message, row.owner,
               row.*more...);
    row.state = inbox_state(state);
    return row;
}

InboxMessage read_whole(Query& query) {
    return read_message(query, &InboxMessage::headers, &InboxMessage::content_type,
                        &InboxMessage::body);
}

void read_content(Sight& db, InboxMessage& message) {
    auto query =
        db.query("SELECT headers, content_type, body FROM inbox_bodies WHERE sequence = ?");
    if (!query.bind(message.sequence).step())
        throw std::runtime_error("no content of message " + std::to_string(message.sequence));
    query.read(message.headers, message.content_type, message.body);
}

}  // namespace

std::optional<InboxMessage> SqlTransaction::accept(InboxMessage message) {
    if (message.state == InboxState::working) {
        message.attempts = 1;
        message.owner = token_;
    }
    auto query = db_.query(
        "INSERT INTO inbox (connector, message_id, record_kind, received_at, state, attempts,"
        " next_at, error_code, error_message, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (connector, message_id) DO NOTHING RETURNING sequence");
    query.bind(message.connector, message.message_id, message.record_kind, message.received_at,
               routing::to_text(message.state), message.attempts, message.next_at,
               message.error_code, message.error_message, message.owner);
    if (!query.step()) return std::nullopt;
    message.sequence = query.integer(0);
    query.run();
    db_.query(
           "INSERT INTO inbox_bodies (sequence, headers, content_type, body) VALUES (?, ?, ?, ?)")
        .bind(message.sequence, message.headers, message.content_type, Bytes{message.body})
        .run();
    if (message.state == InboxState::waiting)
        queued_.insert({message.connector, routing::Direction::in});
    return message;
}

std::vector<InboxMessage> SqlTransaction::due_messages(std::string_view connector, Instant now,
                                                       std::uint32_t limit) {
    auto query = db_.query(ORDERHUB_MESSAGE
                           " WHERE state = 'waiting' AND connector = ?"
                           " AND next_at <= ? ORDER BY next_at, sequence LIMIT ?");
    query.bind(connector, now, limit);
    std::vector<InboxMessage> rows;
    while (query.step())
        rows.push_back(read_whole(query));
    std::ranges::sort(rows, {}, &InboxMessage::sequence);
    return rows;
}

std::vector<InboxMessage> SqlTransaction::begin_messages(std::string_view connector, Instant now,
                                                         std::uint32_t limit) {
    const std::string sql =
        // Materialized: a subquery could be run again for each row and so take more than it may.
        "WITH taken AS MATERIALIZED (SELECT sequence FROM inbox WHERE state = 'waiting'"
        " AND connector = ? AND next_at <= ? ORDER BY next_at, sequence LIMIT ?" +
        std::string(db_.dialect().skip_locked) +
        ") UPDATE inbox SET state = 'working', attempts = attempts + 1, owner = ?"
        " WHERE sequence IN (SELECT sequence FROM taken) RETURNING " ORDERHUB_INBOX_COLUMNS;
    auto query = db_.query(sql);
    query.bind(connector, now, limit, token_);
    std::vector<InboxMessage> rows;
    while (query.step())
        rows.push_back(read_message(query));
    for (auto& row : rows)
        read_content(db_, row);
    std::ranges::sort(rows, {}, &InboxMessage::sequence);
    return rows;
}

std::optional<InboxMessage> SqlTransaction::message(std::int64_t sequence) {
    auto query = db_.query(ORDERHUB_MESSAGE " WHERE sequence = ?" + std::string(for_update()));
    if (!query.bind(sequence).step()) return std::nullopt;
    return read_whole(query);
}

// `owner` is whose it must be; 0 for anybody's.
bool SqlTransaction::write_message(const InboxMessage& message, std::int64_t owner) {
    db_.query(
           "UPDATE inbox SET state = ?, attempts = ?, crashes = ?, next_at = ?, error_code = ?,"
           " error_message = ?, owner = 0 WHERE sequence = ? AND ? IN (0, owner)")
        .bind(routing::to_text(message.state), message.attempts, message.crashes, message.next_at,
              message.error_code, message.error_message, message.sequence, owner)
        .run();
    if (db_.changes() != 1) return false;
    if (message.state == InboxState::waiting)
        queued_.insert({message.connector, routing::Direction::in});
    return true;
}

void SqlTransaction::update(const InboxMessage& message) {
    if (!write_message(message, 0))
        throw std::runtime_error("no message " + std::to_string(message.sequence));
}

bool SqlTransaction::settle(const InboxMessage& message) {
    return write_message(message, message.owner);
}

std::vector<InboxMessage> SqlTransaction::parked_messages(std::uint32_t limit) {
    auto query = db_.query(ORDERHUB_MESSAGE " WHERE state = 'parked' ORDER BY sequence LIMIT ?");
    query.bind(limit);
    std::vector<InboxMessage> rows;
    while (query.step())
        rows.push_back(read_whole(query));
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
    return take_over(
        "WITH lost AS MATERIALIZED (SELECT sequence FROM inbox WHERE state = 'working'"
        " AND owner NOT IN (SELECT token FROM hubs)" +
            std::string(db_.dialect().skip_locked) +
            ") UPDATE inbox SET crashes = crashes + 1, next_at = " ORDERHUB_ONE_BY_ONE
            ","
            " state = CASE WHEN crashes + 1 > ?2 THEN 'parked' ELSE 'waiting' END,"
            " error_code = CASE WHEN crashes + 1 > ?2 THEN 'crash_loop' ELSE error_code END,"
            " error_message = CASE WHEN crashes + 1 > ?2"
            " THEN 'the hub went down each time it worked on this message' ELSE error_message END"
            ", owner = 0 WHERE sequence IN (SELECT sequence FROM lost) RETURNING connector",
        now, routing::Direction::in);
}

}  // namespace orderhub::store
