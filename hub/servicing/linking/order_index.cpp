#include "hub/servicing/linking/order_index.hpp"

#include <algorithm>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

constexpr std::uint32_t kSample = 2'000;  ///< orders that show which words are rare
constexpr std::uint64_t kOneOf = 16;      ///< that come in once the sample is there
/// Reading an order costs some ten microseconds; what is left out shares least with the case.
constexpr std::size_t kMostOrders = 120;

/// How much an order that has such a key is worth looking at.
int telling(linking::KeyKind kind) {
    using enum linking::KeyKind;
    switch (kind) {
        case number:
        case tracking:
        case mailbox:
        case phone:
        case customer:
            return 20;
        case address:
        case name_postcode:
            return 6;
        case name:
            return 5;
        case number_tail:
            return 3;
        case postcode:
            return 1;
    }
    return 0;
}

}  // namespace

void GoodsWords::learn(State& state) {
    {
        const std::lock_guard lock(mutex_);
        if (learned_) return;
    }
    linking::Vocabulary words;
    for (const std::string& document : state.newest_order_documents(kSample))
        words.add(matchable(decode_order(document)));
    const std::lock_guard lock(mutex_);
    if (learned_) return;
    learned_ = true;
    words_ = std::move(words);
}

void GoodsWords::add(const domain::Order& order) {
    {
        const std::lock_guard lock(mutex_);
        if (!learned_ || (words_.orders() >= kSample && ++seen_ % kOneOf != 0)) return;
    }
    const linking::Order counted = matchable(order);
    const std::lock_guard lock(mutex_);
    words_.add(counted);
}

double GoodsWords::rarity(std::string_view word) const {
    const std::lock_guard lock(mutex_);
    return words_.rarity(word);
}

std::shared_ptr<GoodsWords> make_goods_words() {
    return std::make_shared<GoodsWords>();
}

OrderIndex::OrderIndex(const Work& work, Hash hash) : work_(work), hash_(std::move(hash)) {
    work_.settings.goods_words->learn(work.state);
}

double OrderIndex::rarity(std::string_view word) {
    return work_.settings.goods_words->rarity(word);
}

std::vector<linking::Found> OrderIndex::find(std::span<const linking::Key> keys,
                                             std::size_t limit) {
    Kinds kinds;
    std::vector<std::int64_t> hashes;
    std::vector<linking::Found> found;
    const auto at_most = static_cast<std::uint32_t>(limit);
    for (const linking::Key& key : keys) {
        if (kinds.emplace(hash_(key), key.kind).second) hashes.push_back(hash_(key));
        if (key.kind == linking::KeyKind::mailbox) add_aliases(key, at_most, found);
    }
    std::map<std::int64_t, const KeyHits*> by_key;
    const std::vector<KeyHits> all = work_.state.orders_by_keys(hashes, at_most);
    for (const KeyHits& hits : all)
        by_key.emplace(hits.key, &hits);
    const std::set<std::string> wanted = likeliest(all, kinds);
    std::set<std::pair<linking::KeyKind, std::string>> seen;
    for (const std::int64_t key : hashes) {
        const auto hits = by_key.find(key);
        if (hits == by_key.end()) continue;
        for (const std::string& id : hits->second->ids)
            if (wanted.contains(id) && seen.emplace(kinds.at(key), id).second)
                if (auto order = this->order(id))
                    found.push_back({kinds.at(key), false, std::move(order)});
    }
    return found;
}

/// Those that share most with the case, the newer of two; an id rises with time.
std::set<std::string> OrderIndex::likeliest(const std::vector<KeyHits>& all,
                                            const Kinds& kinds) const {
    std::map<std::string, int> points;
    for (const KeyHits& hits : all)
        for (const std::string& id : hits.ids)
            points[id] += telling(kinds.at(hits.key));
    std::vector<std::pair<int, std::string>> ranked;
    for (auto& [id, value] : points)
        ranked.emplace_back(value, id);
    if (ranked.size() > kMostOrders) {
        std::ranges::nth_element(ranked, ranked.begin() + kMostOrders, std::greater{});
        ranked.resize(kMostOrders);
    }
    std::set<std::string> ids;
    for (auto& [value, id] : ranked)
        ids.insert(std::move(id));
    return ids;
}

linking::OrderPtr OrderIndex::order(const std::string& id) {
    const auto known = orders_.find(id);
    if (known != orders_.end()) return known->second;
    // Not locked: a case looks at many orders and changes none.
    const std::string document = work_.state.order_document(id);
    auto& order = orders_[id];
    if (!document.empty())
        order = std::make_shared<const linking::Order>(matchable(decode_order(document)));
    return order;
}

void OrderIndex::add_aliases(const linking::Key& key, std::uint32_t limit,
                             std::vector<linking::Found>& found) {
    for (const std::string& id : work_.state.customers_of_alias(key.text)) {
        const auto customer = work_.state.customer(id);
        if (!customer) continue;
        const std::string& whose =
            customer->joined_into.empty() ? customer->id : customer->joined_into;
        for (const OrderRow& row :
             work_.state.find_orders({.limit = limit, .customer_id = whose})) {
            auto order =
                std::make_shared<const linking::Order>(matchable(decode_order(row.document)));
            orders_.emplace(row.id, order);
            found.push_back({key.kind, true, std::move(order)});
        }
    }
}

}  // namespace orderhub::servicing
