#include "hub/store/sqlite/writer.hpp"

#include <algorithm>
#include <chrono>

#include "hub/routing/crash_point.hpp"

namespace orderhub::store {

namespace {

// A commit takes what waits, but not so much that the first in it waits long for the last.
constexpr std::size_t kMaxBatch = 512;
constexpr std::size_t kMaxWaiting = 200'000;
constexpr std::chrono::milliseconds kProbeInterval{500};
constexpr std::uint64_t kMaxLogPages = 16'384;  // 64 MiB

Error outage(const StoreFailure& failure) {
    return Error{ErrorKind::Unavailable,
                 "store_unavailable",
                 std::string("the store cannot write: ") + failure.what(),
                 {},
                 std::chrono::milliseconds(2'000)};
}

}  // namespace

Writer::Writer(std::string path, std::string vfs, const Sources& sources)
    : path_(std::move(path)), vfs_(std::move(vfs)), sources_(sources), checkpointer_(path_, vfs_) {
    open();
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
    stop();
}

void Writer::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::write(Store::Work work, Store::Done done) {
    std::unique_lock lock(mutex_);
    if (!stopping_ && waiting_.size() < kMaxWaiting) {
        waiting_.push_back({std::move(work), std::move(done), {}});
        arrived_.notify_one();
        return;
    }
    const bool stopping = stopping_;
    lock.unlock();
    done(stopping ? fail(ErrorKind::Unavailable, "store_stopping", "the store is stopping")
                  : fail(ErrorKind::Throttled, "store_busy", "the store has too much to do"));
}

Health Writer::health() const {
    const std::scoped_lock lock(mutex_);
    return health_;
}

Stats Writer::stats() const {
    const std::scoped_lock lock(mutex_);
    return stats_;
}

void Writer::watch(Store::Queued queued) {
    const std::scoped_lock lock(mutex_);
    queued_ = std::move(queued);
}

void Writer::run() {
    Batch batch;
    while (next_batch(batch)) {
        if (batch.empty())
            probe();
        else
            commit_batch(batch);
        batch.clear();
    }
}

bool Writer::next_batch(Batch& batch) {
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return stopping_ || !waiting_.empty(); };
    if (health_.writable)
        arrived_.wait(lock, ready);
    else if (!arrived_.wait_for(lock, kProbeInterval, ready))
        return true;
    if (waiting_.empty()) return false;
    const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMaxBatch));
    std::move(waiting_.begin(), waiting_.begin() + count, std::back_inserter(batch));
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    return true;
}

void Writer::open() {
    transaction_.reset();
    db_ = std::make_unique<Connection>(path_, OpenMode::read_write, vfs_);
    db_->execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        " PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;"
        " PRAGMA cache_size = -8192");
    sqlite3_wal_hook(
        db_->raw(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Writer*>(self)->log_pages_ = static_cast<std::uint64_t>(pages);
            return SQLITE_OK;
        },
        this);
    transaction_ = std::make_unique<SqliteTransaction>(*db_, sources_);
}

void Writer::begin() {
    if (!db_) open();
    db_->query("BEGIN IMMEDIATE").run();
}

void Writer::commit_batch(Batch& batch) {
    std::optional<StoreFailure> failure;
    touched_.clear();
    try {
        begin();
        const std::int64_t before = sqlite3_total_changes64(db_->raw());
        for (auto& unit : batch)
            run_unit(unit);
        const bool wrote = sqlite3_total_changes64(db_->raw()) != before;
        routing::crash_point("store.before_commit");
        db_->query("COMMIT").run();
        routing::crash_point("store.after_commit");
        const auto good =
            std::ranges::count_if(batch, [](const Unit& unit) { return unit.result.has_value(); });
        note_success(static_cast<std::uint64_t>(good), wrote);
    } catch (const StoreFailure& problem) {
        failure = problem;
        roll_back();
        note_outage(problem);
    }
    finish(batch, failure);
    if (!failure) bound_log();
}

// Runs one unit inside a savepoint of the batch. A failure that took the whole transaction with it
// is thrown on.
void Writer::run_unit(Unit& unit) {
    db_->query("SAVEPOINT unit").run();
    try {
        unit.result = unit.work(*transaction_);
    } catch (const StoreFailure& failure) {
        if (!db_->in_transaction()) throw;
        unit.result = failure.is_outage() ? std::unexpected(outage(failure))
                                          : fail(ErrorKind::Bug, "store_failure", failure.what());
        if (failure.is_outage()) note_outage(failure);
    } catch (const std::exception& bug) {
        unit.result = fail(ErrorKind::Bug, "unit_failed", bug.what());
    }
    auto queued = transaction_->take_queued();
    if (unit.result)
        touched_.merge(queued);
    else
        db_->query("ROLLBACK TO unit").run();
    db_->query("RELEASE unit").run();
}

void Writer::finish(Batch& batch, const std::optional<StoreFailure>& failure) {
    if (failure) {
        for (auto& unit : batch)
            unit.result = std::unexpected(outage(*failure));
        touched_.clear();
    }
    for (auto& unit : batch)
        if (unit.done) unit.done(std::move(unit.result));
    if (touched_.empty()) return;
    Store::Queued queued;
    {
        const std::scoped_lock lock(mutex_);
        queued = queued_;
    }
    if (!queued) return;
    for (const auto& connector : touched_)
        queued(connector);
}

// After a failure nobody may come to write, so the writer looks itself whether there is room again.
void Writer::probe() {
    try {
        begin();
        db_->query(
               "INSERT INTO probe (id, filling) VALUES (1, randomblob(65536))"
               " ON CONFLICT (id) DO UPDATE SET filling = excluded.filling")
            .run();
        db_->query("DELETE FROM probe").run();
        db_->query("COMMIT").run();
        note_success(0, true);
    } catch (const StoreFailure& failure) {
        roll_back();
        note_outage(failure);
    }
}

void Writer::note_success(std::uint64_t units, bool wrote) {
    const std::scoped_lock lock(mutex_);
    if (!wrote) return;
    health_ = {};
    stats_.units += units;
    ++stats_.commits;
}

// The connection is kept if it can be: what a failed commit left at the end of the log is then
// overwritten by the next one. Closing it could let the log be read again from the file, and with
// it what was just called not done.
void Writer::roll_back() {
    try {
        if (db_ && db_->in_transaction()) db_->execute("ROLLBACK");
    } catch (const StoreFailure&) {
        transaction_.reset();
        db_.reset();
    }
}

void Writer::note_outage(const StoreFailure& failure) {
    const std::scoped_lock lock(mutex_);
    health_.writable = false;
    health_.reason = failure.what();
}

// Between two commits, when the log is over its limit: start it over. Readers that still look at it
// make this fail; the next commit tries again.
void Writer::bound_log() {
    checkpointer_.log_grew(log_pages_);
    if (log_pages_ < kMaxLogPages) return;
    if (sqlite3_wal_checkpoint_v2(db_->raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr) == SQLITE_OK)
        log_pages_ = 0;
}

}  // namespace orderhub::store
