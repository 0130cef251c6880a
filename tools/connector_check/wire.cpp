#include "wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <stdexcept>

namespace orderhub::kit {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

Texts parse_headers(std::string_view head) {
    Texts headers;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        const std::size_t colon = line.find(':');
        if (colon != line.npos) {
            const std::size_t value = line.find_first_not_of(' ', colon + 1);
            headers[lower(line.substr(0, colon))] =
                value == line.npos ? std::string() : std::string(line.substr(value));
        }
        head.remove_prefix(std::min(end + 2, head.size()));
    }
    return headers;
}

HttpRequest parse_head(std::string_view head) {
    HttpRequest request;
    const std::size_t line_end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, line_end);
    const std::size_t first = std::min(line.find(' '), line.size());
    const std::size_t second = std::min(line.find(' ', first + 1), line.size());
    request.method = line.substr(0, first);
    if (first + 1 < second) request.target = line.substr(first + 1, second - first - 1);
    const std::size_t query = request.target.find('?');
    request.path = request.target.substr(0, query);
    if (query != std::string::npos) request.query = parse_form(request.target.substr(query + 1));
    request.headers = parse_headers(head.substr(std::min(line_end + 2, head.size())));
    return request;
}

std::size_t length_of(const HttpRequest& request) {
    const auto found = request.headers.find("content-length");
    return found == request.headers.end() ? 0 : std::strtoull(found->second.c_str(), nullptr, 10);
}

}  // namespace

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

std::optional<HttpRequest> read_request(int socket, std::string& buffered) {
    for (;;) {
        const std::size_t head_end = buffered.find(kHeadEnd);
        if (head_end != buffered.npos) {
            HttpRequest request = parse_head(std::string_view(buffered).substr(0, head_end));
            const std::size_t begin = head_end + kHeadEnd.size();
            const std::size_t length = length_of(request);
            if (buffered.size() >= begin + length) {
                request.body = buffered.substr(begin, length);
                buffered.erase(0, begin + length);
                return request;
            }
        }
        char chunk[16384];
        const ssize_t got = ::recv(socket, chunk, sizeof chunk, 0);
        if (got <= 0) return std::nullopt;
        buffered.append(chunk, static_cast<std::size_t>(got));
    }
}

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool has_gone_within(int socket, int milliseconds) {
    pollfd one{socket, POLLIN | POLLRDHUP, 0};
    return ::poll(&one, 1, milliseconds) > 0;
}

void reset(int socket) {
    const linger hard{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

std::string response_head(int status, const Texts& headers, std::size_t length) {
    std::string head = "HTTP/1.1 " + std::to_string(status) + " X\r\n";
    for (const auto& [name, value] : headers)
        head += name + ": " + value + "\r\n";
    return head + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

}  // namespace orderhub::kit
