#include "hub/store/not_there.hpp"
#include "hub/store/postgres/migrate.hpp"
#include "hub/store/postgres/read_session.hpp"
#include "hub/store/postgres/writer_session.hpp"
#include "hub/store/sql/sql_store.hpp"
#include "hub/store/store.hpp"

namespace orderhub::store {

namespace {

/// For what changes all rows of a table, and waiting for another hub that does.
constexpr std::chrono::hours kMigrationLimit{12};

// What is acknowledged is to be on disk, whatever the server was told.
void refuse_loose_commits(PostgresConnection& db) {
    auto query = db.query("SELECT current_setting('fsync'), current_setting('synchronous_commit')");
    if (query.step() && query.text(0) == "on" && query.text(1) != "off") return;
    throw std::runtime_error(
        "PostgreSQL would call a commit done that is not on disk; set fsync = on and "
        "synchronous_commit = on for this database");
}

void prepare(const std::string& url) {
    try {
        PostgresConnection db(url, kMigrationLimit);
        migrate(db, embedded_postgres_migrations());
        refuse_loose_commits(db);
    } catch (const StoreFailure& failure) {
        const std::string words = std::string("cannot use the store: ") + failure.what();
        if (failure.is_outage()) throw NotThere(words);
        throw std::runtime_error(words);
    }
}

}  // namespace

std::unique_ptr<Store> open_postgres(const PostgresSettings& settings) {
    const auto sources = std::make_shared<const Sources>(
        complete({settings.now_ms, settings.make_id, settings.keyring}));
    prepare(settings.url);
    constexpr bool kShared = true;
    return std::make_unique<SqlStore>(
        sources, std::make_unique<PostgresWriterSession>(settings, *sources), settings.readers,
        [url = settings.url, sources] {
            return std::make_unique<PostgresReadSession>(url, *sources);
        },
        kShared);
}

}  // namespace orderhub::store
