#include "hub/http/session.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <optional>

#include "hub/http/origin.hpp"
#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using Parser = wire::request_parser<wire::string_body>;
using Message = wire::request<wire::string_body>;

constexpr std::chrono::seconds kDrainDeadline{5};
constexpr std::size_t kUsualRequestBytes = 8 * 1024;
constexpr std::size_t kDrainBytes = 4 * 1024 * 1024;

/// Counts a connection for as long as it lives.
class Counted {
public:
    explicit Counted(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {
        ++shared_->connections;
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() {
        if (--shared_->connections == 0 && shared_->stopping && shared_->drained)
            shared_->drained();
    }

private:
    std::shared_ptr<Shared> shared_;
};

using TlsStream = beast::ssl_stream<beast::tcp_stream>;

/// Where the deadlines are kept.
template <class Stream>
beast::tcp_stream& lowest(Stream& stream) {
    return beast::get_lowest_layer(stream);
}

/// Lets stop() end the connection while it waits for a request.
class Idle {
public:
    Idle(Shared& shared, beast::tcp_stream& stream) : shared_(shared), key_(&stream) {
        shared_.idle.emplace(key_, [&stream] { stream.cancel(); });
    }
    Idle(const Idle&) = delete;
    Idle& operator=(const Idle&) = delete;
    ~Idle() { shared_.idle.erase(key_); }

private:
    Shared& shared_;
    const void* key_;
};

/// Completes the waiting coroutine on its executor, once, from whatever thread the answer comes.
template <class Completion>
class Waiter {
public:
    Waiter(std::shared_ptr<asio::io_context> context, Completion completion)
        : context_(std::move(context)), completion_(std::move(completion)) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() { give(problem(500, "no_answer", "The request was dropped.")); }

    void give(Response response) {
        if (given_.exchange(true)) return;
        asio::post(*context_,
                   [completion = std::move(completion_), answer = std::move(response)]() mutable {
                       std::move(completion)(std::move(answer));
                   });
    }

private:
    std::shared_ptr<asio::io_context> context_;  // outlives the coroutine held by completion_
    Completion completion_;
    std::atomic<bool> given_ = false;
};

/// Calls `begin` with a Respond and waits for what it is given.
asio::awaitable<Response> ask(std::shared_ptr<Shared> shared, NextPiece begin) {
    auto start = [](auto completion, std::shared_ptr<Shared> with, NextPiece what) {
        using Kind = Waiter<std::decay_t<decltype(completion)>>;
        auto waiter = std::make_shared<Kind>(with->context.lock(), std::move(completion));
        what([waiter](Response answer) { waiter->give(std::move(answer)); });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
        std::move(start), asio::use_awaitable, std::move(shared), std::move(begin));
}

/// What is known of the other side of a connection.
struct Peer {
    std::string address;
    bool secure = false;  ///< over TLS
};

Request to_request(Message&& message, const Peer& peer,
                   const std::vector<std::string>& trusted_proxies) {
    Request request;
    request.secure = peer.secure;
    request.method = message.method_string();
    request.target = message.target();
    for (const auto& field : message) {
        std::string name(field.name_string());
        std::ranges::transform(name, name.begin(),
                               [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
        request.headers.push_back({std::move(name), std::string(field.value())});
    }
    request.body = std::move(message.body());
    set_origin(request, peer.address, trusted_proxies);
    return request;
}

template <class Message>
void set_header(Message& message, const Response& answer, bool keep_alive) {
    message.set(wire::field::content_type, answer.content_type);
    message.set("X-Content-Type-Options", "nosniff");
    message.set(wire::field::cache_control, "no-store");
    for (const auto& header : answer.headers)
        header.name == "Set-Cookie" ? message.insert(header.name, header.value)
                                    : message.set(header.name, header.value);
    message.keep_alive(keep_alive);
}

/// Writes an answer; `bodyless` for HEAD.
template <class Stream>
asio::awaitable<void> write(Stream& stream, Response answer, bool keep_alive, bool bodyless,
                            beast::error_code& error) {
    wire::response<wire::string_body> message(static_cast<wire::status>(answer.status), 11);
    set_header(message, answer, keep_alive);
    message.body() = std::move(answer.body);
    message.prepare_payload();
    if (bodyless) message.body().clear();
    co_await wire::async_write(stream, message, into(error));
}

/// Writes a body that goes on, in chunks, until it ends or the peer does not take a piece within
/// the write deadline. The next piece is asked for when the last one is on its way: a slow reader
/// costs one piece.
template <class Stream>
asio::awaitable<void> write_pieces(Stream& stream, std::shared_ptr<Shared> shared, Response answer,
                                   bool bodyless) {
    beast::error_code error;
    wire::response<wire::empty_body> head(static_cast<wire::status>(answer.status), 11);
    set_header(head, answer, false);
    head.chunked(true);
    wire::response_serializer<wire::empty_body> serializer(head);
    co_await wire::async_write_header(stream, serializer, into(error));
    while (!error && !bodyless) {
        lowest(stream).expires_never();
        const auto piece = co_await ask(shared, answer.pieces);
        lowest(stream).expires_after(shared->settings.write_deadline);
        if (piece.status != 200 || piece.body.empty()) {
            co_await asio::async_write(stream, wire::make_chunk_last(), into(error));
            co_return;
        }
        co_await asio::async_write(stream, wire::make_chunk(asio::buffer(piece.body)), into(error));
    }
}

/// Ends a connection so that the peer can still read what was written, even if it is still sending.
asio::awaitable<void> close(beast::tcp_stream& stream, bool drain) {
    beast::error_code error;
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    std::array<char, 16 * 1024> sink;
    std::size_t seen = 0;
    stream.expires_after(kDrainDeadline);
    while (drain && !error && seen < kDrainBytes)
        seen += co_await stream.async_read_some(asio::buffer(sink), into(error));
}

/// The same after the word that ends TLS.
asio::awaitable<void> close(TlsStream& stream, bool drain) {
    beast::error_code error;
    lowest(stream).expires_after(kDrainDeadline);
    co_await stream.async_shutdown(into(error));
    if (lowest(stream).socket().is_open()) co_await close(lowest(stream), drain && !error);
}

/// The answer to a request that could not be read; nothing if there is nobody to answer.
std::optional<Response> refusal(const beast::error_code& error) {
    if (error == wire::error::body_limit)
        return problem(413, "body_too_large", "The body is larger than this server accepts.");
    if (error == wire::error::header_limit)
        return problem(431, "header_too_large", "The header is larger than this server accepts.");
    if (error == wire::error::end_of_stream || error == wire::error::partial_message)
        return std::nullopt;
    if (error.category() == make_error_code(wire::error::bad_value).category())
        return problem(400, "bad_http", "This is not an HTTP/1.1 request.");
    return std::nullopt;
}

/// Reads the header under its deadline, during which stop() may end the connection, then the body.
template <class Stream>
asio::awaitable<void> read(Stream& stream, beast::flat_buffer& buffer, Parser& parser,
                           Shared& shared, beast::error_code& error) {
    lowest(stream).expires_after(shared.settings.header_deadline);
    {
        Idle idle(shared, lowest(stream));
        co_await wire::async_read_header(stream, buffer, parser, into(error));
    }
    if (error) co_return;
    lowest(stream).expires_after(shared.settings.body_deadline);
    if (beast::iequals(parser.get()[wire::field::expect], "100-continue")) {
        wire::response<wire::empty_body> go_on(wire::status::continue_, 11);
        co_await wire::async_write(stream, go_on, into(error));
        if (error) co_return;
    }
    co_await wire::async_read(stream, buffer, parser, into(error));
    if (error == beast::error::timeout && shared.refused) shared.refused(408);
}

/// One request and its answer; false when the connection is over.
template <class Stream>
asio::awaitable<bool> exchange(Stream& stream, beast::flat_buffer& buffer,
                               std::shared_ptr<Shared> shared, const Peer& peer) {
    beast::error_code error;
    Parser parser;
    parser.body_limit(shared->settings.max_body_bytes);
    parser.header_limit(shared->settings.max_header_bytes);
    co_await read(stream, buffer, parser, *shared, error);
    if (error) {
        auto answer = refusal(error);
        if (!answer) co_return false;
        if (shared->refused) shared->refused(answer->status);
        lowest(stream).expires_after(shared->settings.write_deadline);
        co_await write(stream, std::move(*answer), false, false, error);
        if (!error) co_await close(stream, true);
        co_return false;
    }
    auto message = parser.release();
    const bool wants_more = message.keep_alive();
    const bool bodyless = message.method() == wire::verb::head;
    lowest(stream).expires_never();
    auto answer = co_await ask(
        shared,
        [shared, request = to_request(std::move(message), peer, shared->settings.trusted_proxies)](
            Respond respond) mutable { shared->handler(std::move(request), std::move(respond)); });
    const bool keep_alive = wants_more && !shared->stopping;
    if (peer.secure) answer.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
    lowest(stream).expires_after(shared->settings.write_deadline);
    if (answer.pieces) {
        co_await write_pieces(stream, shared, std::move(answer), bodyless);
        co_return false;
    }
    co_await write(stream, std::move(answer), keep_alive, bodyless, error);
    co_return keep_alive && !error;
}

template <class Stream>
asio::awaitable<void> serve_on(Stream& stream, std::shared_ptr<Shared> shared, const Peer& peer) {
    // Most requests come whole with one read then, instead of in pieces of 512 bytes.
    beast::flat_buffer buffer;
    buffer.reserve(kUsualRequestBytes);
    while (!shared->stopping && co_await exchange(stream, buffer, shared, peer)) {
    }
    if (lowest(stream).socket().is_open()) co_await close(stream, false);
}

/// The handshake has the deadline of a header; after it all is as without TLS.
asio::awaitable<void> serve_tls(beast::tcp_stream plain, std::shared_ptr<Shared> shared,
                                Peer peer) {
    const auto tls = shared->tls;  // may be replaced while this connection lives
    TlsStream stream(std::move(plain), *tls);
    beast::error_code error;
    lowest(stream).expires_after(shared->settings.header_deadline);
    {
        Idle idle(*shared, lowest(stream));
        co_await stream.async_handshake(asio::ssl::stream_base::server, into(error));
    }
    if (!error) co_await serve_on(stream, shared, peer);
}

}  // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, std::shared_ptr<Shared> shared) {
    Counted counted(shared);
    beast::error_code error;
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    const auto remote = socket.remote_endpoint(error);
    const std::string peer = error ? std::string() : remote.address().to_string();
    beast::tcp_stream stream(std::move(socket));
    if (shared->tls)
        co_await serve_tls(std::move(stream), shared, {peer, true});
    else
        co_await serve_on(stream, shared, Peer{peer, false});
}

asio::awaitable<void> turn_away(asio::ip::tcp::socket socket, std::shared_ptr<Shared> shared) {
    if (shared->refused) shared->refused(503);
    if (shared->tls) co_return;  // a word in clear would not be understood
    beast::tcp_stream stream(std::move(socket));
    beast::error_code error;
    stream.expires_after(kDrainDeadline);
    auto answer = problem(503, "too_many_connections", "Too many connections; try again.");
    answer.headers.push_back({"Retry-After", "1"});
    co_await write(stream, std::move(answer), false, false, error);
    if (!error) co_await close(stream, true);
}

}  // namespace orderhub::http
