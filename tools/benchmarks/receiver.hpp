// A receiver of forwarded orders that notes when each arrived.
#pragma once

#include <httplib.h>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

namespace orderhub::bench {

class Receiver {
public:
    using Clock = std::chrono::steady_clock;

    /// Answers each request after `delay`. Throws std::runtime_error if it cannot listen.
    explicit Receiver(std::chrono::milliseconds delay = {});
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    std::uint16_t port() const { return static_cast<std::uint16_t>(port_); }
    /// YAML of a connector `name` that forwards orders to this one.
    std::string connector(const std::string& name) const;
    /// How many different orders have arrived.
    std::size_t count() const;
    /// When the order came first; the epoch if it did not.
    Clock::time_point arrival(const std::string& external_id) const;

private:
    void take(const std::string& body);

    httplib::Server server_;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Clock::time_point> arrivals_;
    std::thread thread_;
};

}  // namespace orderhub::bench
