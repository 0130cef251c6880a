// Keeps the write-ahead log small without stopping the writer.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace orderhub::store {

/// Copies the log's pages into the database on a thread of its own, with a connection of its own
/// (PASSIVE: it waits for nobody and nobody waits for it). Under steady load that alone never lets
/// the log start over, so beyond a limit the writer itself resets it between two commits: there is
/// little left to copy then.
class Checkpointer {
public:
    Checkpointer(std::string path, std::string vfs);
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;
    ~Checkpointer();

    /// The writer tells the log's length after a commit. Any thread.
    void log_grew(std::uint64_t pages);

private:
    void run();

    const std::string path_;
    const std::string vfs_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t pages_ = 0;   ///< as told last
    std::uint64_t copied_ = 0;  ///< at the last copying
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::store
