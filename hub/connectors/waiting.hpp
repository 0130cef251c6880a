// Lets straight-line code wait: each call of a connector runs on a fiber of its own, on the
// connector thread.
//
// Under ThreadSanitizer, which cannot follow fibers, each call gets a thread instead
// (waiting_threads.cpp); one lock, given up while a call waits, keeps the promise that only one of
// them runs at a time.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

namespace orderhub::connectors {

/// The way for one call to wait.
class Waiter {
public:
    using Resume = std::function<void()>;
    virtual ~Waiter() = default;

    /// Runs `start` on the connector thread, outside the call's stack, and returns once the Resume
    /// given to it was called (on the connector thread, exactly once).
    virtual void wait(const std::function<void(Resume)>& start) = 0;
};

class Calls {
public:
    explicit Calls(boost::asio::io_context& io);
    ~Calls();

    /// Runs `body` on a new fiber, at once, until it first waits; `finished` runs on the connector
    /// thread after it. `body` must not throw. On the connector thread only. Throws std::bad_alloc
    /// if there is no memory for a stack.
    void run(std::function<void(Waiter&)> body, std::function<void()> finished);

private:
    struct Shared;
    std::unique_ptr<Shared> shared_;
};

}  // namespace orderhub::connectors
