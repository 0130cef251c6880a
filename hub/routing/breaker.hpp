// Holds back a connector whose system is out of reach, and finds out when it is back.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "hub/routing/settings.hpp"

namespace orderhub::routing {

/// After a failure of the whole system nothing is called until a delay is over; then one call at a
/// time, oldest first, so that what waited arrives in order. If one and the same delivery fails
/// while others go well, the fault is its own and the rest need not wait for it. On the router's
/// thread; `now` is any clock in milliseconds.
class Breaker {
public:
    Breaker(const Backoff& backoff, std::uint32_t trial_calls)
        : backoff_(backoff), trial_calls_(trial_calls) {}

    bool is_paused(Instant now) const { return now < paused_until_; }
    Instant paused_until() const { return paused_until_; }
    bool is_on_trial() const { return failures_ > 0 || trials_ > 0; }
    /// How many calls may run at once, of at most `full`.
    std::uint32_t limit(std::uint32_t full) const { return is_on_trial() ? 1 : full; }

    void went_well(const std::string& id);
    /// True if the failure is this one's own: the connector goes on. Otherwise it is paused.
    bool failed(const std::string& id, Instant now, std::uint64_t random,
                std::optional<std::chrono::milliseconds> asked_for);
    /// While the oldest keeps failing, one other may be tried during each pause: if it goes well,
    /// the fault is not the connector's. True once per pause, for another delivery than the one
    /// that failed.
    bool take_second_opinion(const std::string& id);
    bool wants_second_opinion() const { return second_opinion_; }
    /// Whose failure began the pause.
    const std::string& last_failed() const { return last_failed_; }

private:
    Backoff backoff_;
    std::uint32_t trial_calls_;
    Instant paused_until_ = 0;
    std::uint32_t failures_ = 0;  ///< of the connector, in a row
    std::uint32_t trials_ = 0;    ///< calls that must go well before all may go at once
    std::uint64_t successes_ = 0;
    std::map<std::string, std::uint64_t> failed_at_;  ///< id: successes_ when it failed last
    std::string last_failed_;
    bool second_opinion_ = false;
};

}  // namespace orderhub::routing
