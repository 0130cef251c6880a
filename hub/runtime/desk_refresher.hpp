// Tells desks of orders that have changed, once their pause is over. Internal to hub/runtime.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "hub/routing/scheduler.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// Life: construct -> start -> stop. Of several hubs each looks; a case is taken by one of them.
class DeskRefresher {
public:
    /// The references must outlive it.
    DeskRefresher(store::Store& store, const servicing::Service& service,
                  std::function<std::int64_t()> now_ms)
        : store_(store), service_(service), now_ms_(std::move(now_ms)) {}
    DeskRefresher(const DeskRefresher&) = delete;
    DeskRefresher& operator=(const DeskRefresher&) = delete;
    ~DeskRefresher() { stop(); }

    void start();
    /// Twice does nothing.
    void stop();

private:
    void look();
    bool is_due();
    /// True if there is more.
    bool refresh_some();

    store::Store& store_;
    const servicing::Service& service_;
    const std::function<std::int64_t()> now_ms_;
    std::atomic<bool> is_stopped_ = false;
    routing::ThreadScheduler scheduler_;
};

}  // namespace orderhub::runtime
