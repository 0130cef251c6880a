#include "hub/store/sql/sql_store.hpp"
#include "hub/store/sqlite/file_lock.hpp"
#include "hub/store/sqlite/migrate.hpp"
#include "hub/store/sqlite/read_session.hpp"
#include "hub/store/sqlite/writer_session.hpp"
#include "hub/store/store.hpp"

namespace orderhub::store {

namespace {

// Before any other connection: makes the file, switches it to WAL and brings the schema up.
void prepare_file(const SqliteSettings& settings) {
    try {
        Connection db(settings.path, OpenMode::read_write, settings.vfs);
        db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        migrate(db, embedded_migrations());
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
    const std::shared_ptr<const Kept> kept(
        new Kept{FileLock(settings.path), complete({settings.now_ms, settings.make_id})});
    prepare_file(settings);
    return std::make_unique<SqlStore>(
        kept, std::make_unique<SqliteWriterSession>(settings.path, settings.vfs, kept->sources),
        settings.readers, [path = settings.path, vfs = settings.vfs, &sources = kept->sources] {
            return std::make_unique<SqliteReadSession>(path, vfs, sources);
        });
}

}  // namespace orderhub::store
