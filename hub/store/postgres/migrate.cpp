#include "hub/store/postgres/migrate.hpp"

#include <stdexcept>

namespace orderhub::store {

namespace {

// True if there may be more to do. The lock ends with the transaction, so a pooler is no hindrance.
bool run_next(PostgresConnection& db, std::span<const Migration> migrations) {
    db.begin("BEGIN; SELECT pg_advisory_xact_lock(7310593858020254331)");
    db.execute(migration_tables("TIMESTAMPTZ NOT NULL DEFAULT now()"));
    const auto pending = pending_migrations(db, migrations);
    if (!pending.empty()) {
        try {
            run_migration(db, pending.front());
        } catch (const StoreFailure& failure) {
            throw std::runtime_error("the migration " + pending.front().name +
                                     " failed: " + failure.what());
        }
    }
    db.commit();
    return pending.size() > 1;
}

}  // namespace

void migrate(PostgresConnection& db, std::span<const Migration> migrations) {
    try {
        while (run_next(db, migrations)) {
        }
    } catch (...) {
        db.roll_back();
        throw;
    }
}

}  // namespace orderhub::store
