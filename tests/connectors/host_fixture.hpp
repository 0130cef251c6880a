// A host with one instance of the probe connector, and the steps that it can be told to do.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "hub/connectors/host.hpp"
#include "raw_peer.hpp"

namespace orderhub::connectors::test {

namespace json = boost::json;

inline constexpr std::string_view kToken = "s3cr\"t/token";
/// As whom the hub has begun each command.
inline constexpr std::int64_t kOwner = 12;
inline constexpr std::string_view kSigning = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

class HostFixture : public ::testing::Test {
protected:
    HostFixture();

    /// What a step for an http exchange with the peer looks like; `more` is added to it.
    json::object get(std::string_view path = "/", json::object more = {}) const;
    json::object post(std::string_view body, json::object more = {}) const;

    /// Begins to serve; call before start().
    void serve(RawPeer::Script script) { peer = std::make_unique<RawPeer>(std::move(script)); }
    void start(HostSettings settings = {});
    /// What an instance of the probe needs to talk to `url`.
    InstanceSettings instance_settings() const;

    /// Runs one command; `payload` of the probe.
    CallResult execute(json::object payload) { return begin(std::move(payload)).get(); }
    std::future<CallResult> begin(json::object payload);
    /// Runs steps in one command and gives the report, one line for each.
    std::string report(json::array steps);
    std::string report(json::object step) { return report(json::array{std::move(step)}); }

    Instance& probe() { return *host->find("probe"); }

    std::string library;
    std::unique_ptr<RawPeer> peer;
    std::string url;  ///< of the peer, without a path
    std::map<std::string, std::string> state;
    bool state_is_out = false;  ///< reading it fails
    std::unique_ptr<Host> host;
};

/// Whether `text` begins with `prefix`, with a useful message if not.
::testing::AssertionResult begins(const std::string& text, std::string_view prefix);

}  // namespace orderhub::connectors::test
