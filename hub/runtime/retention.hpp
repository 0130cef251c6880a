// Deletes what has reached the age that the configuration says. Internal to hub/runtime.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hub/routing/scheduler.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// One kind of rows that go by their age.
struct RetentionDuty {
    using Step =
        std::function<store::RetentionStep(store::Transaction& transaction, std::int64_t after,
                                           std::int64_t before_ms, std::uint32_t at_most)>;

    std::string what;  ///< for logs and metrics: "messages"
    std::int64_t age_ms = 0;
    Step step;
};

/// Life: construct -> start -> stop. A few rows in each unit of work and a pause after it, so that
/// the work of the day goes before. Of several hubs one does it. Logs and metrics tell counts, and
/// nothing of what was in the rows.
class Retention {
public:
    struct Limits {
        std::uint32_t at_once = 200;
        std::chrono::milliseconds pause{200};       ///< after each unit of work
        std::chrono::milliseconds rest{3'600'000};  ///< between two rounds
    };

    Retention(store::Store& store, std::function<std::int64_t()> now_ms,
              std::vector<RetentionDuty> duties)
        : Retention(store, std::move(now_ms), std::move(duties), Limits{}) {}
    Retention(store::Store& store, std::function<std::int64_t()> now_ms,
              std::vector<RetentionDuty> duties, Limits limits)
        : store_(store),
          now_ms_(std::move(now_ms)),
          duties_(std::move(duties)),
          limits_(limits),
          deleted_(duties_.size()) {}
    Retention(const Retention&) = delete;
    Retention& operator=(const Retention&) = delete;
    ~Retention() { stop(); }

    void start();
    /// Twice does nothing.
    void stop();

    struct Count {
        const std::string& what;
        std::uint64_t deleted = 0;  ///< since the start
    };
    /// Any thread.
    std::vector<Count> counts() const;

private:
    void step();
    void end_duty();

    store::Store& store_;
    const std::function<std::int64_t()> now_ms_;
    const std::vector<RetentionDuty> duties_;
    const Limits limits_;
    std::vector<std::atomic<std::uint64_t>> deleted_;  ///< of each duty
    std::size_t duty_ = 0;                             ///< under way
    std::int64_t reached_ = 0;                         ///< by it, in this round
    std::uint64_t deleted_now_ = 0;                    ///< by it, in this round
    std::atomic<bool> is_started_ = false;
    routing::ThreadScheduler scheduler_;
};

/// In days; 0: it is kept.
struct RetentionAges {
    std::int64_t inbox = 0;
    std::int64_t deliveries = 0;
    std::int64_t closed_cases = 0;  ///< what was written in them
};

/// `settings` are servicing's, for cases.
std::vector<RetentionDuty> retention_duties(const RetentionAges& ages,
                                            const servicing::Settings& settings);
/// Sessions that are over, by either limit.
RetentionDuty session_duty(std::int64_t absolute_ms, std::int64_t idle_ms);

}  // namespace orderhub::runtime
