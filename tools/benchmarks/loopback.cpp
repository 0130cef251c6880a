#include "tools/benchmarks/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace orderhub::bench {

Descriptor::Descriptor(int value) : value_(value) {
    if (value < 0) throw std::runtime_error("there is no file descriptor left");
}

Descriptor::~Descriptor() {
    ::close(value_);
}

int connect_loopback(std::uint16_t port) {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(made, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(made);
        throw std::runtime_error("nobody listens on port " + std::to_string(port));
    }
    const int on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

void send_all(int socket, const std::string& text) {
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        throw std::runtime_error("a request could not be sent");
}

std::string loopback_get(std::uint16_t port, const std::string& path) {
    const Descriptor socket(connect_loopback(port));
    send_all(socket.get(),
             "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    std::string answer;
    std::array<char, 16'384> buffer;
    for (;;) {
        const ssize_t count = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
        if (count <= 0) return answer;
        answer.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace orderhub::bench
