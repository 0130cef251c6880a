#include "wire.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace orderhub::sandbox {
namespace {

constexpr int kPollMs = 100;
constexpr int kIdleMs = 5000;
constexpr int kReadMs = 20'000;
constexpr std::size_t kPieces = 8;

/// The delivery of the request that this thread is serving.
thread_local Delivery current_delivery;

bool readable(socket_t sock, int milliseconds) {
    pollfd wait{sock, POLLIN, 0};
    return poll(&wait, 1, milliseconds) > 0;
}

bool send_all(socket_t sock, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(sock, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Reads from the socket, keeps everything that is written until the delivery is known.
class HeldStream : public httplib::Stream {
public:
    HeldStream(socket_t sock, std::string& unread) : sock_(sock), unread_(unread) {}

    bool is_readable() const override { return !unread_.empty() || readable(sock_, kReadMs); }
    bool is_writable() const override { return true; }

    ssize_t read(char* into, std::size_t size) override {
        if (unread_.empty()) {
            char buffer[8192];
            if (!readable(sock_, kReadMs)) return -1;
            const ssize_t got = recv(sock_, buffer, sizeof buffer, 0);
            if (got <= 0) return got;
            unread_.assign(buffer, static_cast<std::size_t>(got));
        }
        const std::size_t count = std::min(size, unread_.size());
        std::copy_n(unread_.begin(), count, into);
        unread_.erase(0, count);
        return static_cast<ssize_t>(count);
    }

    ssize_t write(const char* bytes, std::size_t size) override {
        held_.append(bytes, size);
        return static_cast<ssize_t>(size);
    }

    void get_remote_ip_and_port(std::string& ip, int& port) const override {
        ip = "127.0.0.1";
        port = 0;
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override {
        get_remote_ip_and_port(ip, port);
    }
    socket_t socket() const override { return sock_; }
    const std::string& held() const { return held_; }

private:
    socket_t sock_;
    std::string& unread_;
    std::string held_;
};

bool send_slowly(socket_t sock, const std::string& bytes, std::size_t body, std::int64_t delay_ms,
                 Stopper& stopper) {
    if (!send_all(sock, std::string_view(bytes).substr(0, body))) return false;
    const std::size_t piece = std::max<std::size_t>((bytes.size() - body) / kPieces, 1);
    for (std::size_t at = body; at < bytes.size(); at += piece) {
        if (!stopper.wait_ms(delay_ms / static_cast<std::int64_t>(kPieces))) return false;
        if (!send_all(sock, std::string_view(bytes).substr(at, piece))) return false;
    }
    return true;
}

/// False when the connection has to close.
bool deliver(socket_t sock, const std::string& bytes, const Delivery& delivery, Stopper& stopper) {
    const std::size_t head = std::min(bytes.find("\r\n\r\n") + 4, bytes.size());
    switch (delivery.kind) {
        case Delivery::Kind::Drop:
            return false;
        case Delivery::Kind::Truncate:
            send_all(sock, std::string_view(bytes).substr(0, head + (bytes.size() - head) / 2));
            return false;
        case Delivery::Kind::Slow:
            return send_slowly(sock, bytes, head, delivery.delay_ms, stopper);
        case Delivery::Kind::Send:
            break;
    }
    return send_all(sock, bytes) && !delivery.close;
}

}  // namespace

void Stopper::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
}

bool Stopper::wait_ms(std::int64_t milliseconds) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                              [this] { return stopped_; });
}

WireServer::WireServer(WireHandler handler, std::function<bool(const std::string&)> closes,
                       std::size_t threads, Stopper& stopper)
    : handler_(std::move(handler)), closes_(std::move(closes)), stopper_(stopper) {
    new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
    const auto all = [this](const httplib::Request& request, httplib::Response& response) {
        handler_(request, response, current_delivery);
    };
    Get(".*", all);
    Post(".*", all);
    Put(".*", all);
    Patch(".*", all);
    Delete(".*", all);
    set_keep_alive_max_count(1'000'000);
    set_payload_max_length(std::size_t{64} << 20U);
}

bool WireServer::wait_readable(socket_t sock) const {
    for (int waited = 0; waited < kIdleMs; waited += kPollMs) {
        if (readable(sock, kPollMs)) return true;
        if (svr_sock_ == INVALID_SOCKET) return false;
    }
    return false;
}

bool WireServer::serve_one(socket_t sock, std::string& unread) {
    HeldStream stream(sock, unread);
    current_delivery = {};
    bool closed = false;
    const bool good = process_request(stream, false, closed, [this](httplib::Request& request) {
        if (!closes_(request.path)) return;
        request.headers.erase("Connection");
        request.headers.emplace("Connection", "close");
        current_delivery.close = true;
    });
    const bool keep = deliver(sock, stream.held(), current_delivery, stopper_);
    return good && keep && !closed;
}

bool WireServer::process_and_close_socket(socket_t sock) {
    std::string unread;
    bool served = false;
    while ((!unread.empty() || wait_readable(sock)) && serve_one(sock, unread))
        served = true;
    shutdown(sock, SHUT_RDWR);
    close(sock);
    return served;
}

}  // namespace orderhub::sandbox
