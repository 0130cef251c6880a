#include <algorithm>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using routing::InboxMessage;
using routing::Replay;

namespace {

#define ORDERHUB_REPLAY_COLUMNS                                                             \
    "id, connector, from_at, to_at, dry_run, actor, state, cursor, last, messages, failed," \
    " differences, error, started_at, updated_at"

// Rows of the inbox that one call looks at, whosever they are.
constexpr std::int64_t kSpan = 5'000;

Replay read_replay(Query& query) {
    Replay row;
    query.read(row.id, row.connector, row.from, row.to, row.dry_run, row.actor, row.state,
               row.cursor, row.last, row.messages, row.failed, row.differences, row.error,
               row.started_at, row.updated_at);
    return row;
}

}  // namespace

void SqlTransaction::save(const Replay& replay) {
    db_.query("INSERT INTO replays (" ORDERHUB_REPLAY_COLUMNS
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
              " ON CONFLICT (id) DO UPDATE SET state = excluded.state, cursor = excluded.cursor,"
              " messages = excluded.messages, failed = excluded.failed,"
              " differences = excluded.differences, error = excluded.error,"
              " updated_at = excluded.updated_at")
        .bind(replay.id, replay.connector, replay.from, replay.to, replay.dry_run ? 1 : 0,
              replay.actor, replay.state, replay.cursor, replay.last, replay.messages,
              replay.failed, replay.differences, replay.error, replay.started_at, replay.updated_at)
        .run();
}

std::optional<Replay> SqlTransaction::replay(std::string_view id) {
    auto query = db_.query("SELECT " ORDERHUB_REPLAY_COLUMNS " FROM replays WHERE id = ?");
    if (!query.bind(id).step()) return std::nullopt;
    return read_replay(query);
}

std::optional<Replay> SqlTransaction::running_replay() {
    auto query = db_.query("SELECT " ORDERHUB_REPLAY_COLUMNS
                           " FROM replays WHERE state = 'running' ORDER BY id LIMIT 1");
    if (!query.step()) return std::nullopt;
    return read_replay(query);
}

std::vector<Replay> SqlTransaction::replays(std::uint32_t limit) {
    auto query =
        db_.query("SELECT " ORDERHUB_REPLAY_COLUMNS " FROM replays ORDER BY id DESC LIMIT ?");
    query.bind(limit);
    std::vector<Replay> rows;
    while (query.step())
        rows.push_back(read_replay(query));
    return rows;
}

std::int64_t SqlTransaction::newest_message() {
    auto query = db_.query("SELECT sequence FROM inbox ORDER BY sequence DESC LIMIT 1");
    return query.step() ? query.integer(0) : 0;
}

std::vector<InboxMessage> SqlTransaction::take_for(Replay& replay, std::uint32_t limit) {
    const std::int64_t end = std::min(replay.last, replay.cursor + kSpan);
    std::vector<std::int64_t> sequences;
    {
        auto query = db_.query(
            "SELECT sequence FROM inbox WHERE sequence > ? AND sequence <= ? AND state = 'done'"
            " AND connector = ? AND received_at >= ? AND received_at < ?"
            " ORDER BY sequence LIMIT ?");
        query.bind(replay.cursor, end, replay.connector, replay.from, replay.to, limit);
        while (query.step())
            sequences.push_back(query.integer(0));
    }
    replay.cursor = sequences.size() == limit ? sequences.back() : end;
    std::vector<InboxMessage> rows;
    for (const std::int64_t sequence : sequences)
        if (auto row = message(sequence); row && row->content_type != "erased")
            rows.push_back(std::move(*row));
    return rows;
}

}  // namespace orderhub::store
