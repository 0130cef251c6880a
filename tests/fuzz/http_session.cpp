// The HTTP server from the wire: the input is what one client sends before it closes its side. The
// server answers with nothing or with HTTP, hands on only requests that keep to its limits, and
// goes on serving.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <string>

#include "hub/http/server.hpp"
#include "hub/http/target.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

constexpr std::size_t kMostBody = 4096;

void answer(const http::Request& request, const http::Respond& respond) {
    require(request.body.size() <= kMostBody, "a body is within its limit");
    require(!request.method.empty() && !request.target.empty(),
            "a request has a method and target");
    for (const auto& header : request.headers) {
        const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
        require(std::ranges::none_of(header.name, is_upper), "header names are in lower case");
        require(header.value.find_first_of("\r\n") == header.value.npos, "a header is one line");
    }
    http::Response response;
    response.body = http::parse_target(request.target) ? "{}" : "{\"code\":\"bad_target\"}";
    response.status = response.body == "{}" ? 200 : 400;
    respond(std::move(response));
}

/// libFuzzer's alarm clock interrupts what waits.
template <class Call>
ssize_t whole(Call call) {
    ssize_t done = call();
    while (done < 0 && errno == EINTR)
        done = call();
    return done;
}

/// One server for the whole run.
class Wire {
public:
    Wire() {
        http::ServerSettings settings;
        settings.max_body_bytes = kMostBody;
        settings.max_header_bytes = 2048;
        settings.header_deadline = std::chrono::seconds(5);
        settings.body_deadline = std::chrono::seconds(5);
        server_ = http::start_server(settings, answer);
    }
    ~Wire() { server_->stop(); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// Everything that the server sends until it closes.
    std::string exchange(std::string_view bytes) const {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server_->port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        require(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0,
                "the server takes connections");
        while (!bytes.empty()) {
            const auto sent =
                whole([&] { return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL); });
            if (sent <= 0) break;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        ::shutdown(socket, SHUT_WR);
        std::string out;
        char buffer[4096];
        for (ssize_t got = 1; got > 0;) {
            got = whole([&] { return ::recv(socket, buffer, sizeof buffer, 0); });
            if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
        }
        // A reset, not a wait of a minute for each of thousands of connections.
        const linger at_once{1, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        ::close(socket);
        return out;
    }

private:
    std::unique_ptr<http::Server> server_;
};

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub::fuzz;
    static const Wire wire;
    static std::size_t runs = 0;
    const auto answer = wire.exchange(text_of(data, size));
    require(answer.empty() || answer.starts_with("HTTP/1."), "what is sent back is HTTP");
    if (++runs % 64 == 0)
        require(wire.exchange("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                    .starts_with("HTTP/1.1 200"),
                "the next client is served");
    return 0;
}
