// Orders and sequences of everything that can happen to them, made from numbers; each step is
// checked against the laws of order servicing. The numbers are read modulo what is possible, so
// every recipe means something, smaller numbers mean simpler orders, and a failing recipe can be
// shrunk.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

struct Recipe {
    using Numbers = std::array<std::uint8_t, 16>;
    Numbers order{};
    std::vector<Numbers> lines;
    std::vector<Numbers> payments;
    std::vector<Numbers> steps;
};

/// The same one for the same seed.
Recipe random_recipe(std::uint64_t seed);

/// A law does not hold; what() says which and with what figures.
class Broken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Steps by what they were ("cancel", "snapshot", ...).
struct Outcome {
    std::map<std::string, int> accepted;
    std::map<std::string, int> refused;
    bool undone = false;  ///< everything was taken back at the end, and nothing was left
};

/// What the storefront shows first.
Snapshot order_of(const Recipe& recipe);

/// Plays all steps and then undoes the order. `words`: gets the order and each step in words.
/// Throws Broken.
Outcome play(const Recipe& recipe, std::ostream* words = nullptr);

/// Every figure of an order, one a line; equal texts mean equal orders.
std::string figures(const Order& order);

}  // namespace orderhub::domain
