// The one thread that writes: units of work that wait together share one transaction and one fsync.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hub/store/sqlite/checkpointer.hpp"
#include "hub/store/sqlite/transaction.hpp"

namespace orderhub::store {

class Writer {
public:
    Writer(std::string path, std::string vfs, const Sources& sources);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    void write(Store::Work work, Store::Done done);
    Health health() const;
    Stats stats() const;
    void watch(Store::Queued queued);
    /// Runs what is queued and ends the thread. Not on the writer's thread.
    void stop();

private:
    struct Unit {
        Store::Work work;
        Store::Done done;
        Result<void> result;
    };
    using Batch = std::vector<Unit>;

    void run();
    /// Waits for units, or while the store is in trouble for the time of the next probe; empty
    /// then, or at the end.
    bool next_batch(Batch& batch);
    void commit_batch(Batch& batch);
    void begin();
    void run_unit(Unit& unit);
    void finish(Batch& batch, const std::optional<StoreFailure>& failure);
    void probe();
    void note_success(std::uint64_t units, bool wrote);
    void note_outage(const StoreFailure& failure);
    void open();
    void roll_back();
    void bound_log();

    const std::string path_;
    const std::string vfs_;
    const Sources& sources_;

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Unit> waiting_;
    bool stopping_ = false;
    Health health_;
    Stats stats_;
    Store::Queued queued_;

    // Only on the writer's thread (and in the constructor, before it starts):
    std::unique_ptr<Connection> db_;
    std::unique_ptr<SqliteTransaction> transaction_;
    std::set<std::string> touched_;
    std::uint64_t log_pages_ = 0;

    Checkpointer checkpointer_;
    std::thread thread_;
};

}  // namespace orderhub::store
