// Seals the journal as it grows. Internal to hub/runtime.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>

#include "hub/routing/scheduler.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// Life: construct -> start -> stop. Off the way of the work: what is to be sealed is read and
/// hashed on a thread of its own, and one short unit of work stores the seal. Of several hubs the
/// first one's seal counts.
class Sealer {
public:
    struct Limits {
        std::chrono::milliseconds pause{30'000};  ///< between two looks
        std::uint32_t events = 1'000;             ///< of one seal at most
    };

    Sealer(store::Store& store, std::function<std::int64_t()> now_ms)
        : Sealer(store, std::move(now_ms), Limits{}) {}
    Sealer(store::Store& store, std::function<std::int64_t()> now_ms, Limits limits)
        : store_(store), now_ms_(std::move(now_ms)), limits_(limits) {}
    Sealer(const Sealer&) = delete;
    Sealer& operator=(const Sealer&) = delete;
    ~Sealer() { stop(); }

    void start();
    /// Seals what is left; the store must still write. Twice does nothing.
    void stop();

private:
    void look();
    void seal_all();
    /// True if there is more.
    bool seal_some();

    store::Store& store_;
    const std::function<std::int64_t()> now_ms_;
    const Limits limits_;
    std::atomic<bool> is_started_ = false;
    routing::ThreadScheduler scheduler_;
};

}  // namespace orderhub::runtime
