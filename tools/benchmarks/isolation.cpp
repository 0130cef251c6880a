// What it costs to run connectors outside the hub's process: the same orders through all three.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <string>

#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/relay_load.hpp"

namespace orderhub::bench {

namespace {

constexpr std::array kModes{"in_process", "process", "sandboxed"};
constexpr int kRounds = 3;
constexpr int kBurst = 4'000;
constexpr int kRate = 200;
constexpr int kSeconds = 3;

struct Best {
    double per_second = 0;
    double cpu_per_1000 = 0;
};

/// `entry` is the YAML of one connector.
std::string isolated(const std::string& entry, const std::string& mode) {
    return entry + "    isolation: " + mode + "\n";
}

/// The modes take turns, so that what else the machine does meets all of them; of each the best
/// round counts.
void measure(const std::string& mode, Figures& figures, Best& best, bool with_latency) {
    const Folder folder;
    const Receiver receiver;
    const HubProcess hub(folder.path(), isolated(taking_connector(), mode) +
                                            isolated(receiver.connector("sink"), mode));
    relay(hub, receiver, "warm", 200, 1);
    const double cpu = hub.cpu_seconds();
    const auto start = std::chrono::steady_clock::now();
    relay(hub, receiver, "burst", kBurst, 1);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (kBurst / took.count() > best.per_second)
        best = {kBurst / took.count(), (hub.cpu_seconds() - cpu) * 1'000 / kBurst};
    if (!with_latency) return;
    figures.add(mode, "webhook_to_receiver", relay(hub, receiver, "run", kRate, kSeconds));
    figures.add(mode, "memory_of_the_hub", hub.memory().now_mb, "MB");
}

}  // namespace

void measure_isolation(Figures& figures) {
    std::map<std::string, Best> best;
    for (int round = 1; round <= kRounds; ++round)
        for (const std::string mode : kModes)
            measure(mode, figures, best[mode], round == kRounds);
    for (const std::string mode : kModes) {
        figures.add(mode, "orders_per_second", best[mode].per_second, "1/s");
        figures.add(mode, "cpu_per_1000", best[mode].cpu_per_1000, "s");
        figures.add(mode, "throughput_lost",
                    100 * (1 - best[mode].per_second / best["in_process"].per_second), "%");
    }
}

}  // namespace orderhub::bench
