#include "hub/store/sqlite/writer_session.hpp"

namespace orderhub::store {

namespace {

constexpr std::uint64_t kMaxLogPages = 16'384;  // 64 MiB

}  // namespace

SqliteWriterSession::SqliteWriterSession(std::string path, std::string vfs, const Sources& sources,
                                         std::int64_t token)
    : path_(std::move(path)),
      vfs_(std::move(vfs)),
      sources_(sources),
      token_(token),
      checkpointer_(path_, vfs_) {
    open();
}

void SqliteWriterSession::open() {
    transaction_.reset();
    db_ = std::make_unique<Connection>(path_, OpenMode::read_write, vfs_);
    db_->execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        " PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;"
        " PRAGMA cache_size = -8192;"
        // Savepoints keep images of pages: order data that no temporary folder is to hold.
        " PRAGMA temp_store = MEMORY");
    sqlite3_wal_hook(
        db_->raw(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteWriterSession*>(self)->log_pages_ = static_cast<std::uint64_t>(pages);
            return SQLITE_OK;
        },
        this);
    transaction_ = std::make_unique<SqlTransaction>(*db_, sources_);
    transaction_->act_as(token_);
}

void SqliteWriterSession::begin() {
    if (!db_) open();
    db_->query("BEGIN IMMEDIATE").run();
    changes_before_ = sqlite3_total_changes64(db_->raw());
}

void SqliteWriterSession::undo_unit() {
    db_->query("ROLLBACK TO unit").run();
    db_->query("RELEASE unit").run();
}

bool SqliteWriterSession::commit() {
    const bool wrote = sqlite3_total_changes64(db_->raw()) != changes_before_;
    db_->query("COMMIT").run();
    return wrote;
}

// The connection is kept if it can be: what a failed commit left at the end of the log is then
// overwritten by the next one. Closing it could let the log be read again from the file, and with
// it what was just called not done.
void SqliteWriterSession::roll_back() noexcept {
    try {
        if (db_ && db_->in_transaction()) db_->execute("ROLLBACK");
    } catch (const StoreFailure&) {
        transaction_.reset();
        db_.reset();
    }
}

void SqliteWriterSession::probe() {
    begin();
    db_->query(
           "INSERT INTO probe (id, filling) VALUES (1, randomblob(65536))"
           " ON CONFLICT (id) DO UPDATE SET filling = excluded.filling")
        .run();
    db_->query("DELETE FROM probe").run();
    db_->query("COMMIT").run();
}

// When the log is over its limit: start it over. Readers that still look at it make this fail; the
// next commit tries again.
void SqliteWriterSession::tidy() {
    checkpointer_.log_grew(log_pages_);
    if (log_pages_ < kMaxLogPages) return;
    if (sqlite3_wal_checkpoint_v2(db_->raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr) == SQLITE_OK)
        log_pages_ = 0;
}

}  // namespace orderhub::store
