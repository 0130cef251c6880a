// One request and its answer. Internal to the HTTP client.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "hub/connectors/connection_pool.hpp"
#include "hub/connectors/http_client.hpp"
#include "hub/connectors/tls.hpp"

namespace orderhub::connectors {

class ResponseReader;

class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    Exchange(boost::asio::io_context& io, ConnectionPool& pool, Trust& trust, WireRequest request);

    boost::asio::awaitable<WireAnswer> run();
    /// Ends it early.
    void interrupt();

private:
    enum class Ended { no, by_deadline, by_stop };
    /// Nothing came of a pooled connection that its peer had closed: a fresh one may be tried.
    struct Stale {};
    using Attempt = std::variant<WireAnswer, Stale>;

    boost::asio::awaitable<WireAnswer> run_within_deadline();
    boost::asio::awaitable<Attempt> attempt(bool may_reuse);
    boost::asio::awaitable<std::optional<WireAnswer>> open();
    boost::asio::awaitable<std::optional<WireAnswer>> resolve(Connection::Endpoints& endpoints);
    boost::asio::awaitable<boost::system::error_code> read(ResponseReader& reader);

    void end(Ended reason);
    WireAnswer failed(std::string words) const;
    std::string place() const;
    std::string wire_text() const;

    boost::asio::io_context& io_;
    ConnectionPool& pool_;
    Trust& trust_;
    WireRequest request_;
    boost::asio::steady_timer deadline_;
    boost::asio::steady_timer resolved_;  ///< cancelled to wake resolve()
    std::unique_ptr<Connection> connection_;
    Ended ended_ = Ended::no;
    bool sent_ = false;  ///< a byte of the request was handed to the kernel
};

}  // namespace orderhub::connectors
