#include "hub/connectors/child_process.hpp"

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <utility>

namespace orderhub::connectors {

namespace asio = boost::asio;
using boost::system::error_code;

ChildProcess::ChildProcess(asio::io_context& io, const Spawned& spawned, Events events)
    : pid_(spawned.pid),
      running_(spawned.running),
      events_(std::move(events)),
      socket_(io, asio::local::stream_protocol(), spawned.socket),
      errors_(io, spawned.errors),
      ended_(io, spawned.ended),
      frame_pause_(io),
      output_pause_(io) {
    ::close(spawned.running);
    socket_.non_blocking(true);
}

void ChildProcess::start() {
    read_frames();
    read_output();
    watch_end();
}

void ChildProcess::kill(const std::string& reason) {
    if (is_over_) return;
    if (reason_.empty()) reason_ = reason;
    kill_group(pid_);
}

void ChildProcess::watch_end() {
    ended_.async_wait(asio::posix::stream_descriptor::wait_read,
                      [self = shared_from_this()](error_code) { self->finish(); });
}

/// What it said last is still in the socket and the pipe.
void ChildProcess::finish() {
    is_over_ = true;
    // Those that it started go with it.
    kill_group(pid_);
    const std::string words = end_of(pid_);
    if (reason_.empty()) reason_ = words;
    error_code error;
    errors_.non_blocking(true, error);
    for (std::size_t count = 1, rounds = 0; !error && count > 0 && rounds < 16; ++rounds) {
        count = errors_.read_some(asio::buffer(output_), error);
        if (count > 0) events_.output({output_.data(), count});
    }
    socket_.close(error);
    errors_.close(error);
    ended_.close(error);
    frame_pause_.cancel();
    output_pause_.cancel();
    const Events events = std::exchange(events_, {});
    events.ended(reason_);
}

void ChildProcess::hold(std::chrono::milliseconds duration) {
    held_until_ = std::chrono::steady_clock::now() + duration;
}

bool ChildProcess::is_held() const {
    return std::chrono::steady_clock::now() < held_until_;
}

template <class Read>
void ChildProcess::read_later(asio::steady_timer& pause, Read read) {
    pause.expires_at(held_until_);
    pause.async_wait([self = shared_from_this(), read](error_code error) {
        if (!error && !self->is_over_) read(*self);
    });
}

void ChildProcess::read_frames() {
    if (is_held()) return read_later(frame_pause_, [](ChildProcess& self) { self.read_frames(); });
    socket_.async_read_some(asio::buffer(input_),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                                if (self->is_over_) return;
                                if (error) return;  // its end follows
                                self->cutter_.add({self->input_.data(), count});
                                self->cut_frames();
                            });
}

void ChildProcess::cut_frames() {
    while (auto frame = is_over_ ? std::nullopt : cutter_.next())
        events_.frame(std::move(*frame));
    if (is_over_) return;
    if (cutter_.is_broken()) return events_.broken();
    read_frames();
}

void ChildProcess::read_output() {
    if (is_held()) return read_later(output_pause_, [](ChildProcess& self) { self.read_output(); });
    errors_.async_read_some(asio::buffer(output_),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                                if (error || self->is_over_) return;
                                self->events_.output({self->output_.data(), count});
                                self->read_output();
                            });
}

void ChildProcess::send(const std::string& frame) {
    if (is_over_) return;
    unsent_ += frame;
    if (!is_writing_) write_more();
}

void ChildProcess::write_more() {
    error_code error;
    const std::size_t count = socket_.write_some(asio::buffer(unsent_), error);
    unsent_.erase(0, count);
    is_writing_ = !unsent_.empty() && (!error || error == asio::error::would_block);
    if (!is_writing_) return unsent_.clear();  // sent, or its end follows
    socket_.async_wait(asio::local::stream_protocol::socket::wait_write,
                       [self = shared_from_this()](error_code) {
                           if (!self->is_over_) self->write_more();
                       });
}

}  // namespace orderhub::connectors
