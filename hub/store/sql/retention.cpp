#include "hub/routing/parked_work.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

namespace {

struct OldRow {
    std::int64_t sequence = 0;
    std::string subject;  ///< under which its original is kept
};

/// `sql` gives sequence, when the row was made, when it ended (0: it has not) and its subject, for
/// (?1 after, ?2 at most). Rows are made in the order of their sequences, as near as it matters.
std::vector<OldRow> find_old(Sight& db, std::string_view sql, std::int64_t before_ms,
                             std::uint32_t at_most, RetentionStep& step) {
    std::vector<OldRow> old;
    std::uint32_t seen = 0;
    auto query = db.query(sql);
    query.bind(step.reached, at_most);
    while (!step.is_end && query.step()) {
        ++seen;
        step.is_end = query.integer(1) >= before_ms;
        if (step.is_end) break;
        step.reached = query.integer(0);
        const auto ended = query.integer(2);
        if (ended > 0 && ended < before_ms) old.push_back({step.reached, query.text(3)});
    }
    step.is_end = step.is_end || seen < at_most;
    step.deleted = old.size();
    return old;
}

}  // namespace

RetentionStep SqlTransaction::delete_old_messages(std::int64_t after, std::int64_t before_ms,
                                                  std::uint32_t at_most) {
    RetentionStep step{.reached = after};
    const auto old = find_old(
        db_,
        "SELECT sequence, received_at, CASE WHEN state IN ('done', 'dropped') THEN received_at"
        " ELSE 0 END, '' FROM inbox WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
        before_ms, at_most, step);
    for (const auto& [sequence, none] : old) {
        routing::InboxMessage message;
        message.sequence = sequence;
        db_.query("DELETE FROM originals WHERE subject = ?")
            .bind(routing::subject_of(message))
            .run();
        db_.query("DELETE FROM inbox_bodies WHERE sequence = ?").bind(sequence).run();
        db_.query("DELETE FROM inbox WHERE sequence = ?").bind(sequence).run();
    }
    return step;
}

RetentionStep SqlTransaction::delete_old_deliveries(std::int64_t after, std::int64_t before_ms,
                                                    std::uint32_t at_most) {
    RetentionStep step{.reached = after};
    const auto old =
        find_old(db_,
                 "SELECT sequence, created_at, CASE WHEN open = 0 THEN updated_at ELSE 0 END, id"
                 " FROM deliveries WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
                 before_ms, at_most, step);
    for (const auto& [sequence, id] : old) {
        db_.query("DELETE FROM originals WHERE subject = ?").bind(id).run();
        db_.query("DELETE FROM deliveries WHERE sequence = ?").bind(sequence).run();
    }
    return step;
}

}  // namespace orderhub::store
