// Keeps the write-ahead log small without stopping the writer.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "hub/store/sqlite/connection.hpp"
#include "hub/store/sqlite/log_bounds.hpp"

namespace orderhub::store {

/// Copies the log's pages into the database on a thread of its own, with a connection of its own
/// (PASSIVE: it waits for nobody and nobody waits for it). Under steady load that alone never lets
/// the log start over: there is always a page that came after the round. So once there is little
/// left to copy the writer itself does the rest, between two commits. Readers of an older snapshot
/// stop both.
class Checkpointer {
public:
    Checkpointer(std::string path, std::string vfs, LogBounds bounds);
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;
    ~Checkpointer() { stop(); }
    /// Ends after the round that is under way.
    void stop();

    /// The writer tells the log's length after a commit or after it let the log start over.
    void log_is(std::uint64_t pages);
    /// True if the log is long and the rest of it short, and no round is under way.
    bool may_start_over() const;

private:
    bool is_due() const;
    void run();
    void copy(std::unique_lock<std::mutex>& lock);

    const std::string path_;
    const std::string vfs_;
    const LogBounds bounds_;
    std::unique_ptr<Connection> db_;  ///< on its thread only
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t pages_ = 0;   ///< as told last
    std::uint64_t copied_ = 0;  ///< of them, by the last round
    std::uint64_t turn_ = 0;    ///< how often the log has started over
    bool is_copying_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::store
