// The promise that money closes, for generated orders and sequences of everything that can happen
// to them. ORDERHUB_SEQUENCES says how many; a failure prints the smallest order and steps that
// still fail.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "hub/domain/removal.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/engine/engine.hpp"

namespace orderhub::domain {

void showValue(const Recipe& recipe, std::ostream& out) {
    try {
        play(recipe, &out);
    } catch (const std::exception& broken) {
        out << "BROKEN: " << broken.what() << '\n';
    }
}

namespace {

rc::Gen<Recipe::Numbers> numbers() {
    return rc::gen::container<Recipe::Numbers>(
        rc::gen::resize(rc::kNominalSize, rc::gen::inRange<int>(0, 256)));
}

rc::Gen<std::vector<Recipe::Numbers>> several(int least, int most) {
    return rc::gen::mapcat(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)),
                           [](int count) {
                               return rc::gen::container<std::vector<Recipe::Numbers>>(
                                   static_cast<std::size_t>(count), numbers());
                           });
}

rc::Gen<Recipe> recipes() {
    return rc::gen::build<Recipe>(rc::gen::set(&Recipe::order, numbers()),
                                  rc::gen::set(&Recipe::lines, several(1, 5)),
                                  rc::gen::set(&Recipe::payments, several(1, 3)),
                                  rc::gen::set(&Recipe::steps, several(0, 16)));
}

int sequences() {
    const char* asked = std::getenv("ORDERHUB_SEQUENCES");
    return asked == nullptr ? 5'000 : std::max(1, std::atoi(asked));
}

TEST(Closure, HoldsForGeneratedOrdersAndSequences) {
    const std::string parameters = "max_success=" + std::to_string(sequences());
    setenv("RC_PARAMS", parameters.c_str(), 0);
    Outcome sum;
    int undone = 0, played = 0;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(rc::check("the laws of order servicing hold after every step", [&] {
        const Recipe recipe = *recipes();
        const Outcome outcome = play(recipe);
        ++played;
        undone += outcome.undone ? 1 : 0;
        for (const auto& [what, count] : outcome.accepted)
            sum.accepted[what] += count;
        for (const auto& [what, count] : outcome.refused)
            sum.refused[what] += count;
    }));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << played << " sequences, " << static_cast<int>(played / took.count())
              << " a second; " << undone << " undone to zero\n";
    for (const auto& [what, count] : sum.accepted)
        std::cout << "  " << what << ": " << count << " accepted, " << sum.refused[what]
                  << " refused\n";
    EXPECT_GT(undone, played / 4) << "too few orders are undone to show anything";
}

}  // namespace
}  // namespace orderhub::domain
