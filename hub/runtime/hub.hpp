// The whole hub in one object: put together from a configuration, started, stopped.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

class Hub {
public:
    virtual ~Hub() = default;
    /// http://ADDRESS:PORT, or https
    virtual std::string url() const = 0;
    /// Reads again what may be changed while it runs: the flows, the certificate. What is
    /// wrong goes to the log.
    virtual void reload() = 0;
    /// Answers what is under way, ends connector calls, closes the store. Twice does nothing.
    virtual void stop() = 0;
};

/// Starts everything; when it returns the connectors are loaded and requests are served. Throws
/// std::runtime_error with a sentence for the operator; store::NotThere if it may work later.
std::unique_ptr<Hub> start_hub(const Config& config);

/// "SCHEME://ADDRESS:PORT", with brackets around an IPv6 address.
std::string url_of(const std::string& scheme, const std::string& address, unsigned port);

/// Milliseconds since the epoch by the system's clock.
std::int64_t now_ms();

/// prefix + "_" + UUIDv7.
std::string make_id(std::string_view prefix);

}  // namespace orderhub::runtime
