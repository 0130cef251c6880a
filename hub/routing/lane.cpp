#include "hub/routing/lane.hpp"

#include <algorithm>

#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace {

Settings with_defaults(Settings settings) {
    if (!settings.now_ms)
        settings.now_ms = [] {
            return std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                .count();
        };
    if (!settings.scheduler) settings.scheduler = std::make_shared<ThreadScheduler>();
    return settings;
}

}  // namespace

Workshop::Workshop(Units& all_units, const Settings& all_settings)
    : units(all_units),
      settings(with_defaults(all_settings)),
      scheduler(*settings.scheduler),
      random_(all_settings.seed != 0 ? all_settings.seed : std::random_device{}()) {}

void Workshop::write(Units::Work work, std::function<void(Result<void>)> then) {
    units.write(std::move(work), after_unit(std::move(then)));
}

Units::Done Workshop::after_unit(std::function<void(Result<void>)> then) {
    begin_work();
    return [this, then = std::move(then)](Result<void> result) {
        scheduler.post([this, then, result = std::move(result)] {
            then(result);
            end_work();
        });
    };
}

Caller::Done Workshop::expect(std::function<void(CallResult)> then) {
    begin_work();
    return [this, then = std::move(then)](CallResult result) {
        scheduler.post([this, then, result = std::move(result)]() mutable {
            then(std::move(result));
            end_work();
        });
    };
}

void Workshop::after(std::chrono::milliseconds delay, std::function<void()> task) {
    scheduler.at(scheduler.now() + delay, std::move(task));
}

void Workshop::when_idle(std::function<void()> idle) {
    idle_ = std::move(idle);
    begin_work();
    end_work();
}

void Workshop::end_work() {
    if (--under_way_ == 0 && idle_) std::exchange(idle_, nullptr)();
}

void Line::show_breaker() {
    metrics.paused_until = breaker.paused_until();
    metrics.on_trial = breaker.is_on_trial();
}

bool Line::note(const std::string& id, const CallResult& result) {
    if (!is_connector_wide(result)) {
        // An answer of any kind shows that the system is there; only an unknown outcome shows
        // nothing.
        if (result.outcome == Outcome::done || result.outcome == Outcome::rejected) {
            const bool was_paused = breaker.is_paused(workshop.now());
            breaker.went_well(id);
            metrics.paused = false;
            show_breaker();
            if (was_paused) workshop.scheduler.post(wake);
        }
        return true;
    }
    const bool own = breaker.failed(id, workshop.now(), workshop.random(), result.retry_after);
    if (!own) metrics.paused = true;
    show_breaker();
    return own;
}

bool Room::take_one(std::uint32_t limit) {
    std::uint32_t taken = taken_;
    while (taken < limit)
        if (taken_.compare_exchange_weak(taken, taken + 1)) return true;
    return false;
}

std::uint32_t Room::take_all(std::uint32_t limit) {
    std::uint32_t taken = taken_;
    while (taken < limit)
        if (taken_.compare_exchange_weak(taken, limit)) return limit - taken;
    return 0;
}

void Alarm::set(Instant when) {
    constexpr std::chrono::milliseconds kLongest{30'000};
    const std::chrono::milliseconds wait(
        std::clamp<Instant>(when - workshop_.now(), 0, kLongest.count()));
    const auto ring_at = workshop_.scheduler.now() + wait;
    if (ring_at >= next_) return;
    next_ = ring_at;
    workshop_.scheduler.at(ring_at, [this, ring_at] {
        // An earlier ring may have come between and set a new time.
        if (next_ != ring_at) return;
        next_ = Scheduler::Clock::time_point::max();
        ring_();
    });
}

}  // namespace orderhub::routing
