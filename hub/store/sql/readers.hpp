// A pool of read-only connections, opened when first needed.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "hub/store/sql/session.hpp"

namespace orderhub::store {

class Readers {
public:
    /// Throws StoreFailure.
    using Open = std::function<std::unique_ptr<ReadSession>()>;

    Readers(std::uint32_t limit, Open open);

    /// Runs `work` on the calling thread in one snapshot; waits while all connections are in use.
    /// Any thread.
    Result<void> read(const Store::Work& work);

private:
    std::unique_ptr<ReadSession> take();
    void give_back(std::unique_ptr<ReadSession> reader);

    const std::uint32_t limit_;
    const Open open_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<ReadSession>> idle_;
    std::uint32_t in_use_ = 0;
};

}  // namespace orderhub::store
