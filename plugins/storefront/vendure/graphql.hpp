// GraphQL against Vendure's Admin API: one request, one root field, one class of failure for each
// of the API's three ways to say no.
#pragma once

#include <cstdint>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "config.hpp"

namespace orderhub::vendure {

class GraphQl {
public:
    explicit GraphQl(const Config& config) : config_(config) {}

    /// Runs one operation and returns the value of its only root field (null for an unknown id).
    /// Logs in when there is no session, and once more when the shop says FORBIDDEN (an expired
    /// session looks like that).
    ///
    /// Throws sdk::Stop: retry where nothing happened; unknown where a write may have; rejected
    /// with the shop's words. A write that died inside the shop is unknown with code
    /// "internal_error", or "lock_conflict" if the shop's words are those of a database that gave
    /// way to somebody else. An ErrorResult of a mutation is returned, not thrown.
    json::value run(sdk::Call& call, std::string_view query, const json::object& variables,
                    sdk::Effect effect);

private:
    void log_in(sdk::Call& call);
    sdk::HttpRequest request(std::string_view query, const json::object& variables,
                             sdk::Effect effect) const;

    const Config& config_;
    std::string session_;  ///< bearer token; in memory only, a new process logs in again
};

/// Turns an ErrorResult (a union member with errorCode) into Stop rejected with the shop's words;
/// code in lower case.
sdk::Stop refusal(const json::object& error_result);

}  // namespace orderhub::vendure
