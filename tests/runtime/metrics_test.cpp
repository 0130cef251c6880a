// Figures as Prometheus reads them.
#include "hub/runtime/metrics.hpp"

#include <gtest/gtest.h>

namespace orderhub::runtime {
namespace {

bool says(const Metrics& metrics, const std::string& line) {
    const auto text = metrics.text();
    return text.find(line + "\n") != text.npos;
}

TEST(MetricsText, CountsRequests) {
    Metrics metrics;
    metrics.request("GET", "/healthz", 200, std::chrono::milliseconds(2));
    metrics.request("GET", "/healthz", 200, std::chrono::milliseconds(30));
    metrics.refused(413);
    EXPECT_TRUE(says(
        metrics, R"(orderhub_http_requests_total{method="GET",route="/healthz",status="200"} 2)"));
    EXPECT_TRUE(says(
        metrics,
        R"(orderhub_http_request_seconds_bucket{method="GET",route="/healthz",le="0.0025"} 1)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_http_refused_total{status="413"} 1)"));
}

TEST(MetricsText, TakesNoLabelFromOutside) {
    Metrics metrics;
    metrics.request("BREW", "none", 404, {});
    EXPECT_TRUE(says(metrics,
                     R"(orderhub_http_requests_total{method="none",route="none",status="404"} 1)"));
}

TEST(MetricsText, FollowsCountersThatAreKeptElsewhere) {
    Metrics metrics;
    routing::Metrics counters;
    counters.accepted = 7;
    metrics.routing("shop", counters);
    counters.accepted = 9;
    counters.paused = true;
    metrics.routing("shop", counters);
    metrics.store({.writable = false, .reason = "", .log_bytes = 4'120}, {5, 3, 1});
    EXPECT_TRUE(says(metrics, R"(orderhub_routing_total{connector="shop",event="accepted"} 9)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_connector_paused{connector="shop"} 1)"));
    EXPECT_TRUE(says(metrics, "orderhub_store_writable 0"));
    EXPECT_TRUE(says(metrics, "orderhub_store_log_bytes 4120"));
    EXPECT_TRUE(says(metrics, R"(orderhub_store_total{event="commit"} 3)"));
}

TEST(MetricsText, ShowsWhatHoldsAConnectorBack) {
    using namespace std::chrono_literals;
    Metrics metrics;
    metrics.breaker("shop", "half_open");
    metrics.rate("shop", {{}, 1'500ms, "retry-after", 3, 2'250ms, 1});
    const auto shows = [&](const std::string& name, const std::string& label, const char* value) {
        return says(metrics,
                    "orderhub_connector_" + name + R"({connector="shop")" + label + "} " + value);
    };
    EXPECT_TRUE(shows("breaker", R"(,state="half_open")", "1"));
    EXPECT_TRUE(shows("breaker", R"(,state="open")", "0"));
    EXPECT_TRUE(shows("held_seconds", "", "1.5"));
    EXPECT_TRUE(shows("rate_total", R"(,event="waited")", "3"));
    EXPECT_TRUE(shows("rate_total", R"(,event="refused")", "1"));
    EXPECT_TRUE(shows("waited_seconds_total", "", "2.25"));
}

TEST(MetricsText, ShowsSubscriptionsByStateAndTheLongestFailure) {
    Metrics metrics;
    const auto row = [](bool is_active, std::uint32_t failures, routing::Instant failing_since) {
        routing::Subscription row;
        row.is_active = is_active;
        row.failures = failures;
        row.failing_since = failing_since;
        return row;
    };
    metrics.subscriptions({row(true, 0, 0), row(true, 0, 0), row(true, 1, 95'000),
                           row(true, 3, 60'000), row(false, 9, 1'000)},
                          100'000);
    EXPECT_TRUE(says(metrics, R"(orderhub_subscriptions{state="active"} 2)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_subscriptions{state="failing"} 2)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_subscriptions{state="disabled"} 1)"));
    EXPECT_TRUE(says(metrics, "orderhub_subscriptions_failing_seconds 40"));
    metrics.subscriptions({}, 100'000);
    EXPECT_TRUE(says(metrics, R"(orderhub_subscriptions{state="failing"} 0)"));
    EXPECT_TRUE(says(metrics, "orderhub_subscriptions_failing_seconds 0"));
}

TEST(MetricsText, CountsWhatCameOfEvents) {
    Metrics metrics;
    routing::DispatchMetrics counters;
    counters.delivered = 8;
    counters.retried = 2;
    metrics.events(counters);
    EXPECT_TRUE(says(metrics, R"(orderhub_events_total{result="delivered"} 8)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_events_total{result="retried"} 2)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_events_total{result="disabled"} 0)"));
}

TEST(MetricsText, ShowsTheBacklog) {
    Metrics metrics;
    metrics.backlog("shop", {4, 1, 3, 2});
    EXPECT_TRUE(says(metrics, R"(orderhub_inbox_messages{connector="shop",state="waiting"} 4)"));
    EXPECT_TRUE(says(metrics, R"(orderhub_deliveries{connector="shop",state="parked"} 2)"));
}

}  // namespace
}  // namespace orderhub::runtime
