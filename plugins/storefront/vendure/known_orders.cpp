#include "known_orders.hpp"

#include <algorithm>
#include <charconv>

namespace orderhub::vendure {
namespace {

constexpr std::size_t kLongestValue = 60'000;  // the host takes 64 KiB

std::size_t shard_of(std::string_view id) {
    std::uint32_t hash = 0x811c9dc5U;
    for (const char c : id)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    return hash % KnownOrders::kShards;
}

std::string state_key(std::size_t index) {
    return "known." + std::to_string(index);
}

/// One line: "<id> <digest> <sweep>". A line that does not parse is skipped: its order is emitted
/// once more.
std::optional<KnownOrder> parse_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    KnownOrder order{std::string(line.substr(0, first)),
                     std::string(line.substr(first + 1, second - first - 1)), 0};
    const std::string_view sweep = line.substr(second + 1);
    const auto parsed = std::from_chars(sweep.data(), sweep.data() + sweep.size(), order.sweep);
    if (parsed.ec != std::errc{}) return std::nullopt;
    return order;
}

std::vector<KnownOrder> parse(std::string_view text) {
    std::vector<KnownOrder> orders;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto order = parse_line(text.substr(0, end))) orders.push_back(std::move(*order));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return orders;
}

std::string line_of(const KnownOrder& order) {
    return order.id + ' ' + order.digest + ' ' + std::to_string(order.sweep) + '\n';
}

/// Drops orders from the front until the value fits.
void shorten(std::vector<KnownOrder>& orders) {
    std::size_t length = 0;
    for (const KnownOrder& each : orders)
        length += line_of(each).size();
    for (const bool closed_only : {true, false})
        std::erase_if(orders, [&](const KnownOrder& each) {
            if (length <= kLongestValue || (closed_only && each.sweep != 0)) return false;
            length -= line_of(each).size();
            return true;
        });
}

}  // namespace

KnownOrders::Shard& KnownOrders::load(std::size_t index) {
    Shard& shard = shards_[index];
    if (shard.loaded) return shard;
    shard.orders = parse(call_.state(state_key(index)));
    shard.loaded = true;
    return shard;
}

const KnownOrder* KnownOrders::find(std::string_view id) {
    const Shard& shard = load(shard_of(id));
    const auto found = std::find_if(shard.orders.begin(), shard.orders.end(),
                                    [&](const KnownOrder& each) { return each.id == id; });
    return found == shard.orders.end() ? nullptr : &*found;
}

void KnownOrders::put(KnownOrder order) {
    Shard& shard = load(shard_of(order.id));
    shard.changed = true;
    const auto found = std::find_if(shard.orders.begin(), shard.orders.end(),
                                    [&](const KnownOrder& each) { return each.id == order.id; });
    if (found != shard.orders.end() && found->digest == order.digest) {
        found->sweep = order.sweep;
        return;
    }
    if (found != shard.orders.end()) shard.orders.erase(found);
    shard.orders.push_back(std::move(order));
}

std::vector<std::string> KnownOrders::unseen(std::size_t shard, std::int64_t sweep) {
    std::vector<std::string> ids;
    for (const KnownOrder& each : load(shard).orders)
        if (each.sweep != 0 && each.sweep != sweep) ids.push_back(each.id);
    return ids;
}

void KnownOrders::save() {
    for (std::size_t index = 0; index < kShards; ++index) {
        Shard& shard = shards_[index];
        if (!shard.changed) continue;
        shorten(shard.orders);
        std::string text;
        for (const KnownOrder& each : shard.orders)
            text += line_of(each);
        call_.set_state(state_key(index), text);
        shard.changed = false;
    }
}

}  // namespace orderhub::vendure
