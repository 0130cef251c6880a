#include "hub/store/postgres/membership.hpp"

namespace orderhub::store {

// Not while another hub looks for work that belongs to none: it must not see this one's work and
// not its row.
void Membership::enter(PostgresConnection& db) {
    db.execute("SELECT pg_advisory_xact_lock(731059385, 2)");
    auto query = db.query(
        "INSERT INTO hubs (name, mark, renewed_at) VALUES (?, 0, clock_timestamp())"
        " RETURNING token");
    query.bind(name_).step();
    token_ = query.integer(0);
    mark_ = 0;
}

// The time is the database's: the hubs' clocks may differ.
void Membership::renew(PostgresConnection& db) {
    db.query("UPDATE hubs SET mark = ?, renewed_at = clock_timestamp() WHERE token = ?")
        .bind(mark_ + 1, token_)
        .run();
    if (db.changes() == 0) {
        token_ = 0;
        throw StoreFailure(StoreFailure::Kind::outage,
                           "another hub has taken over what this one had begun: it was silent for "
                           "too long");
    }
    ++mark_;
}

bool Membership::has_committed(PostgresConnection& db) const {
    for (const char* sql : {"SELECT mark FROM hubs WHERE token = ? FOR UPDATE",
                            "SELECT mark FROM ended_hubs WHERE token = ?"}) {
        auto query = db.query(sql);
        if (query.bind(token_).step()) return query.integer(0) >= mark_;
    }
    return false;
}

void Membership::leave(PostgresConnection& db) {
    db.query("DELETE FROM hubs WHERE token = ?").bind(token_).run();
    token_ = 0;
}

}  // namespace orderhub::store
