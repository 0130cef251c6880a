#include "tools/benchmarks/parts.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <cstdio>
#include <string>
#include <vector>

#include "tools/benchmarks/load.hpp"
#include "tools/benchmarks/signed_orders.hpp"

namespace orderhub::bench {

namespace {

constexpr std::uint64_t kOrders = 60'000;
constexpr std::size_t kSinkThreads = 64;  // one for each kept connection

std::vector<std::string> requests(const std::string& path, const std::string& secret,
                                  const std::string& run, std::uint64_t generator) {
    std::vector<std::string> all;
    for (std::uint64_t i = 0; i < kOrders; ++i)
        all.push_back(signed_request(path, secret, signed_order(run, generator * kOrders + i)));
    return all;
}

}  // namespace

int post_orders(std::span<char*> words) {
    if (words.size() != 7) return 2;
    Load load;
    load.port = static_cast<std::uint16_t>(std::stoul(words[0]));
    load.connections = std::stoi(words[1]);
    load.limit = std::chrono::seconds(std::stoi(words[2]));
    const auto all = requests(words[4], words[3], words[5], std::stoul(words[6]));
    // The one who started this waits for all generators before any of them begins.
    fmt::print("ready\n");
    std::fflush(stdout);
    if (std::getchar() == EOF) return 1;
    const LoadResult result = run_load(load, all);
    fmt::print(R"({{"accepted":{},"others":{},"seconds":{:.3f},"p50_ms":{:.3f},"p99_ms":{:.3f}}})"
               "\n",
               result.accepted, result.others, result.seconds, result.latencies.quantile(0.5),
               result.latencies.quantile(0.99));
    return 0;
}

int take_orders() {
    httplib::Server server;
    server.new_task_queue = [] { return new httplib::ThreadPool(kSinkThreads); };
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(1'000'000);
    server.Post(".*", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("{}", "application/json");
    });
    server.Get(".*", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("{}", "application/json");
    });
    const int port = server.bind_to_any_port("127.0.0.1");
    fmt::print("listening on {}\n", port);
    std::fflush(stdout);
    return server.listen_after_bind() ? 0 : 1;
}

}  // namespace orderhub::bench
