// Durable accepts a second of the running hub, against what SQLite alone would take.
#include <fmt/format.h>

#include <stdexcept>
#include <thread>

#include "tools/benchmarks/batch_writer.hpp"
#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/hub_process.hpp"
#include "tools/benchmarks/load.hpp"
#include "tools/benchmarks/signed_orders.hpp"

namespace orderhub::bench {

namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kOrders = 40'000;  // of one load
constexpr milliseconds kLimit{8'000};      // of one load
constexpr milliseconds kBareDuration{2'000};
const std::string kSecret = "bench-secret";
const std::string kConnectors =
    "  - name: bench\n    connector: signed_orders\n    config: {webhook_secret: plain:" + kSecret +
    "}\n";

std::vector<std::string> bodies(const std::string& run, std::uint64_t count) {
    std::vector<std::string> all;
    for (std::uint64_t i = 0; i < count; ++i)
        all.push_back(signed_order(run, i));
    return all;
}

std::vector<std::string> requests(const std::string& run) {
    std::vector<std::string> all = bodies(run, kOrders);
    for (std::string& each : all)
        each = signed_request("/intake/bench", kSecret, each);
    return all;
}

/// Until every accepted order is in its summary. Throws after two minutes.
void drain(const HubProcess& hub) {
    constexpr int kLooks = 2'400;
    constexpr milliseconds kPause{50};
    const auto counter = [&](const char* event) {
        return hub.metric(
            fmt::format(R"(orderhub_routing_total{{connector="bench",event="{}"}})", event));
    };
    for (int look = 0; look < kLooks; ++look) {
        if (counter("applied") + counter("parked") >= counter("accepted")) return;
        std::this_thread::sleep_for(kPause);
    }
    throw std::runtime_error("the orders were not applied within two minutes");
}

/// A fresh hub under load; gives its accepts a second.
double measure(Figures& figures, int connections) {
    const Folder folder;
    const auto all = requests(fmt::format("c{}", connections));
    HubProcess hub(folder.path(), kConnectors);
    const double idle_mb = hub.memory().now_mb;
    const double cpu = hub.cpu_seconds();
    const auto start = std::chrono::steady_clock::now();
    const LoadResult load = run_load({hub.port(), connections, kLimit}, all);
    const double cpu_loaded = hub.cpu_seconds();
    drain(hub);
    const std::chrono::duration<double> drained = std::chrono::steady_clock::now() - start;
    if (load.others != 0 || load.accepted == 0)
        throw std::runtime_error(fmt::format("{} of {} orders were not accepted", load.others,
                                             load.others + load.accepted));
    const auto accepted = static_cast<double>(load.accepted);
    const std::string of = fmt::format("{} connections", connections);
    figures.add(of, "accepts_per_second", accepted / load.seconds, "1/s");
    figures.add(of, "accept", load.latencies);
    figures.add(of, "applied_per_second", accepted / drained.count(), "1/s");
    figures.add(of, "cpu_per_1000_at_last_accept", (cpu_loaded - cpu) * 1'000 / accepted, "s");
    figures.add(of, "cpu_per_1000_applied", (hub.cpu_seconds() - cpu) * 1'000 / accepted, "s");
    figures.add(of, "start", hub.start_seconds(), "s");
    figures.add(of, "idle_memory", idle_mb, "MB");
    figures.add(of, "peak_memory", hub.memory().peak_mb, "MB");
    return accepted / load.seconds;
}

}  // namespace

void measure_intake(Figures& figures) {
    const Folder folder;
    const auto rows = bodies("row", 4'000);
    const auto bare = [&] { return batch_rows_per_second(folder.path(), rows, kBareDuration); };
    figures.add("disk", "fdatasync_per_second", syncs_per_second(folder.path()), "1/s");
    // The machine is not alone: the limit is taken around each load, not once.
    double before = bare();
    for (const int connections : {32, 64}) {
        const double accepts = measure(figures, connections);
        const double after = bare();
        const double limit = (before + after) / 2;
        const std::string of = fmt::format("{} connections", connections);
        figures.add(of, "bare_rows_per_second", limit, "1/s");
        figures.add(of, "part_of_bare", accepts / limit * 100, "%");
        before = after;
    }
}

}  // namespace orderhub::bench
