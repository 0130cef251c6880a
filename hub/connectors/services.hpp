// What all instances of one host share. Owned by the host; used on the connector thread unless it
// says otherwise.
#pragma once

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

#include "hub/connectors/host.hpp"
#include "hub/connectors/http_client.hpp"
#include "hub/connectors/waiting.hpp"

namespace orderhub::connectors {

/// Counts the calls that were taken on, and takes no more once the host stops. Any thread.
class Gate {
public:
    /// False once closed.
    bool enter() {
        const std::lock_guard lock(mutex_);
        if (is_closed_) return false;
        ++inside_;
        return true;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        --inside_;
        if (inside_ == 0) empty_.notify_all();
    }
    void close() {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
    }
    bool is_closed() const {
        const std::lock_guard lock(mutex_);
        return is_closed_;
    }
    void wait_until_empty() {
        std::unique_lock lock(mutex_);
        empty_.wait(lock, [this] { return inside_ == 0; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable empty_;
    std::size_t inside_ = 0;
    bool is_closed_ = false;
};

struct Services {
    HostSettings settings;
    StateReader state;
    boost::asio::io_context io{1};
    Gate gate{};
    HttpClient http{io, settings.ca_file};
    Calls calls{io};
};

}  // namespace orderhub::connectors
