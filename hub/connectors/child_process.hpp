// One process of a connector: its frames, its lines, its end. On the connector thread.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hub/connectors/frames.hpp"
#include "hub/connectors/running_call.hpp"
#include "hub/connectors/spawn.hpp"

namespace orderhub::connectors {

class ChildProcess : public std::enable_shared_from_this<ChildProcess> {
public:
    struct Events {
        std::function<void(Frame)> frame;
        /// What it wrote to its standard output or error; cut into lines elsewhere.
        std::function<void(std::string_view)> output;
        /// It sent what is no frame; nothing more is read.
        std::function<void()> broken;
        /// It has ended, and why. The last event.
        std::function<void(const std::string& reason)> ended;
    };

    ChildProcess(boost::asio::io_context& io, const Spawned& spawned, Events events);

    /// Begins to listen.
    void start();
    /// Sends a whole frame; waits in memory if the process does not read.
    void send(const std::string& frame);
    /// Ends it; `reason` is what `ended` gets to hear. Does nothing after the first time.
    void kill(const std::string& reason);
    /// Reads nothing more for so long: whoever floods the hub waits.
    void hold(std::chrono::milliseconds duration);
    bool is_held() const;

    pid_t pid() const { return pid_; }
    /// The call whose code runs, or ran when it ended; 0 for none. The process's word.
    std::uint32_t running_call() const { return running_.get(); }

private:
    void read_frames();
    void cut_frames();
    void read_output();
    template <class Read>
    void read_later(boost::asio::steady_timer& pause, Read read);
    void write_more();
    void watch_end();
    void finish();

    const pid_t pid_;
    const RunningCall running_;
    Events events_;
    boost::asio::local::stream_protocol::socket socket_;
    boost::asio::posix::stream_descriptor errors_;
    boost::asio::posix::stream_descriptor ended_;
    boost::asio::steady_timer frame_pause_;
    boost::asio::steady_timer output_pause_;
    std::chrono::steady_clock::time_point held_until_{};
    std::array<char, 64 * 1024> input_{};
    std::array<char, 64 * 1024> output_{};
    FrameCutter cutter_;
    std::string unsent_;
    bool is_writing_ = false;
    bool is_over_ = false;
    std::string reason_;
};

}  // namespace orderhub::connectors
