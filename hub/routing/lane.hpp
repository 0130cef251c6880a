// What the lanes of one connector (messages in, deliveries out, polls) have in common. On the
// router's thread only.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <random>
#include <string>

#include "hub/routing/breaker.hpp"
#include "hub/routing/ports.hpp"
#include "hub/routing/scheduler.hpp"
#include "hub/routing/settings.hpp"

namespace orderhub::routing {

/// The code of the error with which a unit ends whose item belongs to another hub by now.
inline constexpr const char* kTakenOver = "taken_over";

/// Shared by all lanes of a router.
class Workshop {
public:
    Workshop(Units& all_units, const Settings& all_settings);

    Units& units;
    const Settings settings;
    Scheduler& scheduler;

    Instant now() const { return settings.now_ms(); }
    std::uint64_t random() { return random_(); }
    /// Any thread.
    bool is_closing() const { return closing_; }

    /// Runs a unit; `then` runs on the router's thread.
    void write(Units::Work work, std::function<void(Result<void>)> then);
    /// What to call, once, after a unit that is given to the store: `then` runs on the router's
    /// thread, and stop() waits for it. Any thread that surely runs before the router stops.
    Units::Done after_unit(std::function<void(Result<void>)> then);
    /// Wraps a callback so that it runs on the router's thread and stop() waits for it. To be
    /// called exactly once.
    Caller::Done expect(std::function<void(CallResult)> then);
    /// On the router's thread after `delay`; forgotten when the router stops.
    void after(std::chrono::milliseconds delay, std::function<void()> task);

    /// Nothing new begins any more.
    void close() { closing_ = true; }
    /// `idle` runs as soon as nothing is under way.
    void when_idle(std::function<void()> idle);

private:
    void begin_work() { ++under_way_; }
    void end_work();

    std::mt19937_64 random_;
    std::atomic<bool> closing_ = false;
    std::atomic<std::size_t> under_way_ = 0;
    std::function<void()> idle_;
};

/// One connector as its lanes see it.
struct Line {
    Line(Workshop& the_workshop, Caller& the_caller)
        : workshop(the_workshop),
          caller(the_caller),
          name(the_caller.name()),
          breaker(the_workshop.settings.backoff, the_workshop.settings.trial_calls) {}

    Workshop& workshop;
    Caller& caller;
    const std::string name;
    Breaker breaker;
    Metrics metrics;
    std::function<void()> wake;  ///< all lanes of this connector look again

    Request request(const std::string& trace) const {
        return {"connector:" + name, trace, workshop.now()};
    }
    /// What the records of webhooks and answers say is remembered for polls, which skip it then.
    bool is_polled() const { return caller.poll_interval().has_value(); }
    /// As many calls may be made as there is room for. Any thread.
    bool is_unhindered() const { return !metrics.on_trial; }
    /// Notes how a call went; true if a failure is the call's own and not the connector's.
    bool note(const std::string& id, const CallResult& result);

private:
    void show_breaker();
};

/// How many items of a lane are under way at once. Any thread.
class Room {
public:
    /// One place of `limit`; false if all are taken.
    bool take_one(std::uint32_t limit);
    /// All that is free of `limit`, so that nobody uses it while the store is asked; what is not
    /// used is given back.
    std::uint32_t take_all(std::uint32_t limit);
    void give_back(std::uint32_t places = 1) { taken_ -= places; }
    bool is_unused() const { return taken_ == 0; }

private:
    std::atomic<std::uint32_t> taken_ = 0;
};

/// A timer that keeps only its earliest time.
class Alarm {
public:
    Alarm(Workshop& workshop, std::function<void()> ring)
        : workshop_(workshop), ring_(std::move(ring)) {}
    /// Rings not later than `when`, on the wall clock; steps of that clock are noticed within half
    /// a minute.
    void set(Instant when);

private:
    Workshop& workshop_;
    std::function<void()> ring_;
    Scheduler::Clock::time_point next_ = Scheduler::Clock::time_point::max();
};

}  // namespace orderhub::routing
