// Brings a database to the newest schema, one numbered step at a time.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "hub/store/sqlite/connection.hpp"

namespace orderhub::store {

struct Migration {
    int number = 0;
    std::string name;      ///< file name without ending: "0001_base"
    std::string checksum;  ///< hex SHA-256 of the file
    std::string sql;
};

/// Those of hub/store/migrations, in order; written at build time.
const std::vector<Migration>& embedded_migrations();

/// Runs what has not run yet. Each step and its row in schema_migrations are one transaction, so
/// this may be killed at any point and run again. Throws std::runtime_error with a sentence if a
/// step that ran was changed since, or if the database has steps that this release does not know.
void migrate(Connection& db, std::span<const Migration> migrations);

}  // namespace orderhub::store
