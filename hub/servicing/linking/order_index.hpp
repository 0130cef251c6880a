// The matcher's look-up over a store.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "hub/linking/index.hpp"
#include "hub/linking/vocabulary.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

/// Which words orders are made of: told from the newest ones of the store, and from those that have
/// come in since. Any thread.
class GoodsWords {
public:
    /// Reads the store, the first time that it is called.
    void learn(State& state);
    /// An order has come in. Of many only some are counted: it takes longer than to store them.
    void add(const domain::Order& order);
    /// See linking::Index.
    double rarity(std::string_view word) const;

private:
    mutable std::mutex mutex_;
    linking::Vocabulary words_;
    bool learned_ = false;
    std::uint64_t seen_ = 0;
};

class OrderIndex : public linking::Index {
public:
    using Hash = std::function<std::int64_t(const linking::Key&)>;
    OrderIndex(const Work& work, Hash hash);

    std::vector<linking::Found> find(std::span<const linking::Key> keys,
                                     std::size_t limit) override;
    double rarity(std::string_view word) override;

private:
    using Kinds = std::map<std::int64_t, linking::KeyKind>;
    /// Null if there is no such order.
    linking::OrderPtr order(const std::string& id);
    void add_aliases(const linking::Key& key, std::uint32_t limit,
                     std::vector<linking::Found>& found);
    std::set<std::string> likeliest(const std::vector<KeyHits>& all, const Kinds& kinds) const;

    const Work& work_;
    const Hash hash_;
    std::map<std::string, linking::OrderPtr> orders_;
};

}  // namespace orderhub::servicing
