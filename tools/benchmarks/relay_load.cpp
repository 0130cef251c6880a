#include "tools/benchmarks/relay_load.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <thread>

#include "tools/benchmarks/load.hpp"
#include "tools/benchmarks/signed_orders.hpp"

namespace orderhub::bench {

namespace {

constexpr int kConnections = 64;
const std::string kSecret = "bench-secret";

void wait_for(const Receiver& receiver, std::size_t count) {
    constexpr int kLooks = 6'000;
    for (int look = 0; look < kLooks; ++look) {
        if (receiver.count() >= count) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error("not all orders have arrived");
}

}  // namespace

std::string taking_connector() {
    return "  - name: bench\n    connector: signed_orders\n    config: {webhook_secret: plain:" +
           kSecret + "}\n";
}

Times relay(const HubProcess& hub, const Receiver& receiver, const std::string& run, int per_second,
            int seconds) {
    const int count = per_second * seconds;
    std::vector<std::string> requests;
    for (int i = 0; i < count; ++i)
        requests.push_back(signed_request("/intake/bench", kSecret,
                                          signed_order(run, static_cast<std::uint64_t>(i))));
    const std::size_t before = receiver.count();
    const auto load = run_load({.port = hub.port(),
                                .connections = kConnections,
                                .limit = std::chrono::seconds(seconds * 4),
                                .per_second = static_cast<double>(per_second)},
                               requests);
    if (load.others != 0 || load.accepted != requests.size())
        throw std::runtime_error("the hub did not accept all orders");
    wait_for(receiver, before + load.accepted);
    Times times;
    for (int i = 0; i < count; ++i)
        times.add(receiver.arrival(fmt::format("{}-{:08}", run, i)) -
                  load.due[static_cast<std::size_t>(i)]);
    return times;
}

}  // namespace orderhub::bench
