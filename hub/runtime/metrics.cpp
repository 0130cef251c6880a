#include "hub/runtime/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>

namespace orderhub::runtime {

namespace {

namespace prom = prometheus;

const prom::Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                 0.25,  0.5,    1,     2.5,  10,    30};

/// Brings a counter to a total that is counted elsewhere.
void bring_to(prom::Counter& counter, std::uint64_t total) {
    counter.Increment(static_cast<double>(total) - counter.Value());
}

}  // namespace

struct Metrics::Families {
    prom::Registry registry;
    prom::Family<prom::Counter>& requests = prom::BuildCounter()
                                                .Name("orderhub_http_requests_total")
                                                .Help("Answered requests.")
                                                .Register(registry);
    prom::Family<prom::Histogram>& durations =
        prom::BuildHistogram()
            .Name("orderhub_http_request_seconds")
            .Help("From the request read to the answer made.")
            .Register(registry);
    prom::Family<prom::Counter>& refusals = prom::BuildCounter()
                                                .Name("orderhub_http_refused_total")
                                                .Help("Requests refused before they had a route.")
                                                .Register(registry);
    prom::Family<prom::Gauge>& connections = prom::BuildGauge()
                                                 .Name("orderhub_http_connections")
                                                 .Help("Open connections.")
                                                 .Register(registry);
    prom::Family<prom::Gauge>& messages = prom::BuildGauge()
                                              .Name("orderhub_inbox_messages")
                                              .Help("Messages that are not done.")
                                              .Register(registry);
    prom::Family<prom::Gauge>& deliveries = prom::BuildGauge()
                                                .Name("orderhub_deliveries")
                                                .Help("Deliveries that are not done.")
                                                .Register(registry);
    prom::Family<prom::Gauge>& writable = prom::BuildGauge()
                                              .Name("orderhub_store_writable")
                                              .Help("1 if the store takes writes.")
                                              .Register(registry);
    prom::Family<prom::Gauge>& takes_new_work = prom::BuildGauge()
                                                    .Name("orderhub_store_takes_new_work")
                                                    .Help("0 while new work is refused with 429.")
                                                    .Register(registry);
    prom::Family<prom::Gauge>& log = prom::BuildGauge()
                                         .Name("orderhub_store_log_bytes")
                                         .Help("Length of the store's write-ahead log.")
                                         .Register(registry);
    prom::Family<prom::Gauge>& log_limit = prom::BuildGauge()
                                               .Name("orderhub_store_log_limit_bytes")
                                               .Help("What it does not grow beyond.")
                                               .Register(registry);
    prom::Family<prom::Gauge>& waiting = prom::BuildGauge()
                                             .Name("orderhub_store_waiting_units")
                                             .Help("Units of work that wait for the writer.")
                                             .Register(registry);
    prom::Family<prom::Counter>& deleted = prom::BuildCounter()
                                               .Name("orderhub_retention_deleted_total")
                                               .Help("What was deleted by its age.")
                                               .Register(registry);
    prom::Family<prom::Counter>& store = prom::BuildCounter()
                                             .Name("orderhub_store_total")
                                             .Help("Units of work and the commits they shared.")
                                             .Register(registry);
    prom::Family<prom::Counter>& routing = prom::BuildCounter()
                                               .Name("orderhub_routing_total")
                                               .Help("What came of messages, polls and deliveries.")
                                               .Register(registry);
    prom::Family<prom::Gauge>& paused = prom::BuildGauge()
                                            .Name("orderhub_connector_paused")
                                            .Help("1 while its system is out of reach.")
                                            .Register(registry);
    prom::Family<prom::Gauge>& breaker =
        prom::BuildGauge()
            .Name("orderhub_connector_breaker")
            .Help("1 for the state of a connector's circuit breaker: closed, open, half_open.")
            .Register(registry);
    prom::Family<prom::Gauge>& process_runs =
        prom::BuildGauge()
            .Name("orderhub_connector_process_running")
            .Help("1 while the process of a connector that has its own runs.")
            .Register(registry);
    prom::Family<prom::Counter>& process_ends =
        prom::BuildCounter()
            .Name("orderhub_connector_process_ends_total")
            .Help("How often a connector's own process ended though nobody asked it to.")
            .Register(registry);
    prom::Family<prom::Gauge>& held = prom::BuildGauge()
                                          .Name("orderhub_connector_held_seconds")
                                          .Help("Before the next request may go out.")
                                          .Register(registry);
    prom::Family<prom::Counter>& rate =
        prom::BuildCounter()
            .Name("orderhub_connector_rate_total")
            .Help("Requests that waited for their turn, and answers that said: too many.")
            .Register(registry);
    prom::Family<prom::Counter>& waited = prom::BuildCounter()
                                              .Name("orderhub_connector_waited_seconds_total")
                                              .Help("How long requests waited for their turn.")
                                              .Register(registry);
    prom::Family<prom::Gauge>& subscriptions =
        prom::BuildGauge()
            .Name("orderhub_subscriptions")
            .Help("Subscriptions by state: active, failing (tried again), disabled.")
            .Register(registry);
    prom::Family<prom::Gauge>& failing =
        prom::BuildGauge()
            .Name("orderhub_subscriptions_failing_seconds")
            .Help("For how long the one that has failed longest has taken nothing.")
            .Register(registry);
    prom::Family<prom::Counter>& events = prom::BuildCounter()
                                              .Name("orderhub_events_total")
                                              .Help("What came of sending events to subscribers.")
                                              .Register(registry);
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::request(std::string_view method, std::string_view route, int status,
                      std::chrono::nanoseconds duration) {
    const std::string path(route);
    // A method that no route has comes from outside: it must not make label values.
    const std::string verb(path == "none" ? std::string_view("none") : method);
    families_->requests.Add({{"method", verb}, {"route", path}, {"status", std::to_string(status)}})
        .Increment();
    families_->durations.Add({{"method", verb}, {"route", path}}, kSeconds)
        .Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::refused(int status) {
    families_->refusals.Add({{"status", std::to_string(status)}}).Increment();
}

void Metrics::backlog(std::string_view connector, const routing::Backlog& backlog) {
    const std::string name(connector);
    const auto set = [&](prom::Family<prom::Gauge>& family, const char* state,
                         std::uint64_t count) {
        family.Add({{"connector", name}, {"state", state}}).Set(static_cast<double>(count));
    };
    set(families_->messages, "waiting", backlog.messages);
    set(families_->messages, "parked", backlog.parked_messages);
    set(families_->deliveries, "waiting", backlog.deliveries);
    set(families_->deliveries, "parked", backlog.parked_deliveries);
}

void Metrics::connections(std::size_t count) {
    families_->connections.Add({}).Set(static_cast<double>(count));
}

void Metrics::store(const store::Health& health, const store::Stats& stats) {
    families_->writable.Add({}).Set(health.writable ? 1 : 0);
    families_->takes_new_work.Add({}).Set(health.takes_new_work ? 1 : 0);
    families_->log.Add({}).Set(static_cast<double>(health.log_bytes));
    families_->log_limit.Add({}).Set(static_cast<double>(health.log_limit_bytes));
    families_->waiting.Add({}).Set(static_cast<double>(health.waiting_units));
    bring_to(families_->store.Add({{"event", "unit"}}), stats.units);
    bring_to(families_->store.Add({{"event", "commit"}}), stats.commits);
    bring_to(families_->store.Add({{"event", "undone"}}), stats.failed);
    bring_to(families_->store.Add({{"event", "retried"}}), stats.retried);
    bring_to(families_->store.Add({{"event", "fenced"}}), stats.fenced);
}

void Metrics::routing(std::string_view connector, const routing::Metrics& counters) {
    const std::string name(connector);
    const auto set = [&](const char* event, const std::atomic<std::uint64_t>& count) {
        bring_to(families_->routing.Add({{"connector", name}, {"event", event}}), count);
    };
    set("accepted", counters.accepted);
    set("duplicate", counters.duplicates);
    set("applied", counters.applied);
    set("delivered", counters.delivered);
    set("retried", counters.retried);
    set("unknown", counters.unknown);
    set("parked", counters.parked);
    set("polled", counters.polls);
    set("poll_failed", counters.poll_failures);
    families_->paused.Add({{"connector", name}}).Set(counters.paused ? 1 : 0);
}

void Metrics::breaker(std::string_view connector, std::string_view state) {
    const std::string name(connector);
    for (const char* each : {"closed", "open", "half_open"})
        families_->breaker.Add({{"connector", name}, {"state", each}}).Set(state == each ? 1 : 0);
}

void Metrics::subscriptions(const std::vector<routing::Subscription>& rows, routing::Instant now) {
    std::map<std::string, double> counts{{"active", 0}, {"failing", 0}, {"disabled", 0}};
    routing::Instant since = now;
    for (const auto& row : rows) {
        const bool is_failing = row.is_active && row.failures > 0;
        ++counts[!row.is_active ? "disabled" : is_failing ? "failing" : "active"];
        if (is_failing) since = std::min(since, row.failing_since);
    }
    for (const auto& [state, count] : counts)
        families_->subscriptions.Add({{"state", state}}).Set(count);
    families_->failing.Add({}).Set(static_cast<double>(now - since) / 1'000);
}

void Metrics::events(const routing::DispatchMetrics& counters) {
    bring_to(families_->events.Add({{"result", "delivered"}}), counters.delivered);
    bring_to(families_->events.Add({{"result", "retried"}}), counters.retried);
    bring_to(families_->events.Add({{"result", "disabled"}}), counters.disabled);
}

void Metrics::deleted(std::string_view what, std::uint64_t rows) {
    bring_to(families_->deleted.Add({{"what", std::string(what)}}), rows);
}

void Metrics::rate(std::string_view connector, const connectors::RateFacts& facts) {
    const std::string name(connector);
    const auto seconds = [](std::chrono::milliseconds duration) {
        return std::chrono::duration<double>(duration).count();
    };
    families_->held.Add({{"connector", name}}).Set(seconds(facts.held_for));
    bring_to(families_->rate.Add({{"connector", name}, {"event", "waited"}}), facts.waits);
    bring_to(families_->rate.Add({{"connector", name}, {"event", "refused"}}), facts.refusals);
    auto& waited = families_->waited.Add({{"connector", name}});
    waited.Increment(seconds(facts.waited) - waited.Value());
}

void Metrics::process(std::string_view connector, const connectors::ProcessFacts& facts) {
    const std::string name(connector);
    families_->process_runs.Add({{"connector", name}})
        .Set(facts.state == connectors::ProcessState::running ? 1 : 0);
    bring_to(families_->process_ends.Add({{"connector", name}}), facts.ends);
}

std::string Metrics::text() const {
    return prom::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace orderhub::runtime
