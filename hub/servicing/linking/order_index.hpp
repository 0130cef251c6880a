// The matcher's look-up over a store.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "hub/linking/index.hpp"
#include "hub/linking/vocabulary.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

/// Which words orders are made of, told from the newest ones and looked at again now and then. Any
/// thread.
class GoodsWords {
public:
    std::shared_ptr<const linking::Vocabulary> now(State& state, std::int64_t now_ms);

private:
    std::mutex mutex_;
    std::shared_ptr<const linking::Vocabulary> words_;
    std::int64_t read_at_ = 0;
};

class OrderIndex : public linking::Index {
public:
    using Hash = std::function<std::int64_t(const linking::Key&)>;
    OrderIndex(const Work& work, Hash hash);

    std::vector<linking::Found> find(std::span<const linking::Key> keys,
                                     std::size_t limit) override;
    double rarity(std::string_view word) override { return words_->rarity(word); }

private:
    /// Null if there is no such order.
    linking::OrderPtr order(const std::string& id);
    void add_aliases(const linking::Key& key, std::uint32_t limit,
                     std::vector<linking::Found>& found);

    const Work& work_;
    const Hash hash_;
    std::shared_ptr<const linking::Vocabulary> words_;
    std::map<std::string, linking::OrderPtr> orders_;
};

}  // namespace orderhub::servicing
