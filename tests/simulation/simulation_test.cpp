// Many seeds, each twice; or one, with its whole trace: simulation_test --seed N
#include "tests/simulation/simulation.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace orderhub::simulation {
namespace {

constexpr std::uint64_t kSeedsInLongMode = 1'000;
constexpr std::chrono::seconds kNormalRun{50};
constexpr std::uint64_t kFewestSeeds = 10;  // however slow the machine is

bool is_long() {
    const char* wanted = std::getenv("ORDERHUB_LONG");
    return wanted != nullptr && std::strcmp(wanted, "0") != 0;
}

TEST(Simulation, NothingIsLostOrDoubledWhateverHappens) {
    const auto end = std::chrono::steady_clock::now() + kNormalRun;
    std::uint64_t seed = 0;
    std::uint64_t steps = 0;
    while (seed < (is_long() ? kSeedsInLongMode : kFewestSeeds) ||
           (!is_long() && std::chrono::steady_clock::now() < end)) {
        const Verdict first = simulate(++seed);
        ASSERT_TRUE(first.problems.empty()) << report(first);
        const Verdict second = simulate(seed);
        ASSERT_EQ(first.hash, second.hash) << "not the same twice: " << report(second);
        steps += first.steps;
    }
    std::printf("seeds 1 to %llu, %llu steps\n", static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(steps));
}

/// Some seed of the first few must show the mistake.
class Mutations : public testing::TestWithParam<Mutation> {};

TEST_P(Mutations, AreNoticed) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed)
        if (!simulate(seed, GetParam()).problems.empty()) return;
    FAIL() << "the auditor saw nothing in 40 seeds";
}

INSTANTIATE_TEST_SUITE_P(Auditor, Mutations,
                         testing::Values(Mutation::posts_twice, Mutation::never_asks,
                                         Mutation::believes_lies, Mutation::loses_units,
                                         Mutation::loses_timers));

int run_one(std::uint64_t seed) {
    const Verdict verdict = simulate(seed, Mutation::none, true);
    std::printf("%s", report(verdict).c_str());
    return verdict.problems.empty() ? 0 : 1;
}

}  // namespace
}  // namespace orderhub::simulation

int main(int count, char** words) {
    testing::InitGoogleTest(&count, words);
    if (count == 3 && std::strcmp(words[1], "--seed") == 0)
        return orderhub::simulation::run_one(std::strtoull(words[2], nullptr, 10));
    return RUN_ALL_TESTS();
}
