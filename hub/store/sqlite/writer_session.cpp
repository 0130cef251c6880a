#include "hub/store/sqlite/writer_session.hpp"

#include "hub/store/sqlite/log_vfs.hpp"

namespace orderhub::store {

namespace {

/// How long a stop waits for a reader.
constexpr int kLastCopyMs = 1'000;
constexpr std::chrono::milliseconds kStartOverPause{10};

}  // namespace

SqliteWriterSession::SqliteWriterSession(const SqliteSettings& settings, const Sources& sources,
                                         std::int64_t token)
    : path_(settings.path),
      vfs_(settings.vfs),
      sources_(sources),
      token_(token),
      bounds_(settings.log_limit_bytes),
      checkpointer_(path_, vfs_, bounds_) {
    open();
}

void SqliteWriterSession::open() {
    transaction_.reset();
    db_ = std::make_unique<Connection>(path_, OpenMode::read_write, gathering_vfs(vfs_));
    db_->execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        " PRAGMA wal_autocheckpoint = 0;"
        // What is deleted is to be gone: it may be personal data.
        " PRAGMA secure_delete = ON;"
        " PRAGMA cache_size = -8192;"
        // Savepoints keep images of pages: order data that no temporary folder is to hold.
        " PRAGMA temp_store = MEMORY");
    db_->execute("PRAGMA journal_size_limit = " + std::to_string(LogBounds::bytes(bounds_.kept())));
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

// The log is never truncated while it is in use: what is overwritten in place costs a commit less
// than a file that grows. journal_size_limit cuts off what one long log left behind.
void SqliteWriterSession::tidy() {
    if (log_pages_ >= bounds_.long_enough() && Clock::now() >= next_start_over_ &&
        checkpointer_.may_start_over())
        start_log_over();
    checkpointer_.log_is(log_pages_);
}

// Readers that still look at the log make this fail, and they are not waited for: a later commit
// tries again.
void SqliteWriterSession::start_log_over() {
    if (!db_) return;
    sqlite3_busy_timeout(db_->raw(), 0);
    if (sqlite3_wal_checkpoint_v2(db_->raw(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr,
                                  nullptr) == SQLITE_OK)
        log_pages_ = 0;
    else
        next_start_over_ = Clock::now() + kStartOverPause;
    sqlite3_busy_timeout(db_->raw(), kBusyTimeoutMs);
}

// SQLite copies the log when the last connection closes, but not if that is a reader's; the next
// start would have to read all of it.
void SqliteWriterSession::close() noexcept {
    checkpointer_.stop();  // nobody waits for its lock: the copy would fail at once
    if (!db_) return;
    sqlite3_busy_timeout(db_->raw(), kLastCopyMs);
    sqlite3_wal_checkpoint_v2(db_->raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

LogState SqliteWriterSession::log() const {
    LogState state{.bytes = LogBounds::bytes(log_pages_),
                   .limit_bytes = LogBounds::bytes(bounds_.limit())};
    if (log_pages_ >= bounds_.full())
        state.room = LogState::Room::for_nothing;
    else if (log_pages_ >= bounds_.pressed())
        state.room = LogState::Room::for_ending_work;
    return state;
}

}  // namespace orderhub::store
