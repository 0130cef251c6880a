// Which hosts a connector may talk to: those that its manifest names and the operator granted.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/connectors/url.hpp"

namespace orderhub::connectors {

/// "host" (any port) or "host:port"; names compare without case, nothing else is equal to anything.
class HostRule {
public:
    explicit HostRule(std::string_view text);
    bool covers(const Target& target) const;
    /// Whether everything that `other` covers is covered by this rule too.
    bool covers(const HostRule& other) const;
    const std::string& text() const { return text_; }

private:
    std::string text_;
    std::string host_;
    std::string port_;  ///< empty for any
};

class Permissions {
public:
    /// What the manifest asks for, with config:KEY replaced by the host of the address in that
    /// configuration key. Errors: Invalid "bad_config" (the key holds no address), Denied
    /// "host_not_granted" naming the first host that no grant covers.
    static Result<Permissions> resolve(const Manifest& manifest, const boost::json::object& config,
                                       const std::vector<std::string>& granted);

    bool allows(const Target& target) const;

private:
    std::vector<HostRule> rules_;
    std::vector<HostRule> granted_;
};

}  // namespace orderhub::connectors
