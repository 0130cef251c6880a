#include "hub/store/sql/migrations.hpp"

#include <algorithm>
#include <stdexcept>

#include "hub/routing/crash_point.hpp"

namespace orderhub::store {

namespace {

struct Applied {
    int number = 0;
    std::string name;
    std::string checksum;
};

std::vector<Applied> applied_steps(Database& db) {
    auto query = db.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number");
    std::vector<Applied> steps;
    while (query.step()) {
        auto& step = steps.emplace_back();
        query.read(step.number, step.name, step.checksum);
    }
    return steps;
}

// True if this step has run; throws if what ran was something else.
bool has_run(const Migration& migration, std::span<const Applied> applied) {
    const auto step = std::ranges::find(applied, migration.number, &Applied::number);
    if (step == applied.end()) return false;
    if (step->checksum != migration.checksum)
        throw std::runtime_error("the migration " + migration.name +
                                 " was changed after it ran on this database (as " + step->name +
                                 "); start the release that ran it, or restore a copy of the "
                                 "database made before");
    return true;
}

// The newest step that a hub must know to be served after this one; the step itself if it says
// nothing.
int served_from(const Migration& migration) {
    constexpr std::string_view kBegin = "-- serves: ";
    const auto at = migration.sql.find(kBegin);
    return at == migration.sql.npos ? migration.number
                                    : std::stoi(migration.sql.substr(at + kBegin.size()));
}

bool serves(Database& db, const Applied& step, int newest_known) {
    auto query = db.query("SELECT serves FROM schema_serves WHERE number = ?");
    query.bind(step.number);
    return query.step() && query.integer(0) <= newest_known;
}

void refuse_newer(Database& db, std::span<const Migration> migrations,
                  std::span<const Applied> applied) {
    const int newest_known = migrations.empty() ? 0 : migrations.back().number;
    for (const auto& step : applied)
        if (std::ranges::find(migrations, step.number, &Migration::number) == migrations.end() &&
            !serves(db, step, newest_known))
            throw std::runtime_error("the database was made by a newer release (it has " +
                                     step.name + "); start that release, or a newer one");
}

}  // namespace

std::string migration_tables(std::string_view applied_at) {
    return "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY,"
           " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at " +
           std::string(applied_at) +
           ");"
           "CREATE TABLE IF NOT EXISTS schema_serves (number INTEGER PRIMARY KEY,"
           " serves INTEGER NOT NULL)";
}

std::vector<Migration> pending_migrations(Database& db, std::span<const Migration> migrations) {
    const auto applied = applied_steps(db);
    refuse_newer(db, migrations, applied);
    std::vector<Migration> pending;
    for (const auto& migration : migrations)
        if (!has_run(migration, applied)) pending.push_back(migration);
    return pending;
}

void run_migration(Database& db, const Migration& migration) {
    db.execute(migration.sql);
    routing::crash_point("migration.middle");
    db.query("INSERT INTO schema_migrations (number, name, checksum) VALUES (?, ?, ?)")
        .bind(migration.number, migration.name, migration.checksum)
        .run();
    db.query("INSERT INTO schema_serves (number, serves) VALUES (?, ?)")
        .bind(migration.number, served_from(migration))
        .run();
}

}  // namespace orderhub::store
