// Brings a SQLite database to the newest schema, one numbered step at a time.
#pragma once

#include <span>

#include "hub/store/sql/migrations.hpp"
#include "hub/store/sqlite/connection.hpp"

namespace orderhub::store {

/// Runs what has not run yet. Each step and its row in schema_migrations are one transaction, so
/// this may be killed at any point and run again. Throws as pending_migrations().
void migrate(Connection& db, std::span<const Migration> migrations);

}  // namespace orderhub::store
