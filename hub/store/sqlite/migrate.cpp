#include "hub/store/sqlite/migrate.hpp"

#include <stdexcept>

namespace orderhub::store {

namespace {

void run_step(Connection& db, const Migration& migration) {
    db.execute("BEGIN IMMEDIATE");
    try {
        run_migration(db, migration);
        db.execute("COMMIT");
    } catch (const StoreFailure& failure) {
        if (db.in_transaction()) db.execute("ROLLBACK");
        throw std::runtime_error("the migration " + migration.name + " failed: " + failure.what());
    }
}

}  // namespace

void migrate(Connection& db, std::span<const Migration> migrations) {
    db.execute(migration_tables("TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP"));
    for (const auto& migration : pending_migrations(db, migrations))
        run_step(db, migration);
}

}  // namespace orderhub::store
