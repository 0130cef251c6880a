// A few threads for work that waits for the store.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace orderhub::http {

class Pool {
public:
    Pool(std::size_t threads, std::size_t max_waiting);
    ~Pool() { stop(); }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// False if too much waits already, or it is stopped: `task` is not run then. Any thread.
    bool submit(std::function<void()> task);
    /// Runs what waits, then ends the threads.
    void stop();

private:
    void work();

    const std::size_t max_waiting_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace orderhub::http
