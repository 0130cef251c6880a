// A pool of read-only connections, opened when first needed.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/store/sqlite/transaction.hpp"

namespace orderhub::store {

class Readers {
public:
    Readers(std::string path, std::string vfs, std::uint32_t limit, const Sources& sources);

    /// Runs `work` on the calling thread in one snapshot; waits while all connections are in use.
    /// Any thread.
    Result<void> read(const Store::Work& work);

private:
    struct Reader {
        Reader(const std::string& path, const std::string& vfs, const Sources& sources);
        Connection db;
        SqliteTransaction transaction;
    };

    std::unique_ptr<Reader> take();
    void give_back(std::unique_ptr<Reader> reader);

    const std::string path_;
    const std::string vfs_;
    const std::uint32_t limit_;
    const Sources& sources_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Reader>> idle_;
    std::uint32_t in_use_ = 0;
};

}  // namespace orderhub::store
