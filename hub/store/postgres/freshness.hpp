// How long this hub can be sure that nobody has taken its work over.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

namespace orderhub::store {

/// Other hubs take over what a hub has begun once it has been silent for a lease. Half of one after
/// it has shown itself it is not sure any more, so that its clock and the database's may differ by
/// as much. Any thread.
class Freshness {
public:
    using Clock = std::chrono::steady_clock;

    explicit Freshness(std::chrono::milliseconds lease) : lasts_(lease / 2) {}

    /// The hub has shown itself under `token`, in a transaction that is committed; `asked_at` is
    /// from before the database was told.
    void renewed(std::int64_t token, Clock::time_point asked_at) {
        const std::scoped_lock lock(mutex_);
        token_ = token;
        until_ = asked_at + lasts_;
    }
    /// Whether the hub that was registered under `token` is this one, and surely still is at `now`.
    bool covers(std::int64_t token, Clock::time_point now) const {
        const std::scoped_lock lock(mutex_);
        return token != 0 && token == token_ && now < until_;
    }

private:
    const std::chrono::milliseconds lasts_;
    mutable std::mutex mutex_;
    std::int64_t token_ = 0;
    Clock::time_point until_;
};

}  // namespace orderhub::store
