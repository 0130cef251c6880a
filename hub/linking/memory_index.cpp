#include "hub/linking/memory_index.hpp"

#include <algorithm>
#include <set>

namespace orderhub::linking {

namespace {

std::string stored(const Key& key) {
    return static_cast<char>(key.kind) + key.text;
}

}  // namespace

MemoryIndex::MemoryIndex(std::vector<Order> orders, std::string_view default_country) {
    std::ranges::sort(orders, [](const Order& one, const Order& other) {
        return std::pair(-one.placed_at, std::string_view(one.number)) <
               std::pair(-other.placed_at, std::string_view(other.number));
    });
    for (Order& order : orders) {
        const auto at = static_cast<std::uint32_t>(orders_.size());
        for (const Key& key : keys_of(order, default_country))
            by_key_[stored(key)].push_back(at);
        vocabulary_.add(order);
        orders_.push_back(std::make_shared<const Order>(std::move(order)));
    }
}

std::vector<Found> MemoryIndex::find(std::span<const Key> keys, std::size_t limit) {
    std::vector<Found> found;
    std::set<std::pair<KeyKind, std::uint32_t>> seen;
    for (const Key& key : keys) {
        const auto list = by_key_.find(stored(key));
        if (list == by_key_.end()) continue;
        std::size_t taken = 0;
        for (const std::uint32_t at : list->second)
            if (taken++ < limit && seen.emplace(key.kind, at).second)
                found.push_back({key.kind, false, orders_[at]});
    }
    return found;
}

}  // namespace orderhub::linking
