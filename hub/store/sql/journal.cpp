#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::Event;

void SqlTransaction::append(Event event) {
    db_.query(
           "INSERT INTO events (id, type, order_id, case_id, actor, trace, data, at)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(event.id, event.type, event.order_id, event.case_id, event.actor, event.trace,
              event.data, event.at)
        .run();
}

std::vector<Event> SqlTransaction::events(std::int64_t after, std::uint32_t limit,
                                          std::string_view order_id) {
    std::string sql =
        "SELECT sequence, id, type, order_id, case_id, actor, trace, data, at FROM events"
        " WHERE sequence > ?1";
    if (!order_id.empty()) sql += " AND order_id = ?3 AND order_id <> ''";
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
