#include "tests/simulation/world_scheduler.hpp"

#include <algorithm>
#include <stdexcept>

namespace orderhub::simulation {

void WorldScheduler::at(Clock::time_point when, Task task) {
    if (lost_.passes_left > 0 && --lost_.passes_left == 0) lost_.is_losing = true;
    if (lost_.is_losing) return;
    const auto delay = std::chrono::ceil<std::chrono::milliseconds>(when - now()).count();
    put(std::max<Time>(delay, 0), std::move(task));
}

void WorldScheduler::put(Time delay, Task task) {
    if (!*runs_) return;
    world_.after(delay, [runs = runs_, task = std::move(task)] {
        if (*runs) task();
    });
}

void WorldScheduler::wait(const std::future<void>& done) {
    while (*runs_ && done.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        if (!world_.step()) throw std::logic_error("the hub waits for what never comes");
}

}  // namespace orderhub::simulation
