// The numbered steps that bring a database to the newest schema, and which of them have run.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/sql/database.hpp"

namespace orderhub::store {

struct Migration {
    int number = 0;
    std::string name;      ///< file name without ending: "0001_base"
    std::string checksum;  ///< hex SHA-256 of the file
    std::string sql;
};

/// Those of hub/store/migrations, in order; written at build time.
const std::vector<Migration>& embedded_migrations();
/// Those of hub/store/migrations/postgres.
const std::vector<Migration>& embedded_postgres_migrations();

/// The tables that say which steps have run, and which older releases each of them still serves.
std::string migration_tables(std::string_view applied_at);

/// Those that have not run yet, by the table schema_migrations. Throws std::runtime_error with a
/// sentence if a step that ran was changed since, or if the database has steps that this release
/// does not know and that do not serve it: a step with the line "-- serves: N" leaves all as hubs
/// need it that know the steps up to N, so that these run on while the others are replaced.
std::vector<Migration> pending_migrations(Database& db, std::span<const Migration> migrations);

/// Runs one step and notes it, inside the caller's transaction.
void run_migration(Database& db, const Migration& migration);

}  // namespace orderhub::store
