// JSON-RPC calls of one Tryton database, with a session that is kept in memory.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "config.hpp"

namespace orderhub::tryton {

/// Used from one connector thread; several calls may be waiting in it at once.
class Client {
public:
    /// `config` must outlive the client.
    explicit Client(const Config& config) : config_(config) {}

    /// Calls `method` with `params` (without the context, which is added here) and returns the
    /// result. Logs in where there is no session, and again, once, where Tryton says 401: that
    /// comes before anything is done, so a write may be repeated. Throws Stop.
    boost::json::value call(sdk::Call& call, std::string_view method, boost::json::array params,
                            sdk::Effect effect = sdk::Effect::read);

    /// Begins a new session. Throws Stop.
    void login(sdk::Call& call);

private:
    sdk::HttpResponse send(sdk::Call& call, std::string body, sdk::Effect effect);

    const Config& config_;
    std::string session_;  ///< what the header Authorization carries; empty without a session
};

/// Standard base64 with padding, on one line.
std::string base64(std::string_view bytes);

}  // namespace orderhub::tryton
