// Which words the lines of orders are made of, and how often.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/linking/order.hpp"
#include "hub/linking/phrases.hpp"

namespace orderhub::linking {

/// A word of an order's line.
struct LineWord {
    std::string text;  ///< folded
    std::string stem;
    std::vector<std::uint16_t> concepts;
};
/// The words of a line's name, options and article number that may tell it, each once.
std::vector<LineWord> words_of(const OrderLine& line);

/// "#12": how a vocabulary knows a concept.
std::string concept_key(std::uint16_t kind);

/// Takes bounded space: after so many orders, earlier ones count half and rare words are forgotten.
class Vocabulary {
public:
    static constexpr std::size_t kMostOrders = 50'000;

    void add(const Order& order);
    std::size_t orders() const { return orders_; }
    /// As Index::rarity().
    double rarity(std::string_view word) const;

private:
    void forget_half();

    TextMap<std::uint32_t> orders_with_;
    std::size_t orders_ = 0;
};

}  // namespace orderhub::linking
