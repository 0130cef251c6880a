// How fast one connector may ask its outside system: the operator's token bucket, and what the
// system's own answers say about it.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "hub/connectors/host.hpp"
#include "hub/connectors/http_client.hpp"

namespace orderhub::connectors {

/// One of each instance; all its calls share it. Any thread.
class RateLimit {
public:
    using Clock = std::chrono::steady_clock;

    /// Without settings only the outside system's own words count.
    explicit RateLimit(std::optional<RateSettings> settings);

    /// Takes the next place in the line and says when it may go; `now` if at once. Who has waited
    /// for that asks still_held(), as an answer to somebody else may have closed the way meanwhile.
    Clock::time_point take(Clock::time_point now);
    /// Gives back a place that will not be used.
    void give_back();
    /// When a request that has its place may go.
    Clock::time_point still_held(Clock::time_point now) const;
    /// A request has waited so long.
    void waited(std::chrono::nanoseconds duration);

    /// Reads what an answer says about the rate (rate_words.hpp), and holds back the next requests
    /// if it asks for that. After refusals that name no time the pause doubles from one second.
    void heed(const WireAnswer& answer, Clock::time_point now);

    RateFacts facts(Clock::time_point now) const;

private:
    mutable std::mutex mutex_;
    const std::optional<RateSettings> settings_;
    const std::chrono::nanoseconds interval_;    ///< between two tokens
    const std::chrono::nanoseconds head_start_;  ///< how far a full bucket lets requests go ahead
    Clock::time_point next_token_;
    Clock::time_point paused_until_;
    std::uint32_t refusals_ = 0;  ///< in a row
    RateFacts facts_;
};

}  // namespace orderhub::connectors
