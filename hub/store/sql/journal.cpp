#include <algorithm>
#include <utility>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::Event;

namespace {

constexpr std::size_t kEventsAtOnce = 32;

}  // namespace

void SqlTransaction::append(Event event) {
    if (purpose_ == Purpose::read)
        throw StoreFailure(StoreFailure::Kind::refused, "nothing can be written in a read");
    events_.push_back(std::move(event));
}

void SqlTransaction::begin() {
    events_.clear();
    at_risk_.clear();
    kept_events_ = 0;
    queued_.clear();
}

void SqlTransaction::begin_unit() {
    narrow({});
    at_risk_.clear();
    kept_events_ = events_.size();
}

void SqlTransaction::undo_unit() {
    events_.resize(std::min(events_.size(), kept_events_));
    if (!at_risk_.empty()) events_ = std::exchange(at_risk_, {});
    queued_.clear();
}

// Who follows the journal goes on after the last sequence seen. Over all hubs sequences are to
// appear in their order, so they are given to one transaction at a time, and as late as possible.
void SqlTransaction::finish() {
    if (events_.empty()) return;
    const auto& lock = db_.dialect().lock_journal;
    if (!lock.empty()) db_.query(lock).run();
    for (std::span<const Event> rest = events_; !rest.empty();) {
        const auto count = std::min(rest.size(), kEventsAtOnce);
        insert_events(rest.first(count));
        rest = rest.subspan(count);
    }
    // In the middle of a unit these lie inside its savepoint.
    if (kept_events_ > 0)
        at_risk_.assign(events_.begin(),
                        events_.begin() + static_cast<std::ptrdiff_t>(kept_events_));
    events_.clear();
    kept_events_ = 0;
}

void SqlTransaction::insert_events(std::span<const Event> events) {
    std::string sql =
        "INSERT INTO events (id, type, order_id, case_id, actor, trace, data, at, address) VALUES ";
    for (std::size_t i = 0; i < events.size(); ++i)
        sql += i == 0 ? "(?, ?, ?, ?, ?, ?, ?, ?, ?)" : ", (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    auto query = db_.query(sql);
    for (const auto& event : events)
        query.bind(event.id, event.type, event.order_id, event.case_id, event.actor, event.trace,
                   event.data, event.at, event.address);
    query.run();
}

std::vector<Event> SqlTransaction::events(std::int64_t after, std::uint32_t limit,
                                          std::string_view order_id) {
    finish();
    std::string sql =
        "SELECT sequence, id, type, order_id, case_id, actor, trace, data, at FROM events"
        " WHERE sequence > ?1";
    if (!order_id.empty())
        sql += " AND order_id = ?3 AND order_id <> ''";
    else if (db_.is_narrow())
        sql += " AND sequence <= ?1 + " + std::to_string(kMostLookedAt);
    // The limit is ?2 and comes before ?3, which only one of the two statements has.
    auto query = db_.query(sql + " ORDER BY sequence LIMIT ?2");
    if (order_id.empty())
        query.bind(after, limit);
    else
        query.bind(after, limit, order_id);
    std::vector<Event> rows;
    while (query.step()) {
        Event& row = rows.emplace_back();
        query.read(row.sequence, row.id, row.type, row.order_id, row.case_id, row.actor, row.trace,
                   row.data, row.at);
    }
    return rows;
}

std::int64_t SqlTransaction::next_number(std::string_view series) {
    auto query = db_.query(
        "INSERT INTO counters (series, value) VALUES (?, 1)"
        " ON CONFLICT (series) DO UPDATE SET value = counters.value + 1 RETURNING value");
    query.bind(series).step();
    const std::int64_t number = query.integer(0);
    query.run();  // a RETURNING statement is over only when it has been stepped to its end
    return number;
}

}  // namespace orderhub::store
