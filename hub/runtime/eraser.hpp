// Erases customers' data, a part in each unit of work. Internal to hub/runtime.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>

#include "hub/routing/scheduler.hpp"
#include "hub/servicing/erasure/erasing.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// Life: construct -> start -> stop. What a hub that ended has left is gone on with. Of several
/// hubs one does it. Logs tell counts, and nothing of whom it was.
class Eraser {
public:
    struct Limits {
        std::chrono::milliseconds pause{20};    ///< after each unit of work
        std::chrono::milliseconds idle{5'000};  ///< between two looks while there is nothing to do
        std::int64_t wait_ms = 30'000;  ///< until it is looked again for work that was not over
    };

    /// The references must outlive it.
    Eraser(store::Store& store, const servicing::Erasing& erasing,
           std::function<std::int64_t()> now_ms)
        : Eraser(store, erasing, std::move(now_ms), Limits{}) {}
    Eraser(store::Store& store, const servicing::Erasing& erasing,
           std::function<std::int64_t()> now_ms, Limits limits)
        : store_(store), erasing_(erasing), now_ms_(std::move(now_ms)), limits_(limits) {}
    Eraser(const Eraser&) = delete;
    Eraser& operator=(const Eraser&) = delete;
    ~Eraser() { stop(); }

    void start();
    /// Twice does nothing.
    void stop();

    /// See servicing::Erasing::begin; it goes on by itself. Any thread.
    Result<servicing::ErasureRow> begin(const servicing::Request& request,
                                        const std::string& customer_id, const std::string& reason,
                                        bool dry_run);

private:
    void look();
    void look_after(std::chrono::milliseconds pause);

    store::Store& store_;
    const servicing::Erasing& erasing_;
    const std::function<std::int64_t()> now_ms_;
    const Limits limits_;
    std::uint64_t turn_ = 0;  ///< of the look that is planned
    std::atomic<bool> is_started_ = false;
    routing::ThreadScheduler scheduler_;
};

}  // namespace orderhub::runtime
