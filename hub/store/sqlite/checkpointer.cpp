#include "hub/store/sqlite/checkpointer.hpp"

#include "hub/store/sqlite/connection.hpp"

namespace orderhub::store {

namespace {

constexpr std::uint64_t kPagesPerRound = 2'000;  // 8 MiB

}  // namespace

Checkpointer::Checkpointer(std::string path, std::string vfs)
    : path_(std::move(path)), vfs_(std::move(vfs)), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Checkpointer::log_grew(std::uint64_t pages) {
    bool enough = false;
    {
        const std::scoped_lock lock(mutex_);
        if (pages < pages_) copied_ = 0;  // the log started over
        pages_ = pages;
        enough = pages_ >= copied_ + kPagesPerRound;
    }
    if (enough) changed_.notify_one();
}

void Checkpointer::run() {
    std::unique_ptr<Connection> db;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || pages_ >= copied_ + kPagesPerRound; });
        if (stopping_) return;
        copied_ = pages_;
        lock.unlock();
        try {
            if (!db) {
                db = std::make_unique<Connection>(path_, OpenMode::read_write, vfs_);
                // A connection that has never read does not know the log; its checkpoints do
                // nothing.
                db->execute("SELECT count(*) FROM schema_migrations");
            }
            sqlite3_wal_checkpoint_v2(db->raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                      nullptr);
        } catch (const StoreFailure&) {
            db.reset();  // the writer meets the same trouble and reports it; the next round tries
                         // again
        }
        lock.lock();
    }
}

}  // namespace orderhub::store
