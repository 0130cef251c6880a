// The HTTP/1.1 server: sockets, limits and deadlines. What a request means is the handler's
// business.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/domain/result.hpp"
#include "hub/http/message.hpp"

namespace orderhub::http {

/// Where certificate (with its chain) and key lie, as PEM.
struct TlsFiles {
    std::string certificate;
    std::string key;
    std::string min_version = "1.2";  ///< or "1.3"
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one
    std::size_t max_body_bytes = 1024 * 1024;
    std::uint32_t max_header_bytes = 16 * 1024;
    std::size_t max_connections = 1024;
    std::optional<TlsFiles> tls = std::nullopt;     ///< without it: plain HTTP
    std::vector<std::string> trusted_proxies = {};  ///< addresses whose X-Forwarded-* are believed
    std::chrono::milliseconds header_deadline{15'000};  ///< also the longest pause between requests
    std::chrono::milliseconds body_deadline{30'000};
    std::chrono::milliseconds write_deadline{30'000};
    std::chrono::milliseconds stop_deadline{
        5'000};  ///< for requests under way when stop() is called
};

/// Until when the certificate is good, and whether it has expired. Errors as of
/// Server::reload_tls().
struct CertificateTerm {
    std::string expires;  ///< the day: "2027-01-31"
    bool has_expired = false;
};
Result<CertificateTerm> check_tls(const TlsFiles& files);

/// Called when the server refuses a request by itself, with the status it gave. Socket thread; must
/// be quick.
using OnRefused = std::function<void(int status)>;

class Server {
public:
    virtual ~Server() = default;
    /// Where it listens. Valid from the start.
    virtual std::uint16_t port() const = 0;
    virtual std::size_t connections() const = 0;
    /// Reads certificate and key again, for connections that begin from now on, and says until when
    /// the certificate is good. What cannot be used, or has expired, is refused: the old ones stay.
    /// Any thread. Errors: Invalid "bad_tls"; Conflict "no_tls" if it speaks plain HTTP.
    virtual Result<std::string> reload_tls() = 0;
    /// No new connections; requests under way are answered, up to the stop deadline. Joins the
    /// socket thread.
    virtual void stop() = 0;
};

/// Listens and starts the socket thread. Throws std::runtime_error with a sentence if the address
/// cannot be had.
std::unique_ptr<Server> start_server(ServerSettings settings, Handler handler,
                                     OnRefused refused = {});

}  // namespace orderhub::http
