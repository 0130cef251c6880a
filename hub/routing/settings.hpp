// How routing behaves, and what it counts.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/routing/queue.hpp"

namespace orderhub::routing {

class Scheduler;

/// Exponential backoff with full jitter: the n-th wait is anything between 0 and min(cap, base *
/// 2^(n-1)).
struct Backoff {
    std::chrono::milliseconds base{1'000};
    std::chrono::milliseconds cap{300'000};
};

struct Settings {
    std::function<Instant()> now_ms = nullptr;  ///< the system clock if not given; any thread
    Backoff backoff;
    std::uint32_t max_failures = 20;  ///< of one message or delivery before it is parked
    std::chrono::milliseconds max_age{std::chrono::hours(24)};  ///< of trying one delivery
    std::uint32_t inbox_concurrency = 64;                       ///< per connector
    /// If other hubs work on the same store: how often to look for what they have left.
    std::optional<std::chrono::milliseconds> share_interval = std::nullopt;
    /// After an outage deliveries go one at a time until so many went well.
    std::uint32_t trial_calls = 10;
    std::chrono::milliseconds store_retry{1'000};  ///< pause after the store could not write
    /// Per instance name; instead of the interval of the manifest.
    std::map<std::string, std::chrono::milliseconds> poll_intervals;
    std::uint64_t seed = 0;                          ///< of the jitter; 0 takes one from the system
    std::shared_ptr<Scheduler> scheduler = nullptr;  ///< a thread of the router's own if not given
};

/// Counters of one connector since start. Any thread.
struct Metrics {
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> duplicates{0};
    std::atomic<std::uint64_t> applied{0};
    std::atomic<std::uint64_t> delivered{0};
    std::atomic<std::uint64_t> retried{0};
    std::atomic<std::uint64_t> unknown{0};
    std::atomic<std::uint64_t> parked{0};
    /// Results that came too late: another hub had taken the work over.
    std::atomic<std::uint64_t> fenced{0};
    std::atomic<std::uint64_t> polls{0};
    std::atomic<std::uint64_t> poll_failures{0};
    std::atomic<bool> paused{false};  ///< the connector's system is out of reach
    std::atomic<Instant> paused_until{0};
    std::atomic<bool> on_trial{false};  ///< after an outage: one call at a time
};

/// The state of a connector's circuit breaker. "open": nothing is called. "half_open": one call at
/// a time shows whether its system is back. "closed": all is well.
std::string_view breaker_word(const Metrics& metrics, Instant now);

}  // namespace orderhub::routing
