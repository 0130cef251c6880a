// Moves the runs of flows on: those whose time has come, and those whose order has news. Internal
// to hub/runtime.
#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <string>

#include "hub/flows/engine.hpp"
#include "hub/routing/scheduler.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// Life: construct -> start -> stop. Many runs are moved at once, each by one unit of work a step;
/// their units share commits. Of several hubs each looks at all runs: a run that another has moved
/// in between is left to it.
class FlowRunner {
public:
    /// The references must outlive it. `other_hubs`: they commit without telling this one.
    FlowRunner(store::Store& store, const flows::Engine& engine,
               std::function<std::int64_t()> now_ms, bool other_hubs)
        : store_(store), engine_(engine), now_ms_(std::move(now_ms)), other_hubs_(other_hubs) {}
    FlowRunner(const FlowRunner&) = delete;
    FlowRunner& operator=(const FlowRunner&) = delete;
    ~FlowRunner() { stop(); }

    void start();
    /// Something was committed: there may be news. Any thread, cheap.
    void committed();
    /// Begins no step any more; those under way end with the store. Twice does nothing.
    void stop();

private:
    struct Found;

    void look();
    void look_at_waiting();
    void look_in(std::chrono::milliseconds delay);
    Found find_due();
    void move(const std::string& id);
    void moved(const std::string& id, const Result<void>& stored, bool goes_on);
    void give_up(const std::string& id, const std::string& why);

    store::Store& store_;
    const flows::Engine& engine_;
    const std::function<std::int64_t()> now_ms_;
    const bool other_hubs_;
    std::atomic<bool> is_stopped_ = false;
    std::atomic<bool> is_woken_ = false;

    // On the scheduler's thread:
    std::int64_t seen_ = -1;  ///< the journal up to here has been looked at
    std::set<std::string> under_way_;
    std::set<std::string> again_;  ///< of those: had news meanwhile
    routing::Scheduler::Clock::time_point next_look_ = routing::Scheduler::Clock::time_point::max();
    routing::ThreadScheduler scheduler_;
};

}  // namespace orderhub::runtime
