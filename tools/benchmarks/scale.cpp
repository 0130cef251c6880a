// A hub with a million orders (ORDERHUB_LONG=1: ten million), each with a delivery that is due,
// beside an empty one.
#include <fmt/format.h>

#include <filesystem>
#include <random>
#include <stdexcept>

#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/hub_process.hpp"
#include "tools/benchmarks/load.hpp"
#include "tools/benchmarks/many_orders.hpp"
#include "tools/benchmarks/searches.hpp"
#include "tools/benchmarks/signed_orders.hpp"

namespace orderhub::bench {

namespace {

using std::chrono::milliseconds;

constexpr int kConnections = 64;
constexpr std::uint64_t kOrders = 40'000;  // of one load
constexpr milliseconds kLimit{8'000};      // of one load
const std::string kSecret = "bench-secret";
/// Nobody listens there: what is due stays due.
const std::string kConnectors =
    "  - name: bench\n    connector: signed_orders\n    config: {webhook_secret: plain:" + kSecret +
    "}\n  - name: sink\n    connector: order_sink\n    grant: {hosts: [\"127.0.0.1:1\"]}\n"
    "    config: {url: \"http://127.0.0.1:1/in\"}\n";

void search(Figures& figures, store::Store& store, std::uint64_t count, const std::string& by,
            std::string OrderWords::* word) {
    std::mt19937_64 random(7);
    measure_searches(figures, store, by, [&] { return order_words(random() % count).*word; });
}

void fill(Figures& figures, const std::string& path, std::uint64_t count) {
    const auto store =
        store::open_sqlite({.path = path, .log_limit_bytes = std::uint64_t{2} << 30});
    Times times;
    times.take([&] { fill_with_orders(*store, count); });
    figures.add("fill", "orders", static_cast<double>(count), "");
    figures.add("fill", "orders_per_s", static_cast<double>(count) * 1'000 / times.quantile(0.5),
                "1/s");
    search(figures, *store, count, "number", &OrderWords::number);
    search(figures, *store, count, "e-mail", &OrderWords::email);
    search(figures, *store, count, "phone", &OrderWords::phone);
    search(figures, *store, count, "tracking", &OrderWords::tracking);
    store->stop();
}

/// A hub on what is in the folder: how it starts, what it holds, what it accepts.
void run_hub(Figures& figures, const std::string& of, const std::string& folder) {
    std::vector<std::string> requests;
    for (std::uint64_t i = 0; i < kOrders; ++i)
        requests.push_back(signed_request("/intake/bench", kSecret, signed_order(of, i)));
    const HubProcess hub(folder, kConnectors);
    figures.add(of, "start", hub.start_seconds() * 1'000, "ms");
    figures.add(of, "memory_at_start", hub.memory().now_mb, "MB");
    const LoadResult load = run_load({hub.port(), kConnections, kLimit}, requests);
    if (load.others != 0 || load.accepted == 0)
        throw std::runtime_error(fmt::format("{} orders were not accepted", load.others));
    figures.add(of, "accepts_per_s", static_cast<double>(load.accepted) / load.seconds, "1/s");
    figures.add(of, "accept", load.latencies);
    figures.add(of, "peak_memory", hub.memory().peak_mb, "MB");
}

}  // namespace

void measure_scale(Figures& figures) {
    const auto count = orders_to_make();
    const Folder folder;
    const std::string database = folder.path() + "/data/orderhub.db";
    std::filesystem::create_directories(folder.path() + "/data");
    figures.add("disk", "fdatasync_per_s", syncs_per_second(folder.path()), "1/s");
    {
        const Folder empty;
        run_hub(figures, "empty", empty.path());
    }
    fill(figures, database, count);
    figures.add(
        "fill", "bytes_per_order",
        static_cast<double>(std::filesystem::file_size(database)) / static_cast<double>(count),
        "B");
    run_hub(figures, "full", folder.path());
}

}  // namespace orderhub::bench
