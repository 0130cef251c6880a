#include "raw_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace orderhub::connectors::test {
namespace {

/// Listens on a free port of loopback.
int listen_on_loopback(std::uint16_t& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(socket, 2048) != 0)
        throw std::runtime_error("cannot listen on loopback");
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
    return socket;
}

std::size_t body_length(std::string_view head) {
    constexpr std::string_view kName = "Content-Length: ";
    const std::size_t at = head.find(kName);
    return at == head.npos ? 0 : std::strtoull(head.data() + at + kName.size(), nullptr, 10);
}

}  // namespace

PeerConnection::~PeerConnection() {
    close();
}

std::size_t PeerConnection::read(char* buffer, std::size_t size) {
    const auto got = tls_ ? static_cast<ssize_t>(SSL_read(tls_, buffer, static_cast<int>(size)))
                          : ::recv(socket_, buffer, size, 0);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

std::string PeerConnection::read_request() {
    for (;;) {
        const std::size_t head_end = buffered_.find("\r\n\r\n");
        if (head_end != buffered_.npos) {
            const std::size_t size = head_end + 4 + body_length(buffered_.substr(0, head_end));
            if (buffered_.size() >= size) {
                std::string request = buffered_.substr(0, size);
                buffered_.erase(0, size);
                return request;
            }
        }
        char chunk[4096];
        const std::size_t got = read(chunk, sizeof chunk);
        if (got == 0) return {};
        buffered_.append(chunk, got);
    }
}

void PeerConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = tls_ ? static_cast<ssize_t>(
                                     SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void PeerConnection::reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
}

void PeerConnection::close() {
    const int socket = socket_.exchange(-1);
    if (socket >= 0) ::close(socket);
}

void PeerConnection::wait_for_end() {
    char chunk[4096];
    while (read(chunk, sizeof chunk) > 0) {
    }
}

RawPeer::RawPeer(Script script, const std::string& certificate, const std::string& key)
    : script_(std::move(script)), listener_(listen_on_loopback(port_)) {
    if (!certificate.empty()) {
        tls_.reset(SSL_CTX_new(TLS_server_method()));
        if (SSL_CTX_use_certificate_chain_file(tls_.get(), certificate.c_str()) != 1 ||
            SSL_CTX_use_PrivateKey_file(tls_.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
            throw std::runtime_error("cannot use the test certificate");
    }
    acceptor_ = std::thread([this] { accept_all(); });
}

RawPeer::~RawPeer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
        const std::lock_guard lock(mutex_);
        for (const int socket : sockets_)
            ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_)
        thread.join();
}

void RawPeer::accept_all() {
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        const int index = accepted_++;
        const std::lock_guard lock(mutex_);
        sockets_.push_back(socket);
        threads_.emplace_back([this, socket, index] { serve(socket, index); });
    }
}

void RawPeer::serve(int socket, int index) {
    const std::unique_ptr<SSL, void (*)(SSL*)> tls(tls_ ? SSL_new(tls_.get()) : nullptr, &SSL_free);
    PeerConnection connection(socket, tls.get());
    const bool is_open = !tls || (SSL_set_fd(tls.get(), socket) == 1 && SSL_accept(tls.get()) == 1);
    if (is_open) script_(connection, index);
    const std::lock_guard lock(mutex_);
    std::erase(sockets_, socket);
    connection.close();
}

std::string http_response(std::string_view body, std::string_view extra_headers, int status) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + std::string(extra_headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::uint16_t unused_port() {
    std::uint16_t port = 0;
    ::close(listen_on_loopback(port));
    return port;
}

}  // namespace orderhub::connectors::test
