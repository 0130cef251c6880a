#include "hub/store/sql/sql_store.hpp"
#include "hub/store/sqlite/file_lock.hpp"
#include "hub/store/sqlite/migrate.hpp"
#include "hub/store/sqlite/read_session.hpp"
#include "hub/store/sqlite/writer_session.hpp"
#include "hub/store/store.hpp"

namespace orderhub::store {

namespace {

// The file's lock has shown that no other hub lives: what they began is there to be recovered.
std::int64_t register_hub(Connection& db, std::int64_t now_ms) {
    db.execute("DELETE FROM hubs");
    auto query =
        db.query("INSERT INTO hubs (name, mark, renewed_at) VALUES ('', 0, ?) RETURNING token");
    query.bind(now_ms).step();
    const std::int64_t token = query.integer(0);
    query.run();
    return token;
}

struct Prepared {
    std::unique_ptr<Connection> db;
    std::int64_t token;  ///< this hub's
};

// Before any other connection: makes the file, switches it to WAL and brings the schema up. Its own
// connection is to be closed after the writer's is open: the last one that closes copies the whole
// log, and whoever opens first reads it.
Prepared prepare_file(const SqliteSettings& settings, const Sources& sources) {
    try {
        auto db = std::make_unique<Connection>(settings.path, OpenMode::read_write, settings.vfs);
        db->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        migrate(*db, embedded_migrations());
        const auto token = register_hub(*db, sources.now_ms());
        return {std::move(db), token};
    } catch (const StoreFailure& failure) {
        throw std::runtime_error("cannot use the store " + settings.path + ": " + failure.what());
    }
}

struct Kept {
    FileLock lock;
    Sources sources;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const SqliteSettings& settings) {
    const std::shared_ptr<const Kept> kept(new Kept{
        FileLock(settings.path), complete({settings.now_ms, settings.make_id, settings.keyring})});
    const Prepared prepared = prepare_file(settings, kept->sources);
    return std::make_unique<SqlStore>(
        kept, std::make_unique<SqliteWriterSession>(settings, kept->sources, prepared.token),
        settings.readers, [path = settings.path, vfs = settings.vfs, &sources = kept->sources] {
            return std::make_unique<SqliteReadSession>(path, vfs, sources);
        });
}

}  // namespace orderhub::store
