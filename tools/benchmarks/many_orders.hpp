// A store with very many orders, written through its port: not by way of the connectors, which
// would take hours.
#pragma once

#include <cstdint>
#include <string>

#include "hub/store/store.hpp"

namespace orderhub::bench {

/// What one of the orders is found by.
struct OrderWords {
    std::string number;
    std::string email;
    std::string phone;
    std::string tracking;
};
OrderWords order_words(std::uint64_t number);

/// A million, or ten if ORDERHUB_LONG is 1; ORDERHUB_ORDERS if it is set.
std::uint64_t orders_to_make();

/// Fills an empty store with `count` orders of two lines, shipped, each with a customer of its
/// own, the message that it came by, its event, and a delivery to the connector "sink" that is due.
/// Throws std::runtime_error if the store refuses something.
void fill_with_orders(store::Store& store, std::uint64_t count);

}  // namespace orderhub::bench
