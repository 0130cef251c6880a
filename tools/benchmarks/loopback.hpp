// Plain sockets to this machine.
#pragma once

#include <cstdint>
#include <string>

namespace orderhub::bench {

/// A file descriptor that is closed with the object. Throws std::runtime_error if it is none.
class Descriptor {
public:
    explicit Descriptor(int value);
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }

private:
    int value_;
};

/// A connected socket that does not hold small writes back. Throws std::runtime_error.
int connect_loopback(std::uint16_t port);

/// Sends all of it. Throws std::runtime_error.
void send_all(int socket, const std::string& text);

/// Head and body of the answer to a GET.
std::string loopback_get(std::uint16_t port, const std::string& path);

}  // namespace orderhub::bench
