// The hub as it is shipped, in a process of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace orderhub::bench {

struct Memory {
    double now_mb = 0;
    double peak_mb = 0;
};

/// Starts `orderhub serve` of the same build as this program, and ends it with the object.
class HubProcess {
public:
    /// `folder` is where it works; `connectors` is the YAML of the configuration's list. Returns
    /// once it listens. Throws std::runtime_error if it does not start.
    HubProcess(const std::string& folder, const std::string& connectors);
    ~HubProcess();
    HubProcess(const HubProcess&) = delete;
    HubProcess& operator=(const HubProcess&) = delete;

    std::uint16_t port() const { return port_; }
    double start_seconds() const { return start_seconds_; }  ///< from fork to listening
    /// User and system time so far, with the processes of its connectors.
    double cpu_seconds() const;
    Memory memory() const;
    /// A counter of /metrics that begins with `name`, labels included; 0 if it is not there.
    double metric(const std::string& name) const;

private:
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
    double start_seconds_ = 0;
};

}  // namespace orderhub::bench
