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
    db.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY,"
        " name TEXT NOT NULL, checksum TEXT NOT NULL,"
        " applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT");
    for (const auto& migration : pending_migrations(db, migrations))
        run_step(db, migration);
}

}  // namespace orderhub::store
