// Whoever sends a message waits for its answer only so long; then it is told to send it again, even
// if the hub does not know yet whether the message is on disk.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "hub/http/message.hpp"

namespace orderhub::http {

class Patience {
public:
    /// `late` is the answer of those that nobody answered within `limit` (and up to a second more).
    Patience(std::chrono::milliseconds limit, Response late);
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    ~Patience();

    /// What to answer through instead of `respond`, which may get two answers then, on two threads,
    /// and is to take the first. Any thread.
    Respond limit(Respond respond);

private:
    using Clock = std::chrono::steady_clock;
    struct Waiting {
        Clock::time_point end;
        std::weak_ptr<Respond> respond;  ///< gone once it was answered
    };

    void run();
    void forget_answered();

    const std::chrono::milliseconds limit_;
    const Response late_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::deque<Waiting> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::http
