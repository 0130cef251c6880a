#include "tools/benchmarks/load.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "tools/benchmarks/loopback.hpp"

namespace orderhub::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kAnswerDeadlineMs = 10'000;

[[noreturn]] void give_up(const char* what) {
    throw std::runtime_error(fmt::format("the load generator's {} failed", what));
}

/// Status of the complete answer at the front of `in`, or 0 if it is not complete yet.
int answer_status(std::string_view in) {
    constexpr std::string_view kLength = "Content-Length: ";
    constexpr std::size_t kStatusAt = 9;  // after "HTTP/1.1 "
    const auto head = in.find("\r\n\r\n");
    if (head == in.npos) return 0;
    const auto length_at = in.substr(0, head).find(kLength);
    std::size_t length = 0;
    if (length_at != in.npos)
        std::from_chars(in.data() + length_at + kLength.size(), in.data() + head, length);
    if (in.size() < head + 4 + length) return 0;
    int status = 0;
    std::from_chars(in.data() + kStatusAt, in.data() + head, status);
    return status;
}

class Client {
public:
    explicit Client(std::uint16_t port) : socket_(connect_loopback(port)) {}

    int socket() const { return socket_.get(); }
    Clock::time_point due_at() const { return due_at_; }

    /// A request fits into the socket's buffer, so this does not wait.
    void send(const std::string& request, Clock::time_point due_at) {
        due_at_ = due_at;
        send_all(socket_.get(), request);
    }

    /// Call when there is something to read. 0: the answer is not complete yet.
    int receive() {
        std::array<char, 8'192> buffer;
        const ssize_t count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (count <= 0) give_up("receive");
        in_.append(buffer.data(), static_cast<std::size_t>(count));
        const int status = answer_status(in_);
        if (status != 0) in_.clear();
        return status;
    }

private:
    Descriptor socket_;
    std::string in_;
    Clock::time_point due_at_;
};

class Generator {
public:
    Generator(const Load& load, const std::vector<std::string>& requests)
        : requests_(requests), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
        for (int i = 0; i < load.connections; ++i) {
            clients_.push_back(std::make_unique<Client>(load.port));
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.ptr = clients_.back().get();
            if (::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, clients_.back()->socket(), &event) != 0)
                give_up("epoll");
        }
        if (load.per_second > 0)
            spacing_ = std::chrono::duration_cast<Clock::duration>(
                std::chrono::duration<double>(1 / load.per_second));
        result_.due.resize(requests.size());
        for (const auto& client : clients_)
            idle_.push_back(client.get());
        begin_ = Clock::now();
        end_ = begin_ + load.limit;
    }

    LoadResult run() {
        std::array<epoll_event, 64> events;
        send_due();
        while (waiting_ > 0 || has_more()) {
            const int count = ::epoll_wait(poll_.get(), events.data(),
                                           static_cast<int>(events.size()), wait_ms());
            if (count == 0 && !has_more()) give_up("wait for an answer");
            for (int i = 0; i < count; ++i)
                take(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr));
            send_due();
        }
        result_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        return std::move(result_);
    }

private:
    Clock::time_point next_due() const {
        return spacing_ == Clock::duration::zero()
                   ? Clock::now()
                   : begin_ + spacing_ * static_cast<Clock::rep>(next_);
    }
    bool has_more() const { return next_ < requests_.size() && next_due() < end_; }

    /// With a rate it looks again each millisecond at the latest: that is how exact it is.
    int wait_ms() const {
        const bool is_paced = spacing_ != Clock::duration::zero();
        return is_paced && has_more() && !idle_.empty() ? 1 : kAnswerDeadlineMs;
    }

    void send_due() {
        while (!idle_.empty() && has_more()) {
            const auto due = next_due();
            if (due > Clock::now()) return;
            Client* client = idle_.back();
            idle_.pop_back();
            result_.due[next_] = due;
            client->send(requests_[next_++], due);
            ++waiting_;
        }
    }

    void take(Client& client) {
        const int status = client.receive();
        if (status == 0) return;
        --waiting_;
        if (status == 202) {
            ++result_.accepted;
            result_.latencies.add(Clock::now() - client.due_at());
        } else {
            ++result_.others;
        }
        idle_.push_back(&client);
    }

    const std::vector<std::string>& requests_;
    Descriptor poll_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<Client*> idle_;
    Clock::time_point begin_, end_;
    Clock::duration spacing_{};  ///< between two requests; zero without a rate
    std::size_t next_ = 0;
    int waiting_ = 0;
    LoadResult result_;
};

}  // namespace

LoadResult run_load(const Load& load, const std::vector<std::string>& requests) {
    return Generator(load, requests).run();
}

}  // namespace orderhub::bench
