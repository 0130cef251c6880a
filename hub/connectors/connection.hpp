// One TCP connection to a peer, with or without TLS. Internal to the HTTP client; used on the
// connector thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::connectors {

/// How an operation on a connection ended.
struct Transfer {
    boost::system::error_code error;
    std::size_t bytes = 0;
};

class Connection {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

    /// `tls` null for plain HTTP; otherwise it outlives the connection.
    Connection(boost::asio::io_context& io, boost::asio::ssl::context* tls);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The first endpoint that accepts.
    boost::asio::awaitable<boost::system::error_code> connect(Endpoints endpoints);
    /// The TLS handshake, with the certificate checked against `host`. Does nothing without TLS.
    boost::asio::awaitable<boost::system::error_code> handshake(std::string host);
    /// Why the peer's certificate was refused, in OpenSSL's words; empty if it was not.
    std::string certificate_problem();

    /// Writes all, or as much as went before an error. With TLS nothing can be said about a failed
    /// write: any error counts as if bytes had gone.
    boost::asio::awaitable<Transfer> write(std::string_view bytes);
    boost::asio::awaitable<Transfer> read_some(boost::asio::mutable_buffer buffer);

    /// Whether the peer has kept an idle connection open and silent: anything to be read now is its
    /// end, or unasked.
    bool is_quiet();
    /// Ends the operation that is under way, if one is.
    void close();

    std::chrono::steady_clock::time_point idle_since;

private:
    Socket socket_;
    std::optional<boost::asio::ssl::stream<Socket&>> tls_;
};

}  // namespace orderhub::connectors
