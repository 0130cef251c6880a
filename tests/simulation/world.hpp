// The simulated world: one clock, one source of chance, one queue of what happens next.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace orderhub::simulation {

/// Milliseconds since the epoch, by the simulated clock.
using Time = std::int64_t;

constexpr Time kSecond = 1'000;
constexpr Time kMinute = 60 * kSecond;
constexpr Time kHour = 60 * kMinute;

/// The same numbers for the same seed, on every machine.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t number();
    /// 0 to bound - 1.
    std::uint64_t below(std::uint64_t bound) { return number() % bound; }
    std::int64_t between(std::int64_t least, std::int64_t most);
    bool percent(std::uint64_t chance) { return below(100) < chance; }

private:
    std::uint64_t state_;
};

/// Nothing happens but what was put here; all on one thread, in the order of time, then of putting.
class World {
public:
    using Task = std::function<void()>;

    explicit World(std::uint64_t seed) : chance(seed), seed_(seed) {}
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    Chance chance;

    Time now() const { return now_; }
    std::uint64_t seed() const { return seed_; }
    void after(Time delay, Task task);
    /// The next thing happens. False if there is none.
    bool step();
    void run_until(Time end);

    /// Prefix, "_" and a number that rises with each call: ids that sort by creation.
    std::string make_id(std::string_view prefix);

    /// One line of the trace: counts for the hash, and the last ones are kept to be shown.
    void note(const std::string& line);
    std::uint64_t hash() const { return hash_; }
    std::uint64_t steps() const { return steps_; }
    const std::deque<std::string>& last_lines() const { return last_lines_; }
    /// Every line goes to standard error as well.
    void be_loud() { loud_ = true; }

    /// True while the hub's process that runs now lives. Held by what a dead process must not hear.
    std::shared_ptr<const bool> life() const { return life_; }
    void end_life() { *std::exchange(life_, std::make_shared<bool>(true)) = false; }

private:
    const std::uint64_t seed_;
    Time now_ = 1'795'000'000'000;
    std::uint64_t put_ = 0;
    std::uint64_t steps_ = 0;
    std::uint64_t ids_ = 0;
    std::uint64_t hash_ = 14'695'981'039'346'656'037ULL;
    bool loud_ = false;
    std::map<std::pair<Time, std::uint64_t>, Task> tasks_;
    std::deque<std::string> last_lines_;
    std::shared_ptr<bool> life_ = std::make_shared<bool>(true);
};

}  // namespace orderhub::simulation
