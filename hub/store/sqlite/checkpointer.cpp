#include "hub/store/sqlite/checkpointer.hpp"

#include <algorithm>
#include <chrono>

namespace orderhub::store {

namespace {

/// After a round that a reader or a failure stopped.
constexpr std::chrono::milliseconds kPause{20};

// A round beside a writer that is in a transaction ends before the log's last commit, and SQLite
// then leaves what it copied unsynced: it would all be synced by the writer, when it lets the log
// start over.
bool sync_database(sqlite3* db) {
    sqlite3_file* file = nullptr;
    return sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file)) ==
               SQLITE_OK &&
           file->pMethods != nullptr &&
           file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

}  // namespace

Checkpointer::Checkpointer(std::string path, std::string vfs, LogBounds bounds)
    : path_(std::move(path)), vfs_(std::move(vfs)), bounds_(bounds), thread_([this] { run(); }) {}

void Checkpointer::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Checkpointer::log_is(std::uint64_t pages) {
    bool is_enough = false;
    {
        const std::scoped_lock lock(mutex_);
        if (pages < pages_) {
            copied_ = 0;
            ++turn_;
        }
        pages_ = pages;
        is_enough = is_due() && !is_copying_;
    }
    if (is_enough) changed_.notify_one();
}

bool Checkpointer::may_start_over() const {
    const std::scoped_lock lock(mutex_);
    return !is_copying_ && pages_ >= bounds_.long_enough() &&
           pages_ - copied_ <= bounds_.little(pages_);
}

// A short log is copied in rounds of some length; a long one until little is left.
bool Checkpointer::is_due() const {
    const auto rest = pages_ - copied_;
    return rest >= bounds_.round() ||
           (pages_ >= bounds_.long_enough() && rest > bounds_.little(pages_));
}

void Checkpointer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || is_due(); });
        if (stopping_) return;
        const auto before = copied_;
        copy(lock);
        if (copied_ <= before) changed_.wait_for(lock, kPause, [this] { return stopping_; });
    }
}

void Checkpointer::copy(std::unique_lock<std::mutex>& lock) {
    is_copying_ = true;
    const auto turn = turn_;
    lock.unlock();
    int in_database = 0;
    try {
        if (!db_) {
            db_ = std::make_unique<Connection>(path_, OpenMode::read_write, vfs_);
            db_->execute("PRAGMA synchronous = FULL");
            // A connection that has never read does not know the log; its checkpoints do nothing.
            db_->execute("SELECT count(*) FROM schema_migrations");
        }
        if (sqlite3_wal_checkpoint_v2(db_->raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                      &in_database) != SQLITE_OK ||
            !sync_database(db_->raw()))
            in_database = 0;
    } catch (const StoreFailure&) {
        db_.reset();  // the writer meets the same trouble and reports it; the next round tries
                      // again
    }
    lock.lock();
    is_copying_ = false;
    if (turn == turn_)
        copied_ = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(in_database, 0)),
                                            copied_, pages_);
}

}  // namespace orderhub::store
