// What several hubs on one database need of each other.
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

std::string_view SqlTransaction::for_update() const {
    const bool locks = purpose_ == Purpose::write && !db_.is_narrow();
    return locks ? db_.dialect().for_update : std::string_view{};
}

// Which delivery stands at the head of its line can be told only while nobody else adds one or
// ends one.
void SqlTransaction::lock_line(std::string_view connector, std::string_view order_key) {
    const auto& lock = db_.dialect().lock_line;
    if (!lock.empty()) db_.query(lock).bind(connector, order_key).run();
}

// False if another hub is just looking. It must not look twice: what the other one has put back
// may have been begun anew by a third, whose row in hubs this one's statement does not see yet.
bool SqlTransaction::may_take_over() {
    const auto& lock = db_.dialect().try_lock_hubs;
    return lock.empty() || db_.query(lock).step();
}

std::uint32_t SqlTransaction::recover(routing::Instant now) {
    if (!may_take_over()) return 0;
    const auto& remove = db_.dialect().remove_hubs;
    if (!remove.empty() && silence_) db_.query(remove).bind(silence_->count(), token_).run();
    return recover_messages(now) + recover_deliveries(now);
}

// Runs a statement with the parameters ?1 now, ?2 kMaxCrashes, that gives the connector of each
// row it took over.
std::uint32_t SqlTransaction::take_over(const std::string& sql, routing::Instant now,
                                        routing::Direction direction) {
    auto query = db_.query(sql);
    query.bind(now, routing::kMaxCrashes);
    std::uint32_t count = 0;
    for (; query.step(); ++count)
        queued_.insert({query.text(0), direction});
    return count;
}

bool SqlTransaction::hold_lease(std::string_view name) {
    {
        auto query = db_.query("SELECT owner FROM leases WHERE name = ?");
        if (query.bind(name).step() && query.integer(0) == token_) return true;
    }
    db_.query(
           "INSERT INTO leases (name, owner) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
           " SET owner = excluded.owner WHERE leases.owner NOT IN (SELECT token FROM hubs)")
        .bind(name, token_)
        .run();
    return db_.changes() == 1;
}

}  // namespace orderhub::store
