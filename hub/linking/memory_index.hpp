// Orders held in memory: for files, tests and measurements.
#pragma once

#include "hub/linking/index.hpp"
#include "hub/linking/vocabulary.hpp"

namespace orderhub::linking {

class MemoryIndex : public Index {
public:
    MemoryIndex(std::vector<Order> orders, std::string_view default_country);

    std::vector<Found> find(std::span<const Key> keys, std::size_t limit) override;
    double rarity(std::string_view word) override { return vocabulary_.rarity(word); }

private:
    std::vector<OrderPtr> orders_;  ///< newest first
    TextMap<std::vector<std::uint32_t>> by_key_;
    Vocabulary vocabulary_;
};

}  // namespace orderhub::linking
