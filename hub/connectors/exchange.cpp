#include "hub/connectors/exchange.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "hub/connectors/public_address.hpp"
#include "hub/connectors/response_reader.hpp"

namespace orderhub::connectors {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

bool is_safe(const std::string& method) {
    return method == "GET" || method == "HEAD";
}

/// What a lookup of a name leaves for the exchange, which may be gone when it ends.
struct Lookup {
    explicit Lookup(asio::io_context& io) : resolver(io) {}
    tcp::resolver resolver;
    bool is_done = false;
    error_code error;
    Connection::Endpoints endpoints;
};

}  // namespace

Exchange::Exchange(asio::io_context& io, ConnectionPool& pool, Trust& trust, WireRequest request)
    : io_(io),
      pool_(pool),
      trust_(trust),
      request_(std::move(request)),
      deadline_(io, request_.deadline),
      resolved_(io, asio::steady_timer::time_point::max()) {}

asio::awaitable<WireAnswer> Exchange::run() {
    deadline_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (self && !error) self->end(Ended::by_deadline);
    });
    WireAnswer answer = co_await run_within_deadline();
    deadline_.cancel();
    co_return answer;
}

asio::awaitable<WireAnswer> Exchange::run_within_deadline() {
    Attempt first = co_await attempt(true);
    if (auto* answer = std::get_if<WireAnswer>(&first)) co_return std::move(*answer);
    Attempt second = co_await attempt(false);
    if (auto* answer = std::get_if<WireAnswer>(&second)) co_return std::move(*answer);
    co_return failed("the connection was closed");
}

asio::awaitable<Exchange::Attempt> Exchange::attempt(bool may_reuse) {
    connection_ = may_reuse ? pool_.take(place()) : nullptr;
    const bool is_reused = connection_ != nullptr;
    if (!is_reused)
        if (auto problem = co_await open()) co_return std::move(*problem);
    if (ended_ != Ended::no) co_return failed("");
    if (request_.may_act && !is_safe(request_.method) && !request_.may_act()) {
        pool_.give(place(), std::move(connection_));
        co_return failed("another hub may be about to do this");
    }

    const std::string text = wire_text();
    const Transfer written = co_await connection_->write(text);
    sent_ = sent_ || written.bytes > 0;
    if (written.error && written.bytes == 0 && is_reused && ended_ == Ended::no) co_return Stale{};

    // Also after a failed write: a peer that refuses a large body answers first and closes then.
    ResponseReader reader(request_.method == "HEAD", request_.max_response_bytes);
    const error_code error = co_await read(reader);
    if (!error && ended_ == Ended::no) {
        if (reader.keeps_connection() && !written.error)
            pool_.give(place(), std::move(connection_));
        co_return reader.answer();
    }
    if (is_reused && !reader.has_begun() && is_safe(request_.method) && ended_ == Ended::no)
        co_return Stale{};
    co_return failed("no complete answer came: " + error.message());
}

asio::awaitable<error_code> Exchange::read(ResponseReader& reader) {
    while (!reader.is_complete()) {
        const Transfer got = co_await connection_->read_some(reader.room());
        error_code error = reader.take(got.bytes);
        if (!error && got.error)
            error =
                got.error == asio::error::eof && reader.has_begun() ? reader.take_end() : got.error;
        if (error) co_return error;
    }
    co_return error_code{};
}

asio::awaitable<std::optional<WireAnswer>> Exchange::open() {
    asio::ssl::context* tls = request_.target.tls ? trust_.context() : nullptr;
    if (request_.target.tls && !tls) co_return failed(trust_.problem());
    Connection::Endpoints endpoints;
    if (auto problem = co_await resolve(endpoints)) co_return problem;
    // After the lookup: what a name means is said by whoever runs its name server, at that moment.
    if (request_.only_public)
        std::erase_if(endpoints, [](const auto& each) { return !is_public(each.address()); });
    if (endpoints.empty())
        co_return failed(request_.target.host + " is not an address of the public internet");

    connection_ = std::make_unique<Connection>(io_, tls);
    const error_code refused = co_await connection_->connect(std::move(endpoints));
    if (refused)
        co_return failed("cannot connect to " + request_.target.authority() + ": " +
                         refused.message());
    const error_code distrusted = co_await connection_->handshake(request_.target.host);
    if (!distrusted) co_return std::nullopt;
    const std::string certificate = connection_->certificate_problem();
    co_return failed(
        "no TLS connection to " + request_.target.authority() + ": " +
        (certificate.empty() ? distrusted.message() : "certificate not accepted: " + certificate));
}

asio::awaitable<std::optional<WireAnswer>> Exchange::resolve(Connection::Endpoints& endpoints) {
    error_code not_numeric;
    const auto address = asio::ip::make_address(request_.target.host, not_numeric);
    if (!not_numeric) {
        endpoints.emplace_back(address, request_.target.port);
        co_return std::nullopt;
    }
    // The lookup blocks a thread of its own and cannot be interrupted: the exchange leaves it
    // behind if it must end.
    const auto lookup = std::make_shared<Lookup>(io_);
    lookup->resolver.async_resolve(request_.target.host, std::to_string(request_.target.port),
                                   tcp::resolver::numeric_service,
                                   [lookup, weak = weak_from_this()](
                                       error_code error, const tcp::resolver::results_type& found) {
                                       lookup->is_done = true;
                                       lookup->error = error;
                                       for (const auto& entry : found)
                                           lookup->endpoints.push_back(entry.endpoint());
                                       if (const auto self = weak.lock()) self->resolved_.cancel();
                                   });
    if (ended_ == Ended::no) co_await resolved_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (ended_ != Ended::no) co_return failed("");
    if (lookup->error || lookup->endpoints.empty())
        co_return failed("the name " + request_.target.host +
                         " cannot be found: " + lookup->error.message());
    endpoints = lookup->endpoints;
    co_return std::nullopt;
}

void Exchange::interrupt() {
    end(Ended::by_stop);
}

void Exchange::end(Ended reason) {
    if (ended_ == Ended::no) ended_ = reason;
    if (connection_) connection_->close();
    resolved_.cancel();
}

WireAnswer Exchange::failed(std::string words) const {
    if (ended_ == Ended::by_deadline) words = "no complete answer within the time allowed";
    if (ended_ == Ended::by_stop) words = "the connector is being stopped";
    oh_http_outcome outcome = sent_ ? OH_HTTP_NO_ANSWER : OH_HTTP_NOT_SENT;
    if (ended_ == Ended::by_stop && !sent_) outcome = OH_HTTP_STOPPING;
    return WireAnswer{outcome, 0, {}, std::move(words)};
}

std::string Exchange::place() const {
    const Target& target = request_.target;
    return request_.owner + (target.tls ? " https " : " http ") + target.host + " " +
           std::to_string(target.port);
}

std::string Exchange::wire_text() const {
    std::string text = request_.method + " " + request_.target.path + " HTTP/1.1\r\n";
    text += "Host: " + request_.target.authority() + "\r\n";
    for (const Header& header : request_.headers)
        text += header.name + ": " + header.value + "\r\n";
    if (!request_.body.empty() || !is_safe(request_.method))
        text += "Content-Length: " + std::to_string(request_.body.size()) + "\r\n";
    return text + "\r\n" + request_.body;
}

}  // namespace orderhub::connectors
