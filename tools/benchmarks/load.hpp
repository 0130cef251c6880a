// A small load generator: one thread, kept connections, each sends its next request when the answer
// to its last one is there. Loopback only.
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
};

struct LoadResult {
    std::uint64_t accepted = 0;  ///< answers 202
    std::uint64_t others = 0;    ///< other answers
    double seconds = 0;          ///< from the first request to the last answer
    Times latencies;             ///< of the accepted ones
};

/// Sends each of `requests` at most once. Throws std::runtime_error if a connection fails or an
/// answer takes longer than 10 s.
LoadResult run_load(const Load& load, const std::vector<std::string>& requests);

}  // namespace orderhub::bench
