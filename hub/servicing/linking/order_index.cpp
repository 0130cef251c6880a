#include "hub/servicing/linking/order_index.hpp"

#include <set>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

constexpr std::uint32_t kSample = 300;
constexpr std::int64_t kGoodForMs = 600'000;
constexpr std::int64_t kFewGoodForMs = 5'000;  ///< a store that has only begun to fill
/// Reading an order costs some ten microseconds; who has more orders than this is known by more
/// than a name.
constexpr std::size_t kMostOrders = 80;

}  // namespace

std::shared_ptr<const linking::Vocabulary> GoodsWords::now(State& state, std::int64_t now_ms) {
    {
        const std::lock_guard lock(mutex_);
        const bool few = words_ != nullptr && words_->orders() < kSample / 2;
        if (words_ != nullptr && now_ms - read_at_ < (few ? kFewGoodForMs : kGoodForMs))
            return words_;
    }
    auto words = std::make_shared<linking::Vocabulary>();
    for (const OrderRow& row : state.find_orders({.limit = kSample}))
        words->add(matchable(decode_order(row.document)));
    const std::lock_guard lock(mutex_);
    read_at_ = now_ms;
    words_ = words;
    return words;
}

std::shared_ptr<GoodsWords> make_goods_words() {
    return std::make_shared<GoodsWords>();
}

OrderIndex::OrderIndex(const Work& work, Hash hash)
    : work_(work),
      hash_(std::move(hash)),
      words_(work.settings.goods_words->now(work.state, work.request.now_ms)) {}

std::vector<linking::Found> OrderIndex::find(std::span<const linking::Key> keys,
                                             std::size_t limit) {
    std::map<std::int64_t, linking::KeyKind> kinds;
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
    std::set<std::pair<linking::KeyKind, std::string>> seen;
    // The most telling keys come first, so that what is left out tells least.
    for (const std::int64_t key : hashes) {
        const auto hits = by_key.find(key);
        if (hits == by_key.end()) continue;
        for (const std::string& id : hits->second->ids)
            if (seen.emplace(kinds.at(key), id).second)
                if (auto order = this->order(id))
                    found.push_back({kinds.at(key), false, std::move(order)});
    }
    return found;
}

linking::OrderPtr OrderIndex::order(const std::string& id) {
    const auto known = orders_.find(id);
    if (known != orders_.end()) return known->second;
    if (orders_.size() >= kMostOrders) return nullptr;
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
