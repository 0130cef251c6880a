// The whole of the hub's HTTP side: intake, REST API and operations, as one handler for the server.
#pragma once

#include <vector>

#include "hub/http/attempts.hpp"
#include "hub/http/buckets.hpp"
#include "hub/http/call.hpp"
#include "hub/http/console_pages.hpp"
#include "hub/http/event_feed.hpp"
#include "hub/http/message.hpp"
#include "hub/http/parts.hpp"
#include "hub/http/pool.hpp"
#include "hub/http/provider_sign_in.hpp"

namespace orderhub::http {

class Api {
public:
    explicit Api(Parts parts);
    ~Api() { stop(); }
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    /// Handles a request: see Handler.
    void handle(Request request, Respond respond);
    /// Something was committed: those who wait for events are served. Any thread, cheap.
    void committed() { feed_.committed(); }
    /// What the server has, for the test that compares it with the OpenAPI document.
    const std::vector<Route>& routes() const { return routes_; }
    /// Answers what waits and ends the threads. The server must be stopped after it, the parts
    /// later.
    void stop();

private:
    void run(const Route& route, Call call);
    /// By token or session; otherwise the answer that refuses.
    Checked<Caller> authenticate(const Request& request) const;

    const Parts parts_;
    const ConsolePages console_;
    EventFeed feed_;
    Attempts attempts_;
    Buckets by_address_;
    Buckets by_caller_;
    ProviderSignIn provider_;
    std::vector<Route> routes_;
    Pool pool_;
};

}  // namespace orderhub::http
