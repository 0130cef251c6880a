// What the matcher needs of whoever holds the orders.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "hub/linking/keys.hpp"
#include "hub/linking/order.hpp"

namespace orderhub::linking {

using OrderPtr = std::shared_ptr<const Order>;

struct Found {
    KeyKind kind = KeyKind::number;  ///< of the key that found it
    bool by_alias = false;           ///< an agent has confirmed that the mailbox is this customer's
    OrderPtr order;
};

class Index {
public:
    virtual ~Index() = default;

    /// The orders that have any of the keys, newest first for each key and at most `limit` of it;
    /// an order comes once for each kind of key. A kind that is not indexed finds nothing.
    virtual std::vector<Found> find(std::span<const Key> keys, std::size_t limit) = 0;

    /// How rare a word is in the lines of orders: 0 in each of them, 1 in hardly any; below 0 if
    /// it is in none. `word`: a stem, or "#" and the number of a concept.
    virtual double rarity(std::string_view word) = 0;
};

}  // namespace orderhub::linking
