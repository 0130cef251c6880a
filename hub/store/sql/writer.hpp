// The one thread that writes: units of work that wait together share one transaction and one fsync.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hub/store/sql/session.hpp"

namespace orderhub::store {

class Writer {
public:
    explicit Writer(std::unique_ptr<WriterSession> session);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    void write(Store::Work work, Store::Done done);
    void offer(std::uint64_t bytes, Store::Work work, Store::Done done);
    Health health() const;
    Stats stats() const;
    void watch(Store::Queued queued);
    void accompany(Store::Accompany accompany);
    bool surely_owns(std::int64_t owner) const { return session_->surely_owns(owner); }
    /// Runs what is queued and ends the thread. Not on the writer's thread.
    void stop();

private:
    using Clock = std::chrono::steady_clock;

    struct Unit {
        Store::Work work;
        Store::Done done;
        std::uint64_t bytes = 0;  ///< as it was told, of new work
        Result<void> result;
        int runs = 0;  ///< that came to nothing because of other transactions; alone from then on
        bool is_new_work = false;
    };
    struct Batch {
        std::vector<Unit> units;
        std::uint64_t bytes = 0;             ///< of new work
        std::set<routing::NewWork> touched;  ///< what connectors get by it
    };

    void queue(Unit unit);
    std::optional<Error> refusal(bool is_new_work, std::uint64_t bytes) const;
    void run();
    /// Waits for units, or for the time of the next probe; empty then, or at the end.
    bool next_batch(Batch& batch);
    bool wait_for_work(std::unique_lock<std::mutex>& lock);
    void move_units(std::deque<Unit>& from, Batch& batch);
    std::optional<std::chrono::microseconds> senders_patience(const Batch& batch) const;
    void commit_batch(Batch& batch);
    void run_batch(Batch& batch);
    void begin();
    bool run_together(Batch& batch, std::size_t first);
    bool join_senders(Batch& batch);
    void run_apart(Batch& batch);
    void run_companions(Batch& batch);
    void run_unit(Batch& batch, Unit& unit);
    bool is_long_enough(const Batch& batch, std::size_t next, Clock::time_point begin) const;
    void run_again(Batch& batch, std::size_t first, std::size_t blamed,
                   const StoreFailure& failure);
    void finish(Batch& batch);
    void fail_all(Batch& batch, const StoreFailure& failure);
    void refuse_all(Batch& batch, const Error& error);
    void look_after();
    void probe();
    void note_log();
    void settle();
    void note_committed(const Batch& batch);
    void note_outage(const StoreFailure& failure);

    const std::unique_ptr<WriterSession> session_;

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Unit> offered_;  ///< new work: somebody outside waits for the answer
    std::deque<Unit> waiting_;
    std::uint64_t waiting_bytes_ = 0;
    bool stopping_ = false;
    Health health_;
    Stats stats_;
    LogState log_;
    Store::Queued queued_;
    /// Held while it is asked, so that nobody asks one that has ended.
    std::mutex accompany_mutex_;
    Store::Accompany accompany_;

    /// Only on the writer's thread: a batch whose commit may have been done. Its units hear when
    /// that is known.
    std::optional<Batch> in_doubt_;
    std::thread thread_;
};

}  // namespace orderhub::store
