#pragma once

#include <boost/json.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

// Things that go wrong on purpose. Thread-safe.
namespace orderhub::sandbox {

struct Fault {
    std::string system;  ///< name of the stand-in; empty matches any
    std::string match;   ///< part of the operation; empty matches any
    std::string mode;
    std::int64_t times = 1;
    std::int64_t delay_ms = 0;
    std::int64_t retry_after = 1;  ///< seconds, of status_429
    std::int64_t status = 200;     ///< of mode reply
    std::string body;              ///< of mode reply
};

class Faults {
public:
    /// Adds a rule or a list of rules; throws BadControl for an unknown mode.
    void add(const boost::json::value& rules);
    void clear();
    /// The first rule that fits, used up by one.
    std::optional<Fault> take(const std::string& system, const std::string& operation);
    boost::json::array left() const;

    void set_down(const std::string& system, bool down, const std::string& mode);
    /// Empty when the system is up, else "close" or "503".
    std::string down_mode(const std::string& system) const;

private:
    mutable std::mutex mutex_;
    std::vector<Fault> rules_;
    std::map<std::string, std::string> down_;
};

}  // namespace orderhub::sandbox
