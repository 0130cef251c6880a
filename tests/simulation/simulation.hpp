// One life of the whole hub in a world of faults, and what the auditor says of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace orderhub::simulation {

/// Mistakes planted to see whether the auditor notices.
enum class Mutation {
    none,
    posts_twice,    ///< the books' connector
    never_asks,     ///< the books' connector, before it tries again
    believes_lies,  ///< the books' connector
    loses_units,    ///< the store calls done what it did not store
    loses_timers,   ///< routing never looks again at what it put off
};

struct Verdict {
    std::uint64_t seed = 0;
    std::uint64_t hash = 0;   ///< of all that happened
    std::uint64_t steps = 0;  ///< how many things happened
    std::vector<std::string> problems;
    std::vector<std::string> last_lines;  ///< of the trace
};

/// The same seed gives the same verdict. `loud`: the whole trace goes to standard error.
Verdict simulate(std::uint64_t seed, Mutation mutation = Mutation::none, bool loud = false);

/// Seed, step, problems and the end of the trace, and how to run it again.
std::string report(const Verdict& verdict);

}  // namespace orderhub::simulation
