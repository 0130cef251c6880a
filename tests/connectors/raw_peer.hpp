// A scripted peer on loopback that can misbehave in every way that a socket can.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace orderhub::connectors::test {

/// The peer's side of one accepted connection. All functions block; a test that hangs in one is
/// ended by the peer's stop.
class PeerConnection {
public:
    PeerConnection(int socket, SSL* tls) : socket_(socket), tls_(tls) {}
    ~PeerConnection();
    PeerConnection(const PeerConnection&) = delete;
    PeerConnection& operator=(const PeerConnection&) = delete;

    /// The next complete request (head and Content-Length body); empty once the client has gone.
    std::string read_request();
    void send(std::string_view bytes);
    /// Closes with RST instead of FIN.
    void reset();
    void close();
    /// Returns once the client has closed its side.
    void wait_for_end();

private:
    std::size_t read(char* buffer, std::size_t size);

    std::atomic<int> socket_;
    SSL* tls_;
    std::string buffered_;
};

class RawPeer {
public:
    /// Runs for each accepted connection, on its own thread; `index` counts connections from 0.
    using Script = std::function<void(PeerConnection&, int index)>;

    /// With certificate and key files it speaks TLS.
    explicit RawPeer(Script script, const std::string& certificate = {},
                     const std::string& key = {});
    ~RawPeer();

    std::uint16_t port() const { return port_; }
    int connections() const { return accepted_; }

private:
    void accept_all();
    void serve(int socket, int index);

    Script script_;
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> tls_{nullptr, &SSL_CTX_free};
    std::uint16_t port_ = 0;
    int listener_ = -1;
    std::atomic<int> accepted_{0};
    std::mutex mutex_;
    std::vector<int> sockets_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

/// A complete response.
std::string http_response(std::string_view body, std::string_view extra_headers = {},
                          int status = 200);

/// A port of loopback on which nobody listens.
std::uint16_t unused_port();

}  // namespace orderhub::connectors::test
