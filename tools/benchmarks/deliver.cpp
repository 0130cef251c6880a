// From the webhook to the outside system that is told, at fixed rates.
#include <fmt/format.h>

#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/relay_load.hpp"

namespace orderhub::bench {

void measure_deliver(Figures& figures) {
    constexpr int kSeconds = 8;
    for (const int rate : {100, 500, 1'000, 2'000}) {
        const Folder folder;
        const Receiver receiver;
        const HubProcess hub(folder.path(), taking_connector() + receiver.connector("sink"));
        relay(hub, receiver, "warm", 100, 1);
        const double cpu = hub.cpu_seconds();
        const Times times = relay(hub, receiver, "run", rate, kSeconds);
        const std::string of = fmt::format("{}/s", rate);
        figures.add(of, "webhook_to_receiver", times);
        figures.add(of, "cpu_per_1000", (hub.cpu_seconds() - cpu) * 1'000 / (rate * kSeconds), "s");
        figures.add(of, "peak_memory", hub.memory().peak_mb, "MB");
    }
    const Folder folder;
    figures.add("disk", "fdatasync_per_second", syncs_per_second(folder.path()), "1/s");
}

}  // namespace orderhub::bench
