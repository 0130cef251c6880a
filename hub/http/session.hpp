// One connection of the server. Internal to hub/http; includes Asio, not Beast.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <unordered_map>

#include "hub/http/server.hpp"

namespace orderhub::http {

/// A completion token: wait for it, and leave its error in `error` instead of throwing.
inline auto into(boost::system::error_code& error) {
    return boost::asio::redirect_error(boost::asio::use_awaitable, error);
}

/// What all connections of a server share. Socket thread only, but for `connections`.
struct Shared {
    ServerSettings settings;
    std::shared_ptr<boost::asio::ssl::context> tls;  ///< null: plain HTTP
    Handler handler;
    OnRefused refused;
    std::weak_ptr<boost::asio::io_context> context;
    std::atomic<std::size_t> connections = 0;
    bool stopping = false;
    /// How to end the connections that wait for a request.
    std::unordered_map<const void*, std::function<void()>> idle;
    /// Called when the last connection ended while stopping.
    std::function<void()> drained;
};

/// Serves requests until either side ends the connection; after a handshake if there is TLS.
boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket,
                                   std::shared_ptr<Shared> shared);

/// Says 503 and closes: there are too many connections.
boost::asio::awaitable<void> turn_away(boost::asio::ip::tcp::socket socket,
                                       std::shared_ptr<Shared> shared);

}  // namespace orderhub::http
