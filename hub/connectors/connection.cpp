#include "hub/connectors/connection.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace orderhub::connectors {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

bool is_ip_address(const std::string& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

}  // namespace

Connection::Connection(asio::io_context& io, asio::ssl::context* tls) : socket_(io) {
    if (tls) tls_.emplace(socket_, *tls);
}

asio::awaitable<error_code> Connection::connect(Endpoints endpoints) {
    const auto [error, endpoint] = co_await asio::async_connect(socket_, endpoints, kTuple);
    if (error) co_return error;
    error_code ignored;  // without it small requests are only slower
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    co_return error;
}

asio::awaitable<error_code> Connection::handshake(std::string host) {
    if (!tls_) co_return error_code{};
    error_code error;
    tls_->set_verify_mode(asio::ssl::verify_peer, error);
    if (!error) tls_->set_verify_callback(asio::ssl::host_name_verification(host), error);
    if (error) co_return error;
    if (!is_ip_address(host) && !SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str()))
        co_return asio::error::make_error_code(asio::error::invalid_argument);
    const auto [outcome] = co_await tls_->async_handshake(asio::ssl::stream_base::client, kTuple);
    co_return outcome;
}

std::string Connection::certificate_problem() {
    const long result = tls_ ? SSL_get_verify_result(tls_->native_handle()) : X509_V_OK;
    return result == X509_V_OK ? "" : X509_verify_cert_error_string(result);
}

asio::awaitable<Transfer> Connection::write(std::string_view bytes) {
    const auto buffer = asio::buffer(bytes.data(), bytes.size());
    if (!tls_) {
        const auto [error, count] = co_await asio::async_write(socket_, buffer, kTuple);
        co_return Transfer{error, count};
    }
    const auto [error, count] = co_await asio::async_write(*tls_, buffer, kTuple);
    co_return Transfer{error, error ? bytes.size() : count};
}

asio::awaitable<Transfer> Connection::read_some(asio::mutable_buffer buffer) {
    if (tls_) {
        const auto [error, count] = co_await tls_->async_read_some(buffer, kTuple);
        co_return Transfer{error, count};
    }
    const auto [error, count] = co_await socket_.async_read_some(buffer, kTuple);
    co_return Transfer{error, count};
}

bool Connection::is_quiet() {
    if (!socket_.is_open()) return false;
    char byte = 0;
    const auto got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::close() {
    error_code ignored;
    socket_.close(ignored);
}

}  // namespace orderhub::connectors
