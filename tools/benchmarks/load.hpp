// A small load generator: one thread, kept connections, each sends its next request when the answer
// to its last one is there, and not before its time if there is a rate. Loopback only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/benchmarks/figures.hpp"

namespace orderhub::bench {

struct Load {
    std::uint16_t port = 0;
    int connections = 1;
    std::chrono::milliseconds limit{10'000};  ///< no new request after it
    double per_second = 0;                    ///< of all together; 0: as fast as answers come
};

struct LoadResult {
    std::uint64_t accepted = 0;  ///< answers 202
    std::uint64_t others = 0;    ///< other answers
    double seconds = 0;          ///< from the first request to the last answer
    Times latencies;             ///< of the accepted ones, from when they were due
    /// When each request was to be sent, in its place; of those not sent the epoch.
    std::vector<std::chrono::steady_clock::time_point> due;
};

/// Sends each of `requests` at most once. Throws std::runtime_error if a connection fails or an
/// answer takes longer than 10 s.
LoadResult run_load(const Load& load, const std::vector<std::string>& requests);

}  // namespace orderhub::bench
