// Figures for Prometheus.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/routing/queue.hpp"
#include "hub/routing/settings.hpp"
#include "hub/routing/subscription_desk.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// One answered request. Any thread.
    void request(std::string_view method, std::string_view route, int status,
                 std::chrono::nanoseconds duration);
    /// A request that the server refused before it had a route. Any thread.
    void refused(int status);
    /// Sets what is measured when asked for.
    void backlog(std::string_view connector, const routing::Backlog& backlog);
    void connections(std::size_t count);
    void store(const store::Health& health, const store::Stats& stats);
    void routing(std::string_view connector, const routing::Metrics& counters);
    /// `state` is one of routing::breaker_word().
    void breaker(std::string_view connector, std::string_view state);
    void subscriptions(const std::vector<routing::Subscription>& rows, routing::Instant now);
    void events(const routing::DispatchMetrics& counters);
    /// What went by its age, since the start.
    void deleted(std::string_view what, std::uint64_t rows);
    void rate(std::string_view connector, const connectors::RateFacts& facts);
    void process(std::string_view connector, const connectors::ProcessFacts& facts);

    /// Text exposition format.
    std::string text() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace orderhub::runtime
