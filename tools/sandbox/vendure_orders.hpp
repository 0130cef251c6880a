#pragma once

#include <boost/json.hpp>

#include "vendure_types.hpp"

// Reading orders: what a channel sees of them, filtered, sorted and cut into pages.
namespace orderhub::sandbox::vendure {

/// The default channel sees every order, another one its own.
bool visible(const Channel& channel, const Order& order);
/// {"totalItems", "items"}; throws TopLevelError USER_INPUT_ERROR for a page that is too large.
json::value list_orders(const State& state, const Channel& channel, const json::object& options);
/// Null for an id that is unknown, malformed or belongs to another channel.
json::value one_order(const State& state, const Channel& channel, const std::string& id);
json::value list_customers(const State& state, const json::object& options);

/// Whether an order passes an OrderFilterParameter.
bool passes(const json::object& filter, const Order& order);

}  // namespace orderhub::sandbox::vendure
