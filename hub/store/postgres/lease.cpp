#include "hub/store/postgres/lease.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "hub/store/store.hpp"

namespace orderhub::store {

namespace {

constexpr std::chrono::milliseconds kLook{100};
constexpr int kLooks = 110;  // a little longer than the lease

std::int64_t current_mark(PostgresConnection& db) {
    auto query = db.query("SELECT mark FROM writer WHERE id = 1");
    return query.step() ? query.integer(0) : 0;
}

}  // namespace

// The time is the database's: the hubs' clocks may differ.
bool Lease::try_take(PostgresConnection& db) const {
    db.query(
          "UPDATE writer SET holder = ?, mark = mark + 1, renewed_at = clock_timestamp()"
          " WHERE id = 1 AND (holder = '' OR renewed_at < clock_timestamp() - interval '10 s')")
        .bind(holder_)
        .run();
    return db.changes() == 1;
}

void Lease::take(PostgresConnection& db) const {
    const auto seen = current_mark(db);
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    for (int look = 0; look < kLooks; ++look) {
        if (try_take(db)) return;
        if (current_mark(db) != seen) break;
        never.wait_for(lock, kLook);
    }
    throw InUse(
        "another hub is running on this database; stop it first, or give this one a database of "
        "its own");
}

std::int64_t Lease::renew(PostgresConnection& db) const {
    auto query = db.query(
        "UPDATE writer SET mark = mark + 1, renewed_at = clock_timestamp()"
        " WHERE id = 1 AND holder = ? RETURNING mark");
    if (!query.bind(holder_).step())
        throw StoreFailure(StoreFailure::Kind::outage,
                           "another hub has taken over the database; restart this one");
    return query.integer(0);
}

bool Lease::has_reached(PostgresConnection& db, std::int64_t mark) const {
    auto query = db.query("SELECT mark FROM writer WHERE id = 1 AND holder = ? FOR UPDATE");
    return query.bind(holder_).step() && query.integer(0) >= mark;
}

void Lease::release(PostgresConnection& db) const {
    db.query("UPDATE writer SET holder = '' WHERE id = 1 AND holder = ?").bind(holder_).run();
}

}  // namespace orderhub::store
