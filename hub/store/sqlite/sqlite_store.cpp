#include <chrono>

#include "hub/store/sqlite/file_lock.hpp"
#include "hub/store/sqlite/migrate.hpp"
#include "hub/store/sqlite/readers.hpp"
#include "hub/store/sqlite/writer.hpp"
#include "hub/store/store.hpp"
#include "hub/store/uuid7.hpp"

namespace orderhub::store {

namespace {

std::int64_t system_now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Sources sources_of(const SqliteSettings& settings) {
    Sources sources{settings.now_ms, settings.make_id};
    if (!sources.now_ms) sources.now_ms = system_now_ms;
    if (!sources.make_id)
        sources.make_id = [now = sources.now_ms](std::string_view prefix) {
            return std::string(prefix) + "_" + uuid7(now());
        };
    return sources;
}

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

class SqliteStore final : public Store {
public:
    explicit SqliteStore(const SqliteSettings& settings)
        : lock_(settings.path),
          sources_(sources_of(settings)),
          prepared_((prepare_file(settings), true)),
          readers_(settings.path, settings.vfs, settings.readers, sources_),
          writer_(settings.path, settings.vfs, sources_) {}

    using Store::write;
    void write(Work work, Done done) override { writer_.write(std::move(work), std::move(done)); }
    Result<void> read(const Work& work) override { return readers_.read(work); }
    Health health() const override { return writer_.health(); }
    Stats stats() const override { return writer_.stats(); }
    void watch(Queued queued) override { writer_.watch(std::move(queued)); }
    void stop() override { writer_.stop(); }

private:
    FileLock lock_;
    Sources sources_;
    bool prepared_;  // stands between the lock and the connections
    Readers readers_;
    Writer writer_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const SqliteSettings& settings) {
    return std::make_unique<SqliteStore>(settings);
}

}  // namespace orderhub::store
