// Reads one order whole: its parts that come in pages, its fulfilments and its refunds.
#pragma once

#include <optional>
#include <string>

#include "client.hpp"

namespace orderhub::shopify {

/// An order as the mapping takes it: the answer's object, with all of "lineItems", and the whole
/// "fulfillments" and "refunds" in place of their ids.
struct OrderDocument {
    Json order;
    std::string observed_at;  ///< when its reading began
};

/// Nothing if the shop has no such order, or none that the app may see.
std::optional<OrderDocument> read_order(const Settings& settings, Client& client, sdk::Call& call,
                                        const std::string& number);

}  // namespace orderhub::shopify
