// Brings a PostgreSQL database to the newest schema, one numbered step at a time.
#pragma once

#include <span>

#include "hub/store/postgres/connection.hpp"
#include "hub/store/sql/migrations.hpp"

namespace orderhub::store {

/// Runs what has not run yet, each step in a transaction of its own, so this may be killed at any
/// point and run again. Of several hubs that start together one runs a step while the others wait.
/// Throws as pending_migrations().
void migrate(PostgresConnection& db, std::span<const Migration> migrations);

}  // namespace orderhub::store
