// Keeps the process of one connector alive: starts it, listens for its heart, ends it when it does
// not answer, starts it again after a pause, and gives up on one that ends again and again.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "hub/connectors/call.hpp"
#include "hub/connectors/child_lines.hpp"
#include "hub/connectors/child_process.hpp"
#include "hub/connectors/library_file.hpp"

namespace orderhub::connectors {

/// A call in the process, as the supervisor sees it.
class Conversation {
public:
    virtual ~Conversation() = default;
    virtual void frame(Frame frame) = 0;
    /// The process has ended in the middle of the call, for what this call did if `is_guilty`. The
    /// last word.
    virtual void broken(const std::string& reason, bool is_guilty) = 0;
    virtual std::chrono::steady_clock::time_point begun() const = 0;
};

/// On the connector thread, but for facts() and resume().
class Supervisor : public std::enable_shared_from_this<Supervisor> {
public:
    using Ready = std::function<void(Result<void>)>;
    using Clock = std::chrono::steady_clock;

    /// `services` and `context` must outlive it.
    Supervisor(Services& services, const InstanceContext& context, ProcessSettings settings,
               LibraryFile library);

    /// Starts it for the first time. A library or a configuration that is refused is an error; a
    /// process that ends is not: it is started again like any other.
    void start(std::string config, Ready ready);
    /// Gives a call its number; 0 if there is no process to take it, which why_not() explains.
    std::uint32_t begin(Conversation& conversation);
    void end(std::uint32_t number) { conversations_.erase(number); }
    void send(const std::string& frame);
    /// Ends the process for what it did in `call`; for what all of its calls may have done if that
    /// is not given and none runs.
    void condemn(const std::string& reason, std::uint32_t call = 0);

    struct Down {
        std::string code;
        std::string message;
        std::chrono::milliseconds retry_after;
    };
    Down why_not() const;

    /// Calls under way have little time left.
    void hurry();
    void stop(std::function<void()> stopped);

    ProcessFacts facts() const;
    void resume();

private:
    void spawn_now();
    void receive(Frame frame);
    void loaded(const Frame& frame);
    void load();
    void output(std::string_view bytes);
    void hold_flood();
    void ended(const std::string& reason);
    void restart_later();
    void park();
    void refuse(const Error& error);
    std::function<bool(std::uint32_t)> who_did_it() const;
    void look();
    bool is_hung();
    void look_later();
    void set_state(ProcessState state);
    void first_start_is(Result<void> result);

    Services& services_;
    const InstanceContext& context_;
    const ProcessSettings settings_;
    const LibraryFile library_;
    std::string config_;
    Ready ready_;
    std::function<void()> stopped_;
    ChildLines lines_;
    std::shared_ptr<ChildProcess> process_;
    boost::asio::steady_timer timer_;  ///< the next look, or the next start
    std::unordered_map<std::uint32_t, Conversation*> conversations_;
    std::uint32_t last_number_ = 0;
    std::uint32_t unanswered_ = 0;
    std::uint32_t ends_in_a_row_ = 0;
    std::optional<std::uint32_t> condemned_;  ///< for which call; 0 if that is not known
    bool is_stopping_ = false;
    Clock::time_point spawned_at_{};
    Clock::time_point next_start_{};
    Clock::time_point hurry_until_ = Clock::time_point::max();
    std::deque<Clock::time_point> ends_;
    mutable std::mutex mutex_;  ///< of facts_
    ProcessFacts facts_;
};

}  // namespace orderhub::connectors
