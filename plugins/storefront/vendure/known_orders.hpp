// What the connector has emitted: a fingerprint per order in the host's durable state, spread over
// 64 values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::vendure {

struct KnownOrder {
    std::string id;
    std::string digest;
    /// The sweep that last saw it in an open state; 0 for a closed order.
    std::int64_t sweep = 0;
};

/// The view of one call: read from state when first asked, written back by save(). Another call of
/// the instance may save in between; what is lost then costs one needless record, never a change: a
/// digest is only noted for what is emitted.
class KnownOrders {
public:
    static constexpr std::size_t kShards = 64;

    explicit KnownOrders(sdk::Call& call) : call_(call) {}

    /// Nothing if the order was never emitted, or so long ago that it was pushed out. Valid until
    /// the next call.
    const KnownOrder* find(std::string_view id);

    void put(KnownOrder order);

    /// Open orders of one shard that sweep number `sweep` has not seen: they left the open states,
    /// or moved.
    std::vector<std::string> unseen(std::size_t shard, std::int64_t sweep);

    /// Hands all changes to the host, oldest orders dropped (closed ones first) where a value would
    /// grow too long.
    void save();

private:
    struct Shard {
        bool loaded = false;
        bool changed = false;
        std::vector<KnownOrder> orders;  // least recently changed first
    };

    Shard& load(std::size_t index);

    sdk::Call& call_;
    std::array<Shard, kShards> shards_;
};

}  // namespace orderhub::vendure
