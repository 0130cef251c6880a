// Routing's scheduler in simulated time.
#pragma once

#include <memory>

#include "hub/routing/scheduler.hpp"
#include "tests/simulation/world.hpp"

namespace orderhub::simulation {

/// A mutation of the hub, to see whether the auditor notices: from the n-th on no timer rings.
/// (That a single one does not is harmless: others look for what it was to look for.)
struct LostTimer {
    std::uint64_t passes_left = 0;  ///< 0: none is lost
    bool is_losing = false;
};

class WorldScheduler final : public routing::Scheduler {
public:
    WorldScheduler(World& world, LostTimer& lost) : world_(world), lost_(lost) {}
    ~WorldScheduler() override { stop(); }

    Clock::time_point now() const override {
        return Clock::time_point(std::chrono::milliseconds(world_.now()));
    }
    void post(Task task) override { put(0, std::move(task)); }
    void at(Clock::time_point when, Task task) override;
    /// The world goes on meanwhile. Returns early if the process is killed.
    void wait(const std::future<void>& done) override;
    void stop() override { *runs_ = false; }

private:
    void put(Time delay, Task task);

    World& world_;
    LostTimer& lost_;
    std::shared_ptr<bool> runs_ = std::make_shared<bool>(true);
};

}  // namespace orderhub::simulation
