// The HTTP client lent to connectors. Used on the connector thread only.
#pragma once

#include <orderhub/connector.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/connectors/url.hpp"

namespace orderhub::connectors {

/// A request as it goes out: allowed, placeholders filled in. Holds secrets: not to be logged.
struct WireRequest {
    std::string owner;  ///< instance; connections are not shared between instances
    Target target;
    std::string method;
    std::vector<Header> headers;  ///< without those that the client writes itself
    std::string body;
    std::chrono::steady_clock::time_point deadline;  ///< of the complete exchange
    std::size_t max_response_bytes = 0;
    bool only_public = false;  ///< no connection to an address that is not in the public internet
    /// Asked before the first byte of a request other than GET and HEAD; if false, it is not sent.
    std::function<bool()> may_act = nullptr;
};

/// `status` and `headers` (names in lower case) only with OH_HTTP_ANSWERED; otherwise `body` says
/// what happened.
struct WireAnswer {
    oh_http_outcome outcome = OH_HTTP_NOT_SENT;
    int status = 0;
    std::vector<Header> headers;
    std::string body;
};

class HttpClient {
public:
    using Done = std::function<void(WireAnswer)>;
    using Interrupt = std::function<void()>;

    /// `ca_file`: additional trusted certificates (PEM), or empty. Read at the first https request.
    HttpClient(boost::asio::io_context& io, std::string ca_file);
    ~HttpClient();

    /// Sends; `done` runs later, once. The result ends the exchange early: with STOPPING, or
    /// NO_ANSWER if bytes of the request had gone.
    Interrupt send(WireRequest request, Done done);

    /// Closes idle connections.
    void close_idle();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace orderhub::connectors
