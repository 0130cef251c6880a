// The threads that run a connector's calls in its own process.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "hub/connectors/child/channel.hpp"
#include "hub/connectors/running_call.hpp"

namespace orderhub::connectors {

/// Each call has a thread of its own for as long as it runs, and one lock, the turn, is held by the
/// only thread that runs connector code or reads the socket. So code of the connector never runs
/// twice at once, as connector.h promises, and a thread that waits for its answer reads it itself:
/// the turn changes hands only when what came is for another.
class Crew {
public:
    using Work = std::function<void(const Frame&)>;

    /// `run_call` runs one call, `control` gets every frame of another kind; both with the turn.
    /// `running` shows whose code runs.
    Crew(Channel& channel, RunningCall& running, Work run_call, Work control);

    /// Makes the calling thread the first of the crew; it has the turn. Never returns.
    [[noreturn]] void work();
    /// Waits for the hub's reply to `call`. On the call's own thread, which has the turn before and
    /// after; other calls run meanwhile.
    Frame reply_for(std::uint32_t call);

private:
    /// A thread that waits for a frame.
    struct Hand {
        std::condition_variable woken{};
        std::optional<Frame> frame{};
    };

    [[noreturn]] void work_on(std::optional<Frame> first);
    void run(const Frame& frame);
    Frame next_for(Hand& own);
    Hand* hand_for(const Frame& frame, Hand& own);
    void start_thread(Frame first);

    Channel& channel_;
    RunningCall& running_;
    const Work run_call_;
    const Work control_;
    std::mutex turn_;
    std::unordered_map<std::uint32_t, Hand*> waiting_;  ///< for a reply, by call
    std::vector<Hand*> idle_;                           ///< for a call
};

}  // namespace orderhub::connectors
