#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "world.hpp"

// What the shop does: the mutations of the Admin API. Each returns the union member that the API
// answers with, records its effect and leaves a notice for the webhook.
namespace orderhub::sandbox::vendure {

/// Runs the mutation `name`; throws TopLevelError for failures outside the result union.
json::value run_action(World& world, const Channel& channel, const std::string& name,
                       const json::object& arguments);

// Shared by the actions and by the shopper of the control API.

Order* find_order(State& state, std::int64_t id);
json::object error_result(std::string_view type, std::string_view code, std::string_view message);
void add_history(State& state, Order& order, std::string_view type, json::value data,
                 bool is_public = true);
/// Goes to another state, with its history entry; no effect when it is there already.
void move_order(World& world, Order& order, const std::string& to);
/// Leaves a webhook notice. `moves` tells whether a stock shop moves updatedAt on this change;
/// with the touch switch it always moves.
void changed(World& world, Order& order, std::string_view event, bool moves = false);
std::string money_text(std::int64_t minor, const Order& order);
std::vector<LineQuantity> read_lines(const json::array& lines);

json::value cancel_order(World& world, const json::object& input);
json::value refund_order(World& world, const json::object& input);
json::value settle_refund(World& world, const json::object& input);
json::value settle_payment(World& world, std::int64_t id);
json::value cancel_payment(World& world, std::int64_t id);
json::value add_fulfillment(World& world, const json::object& input);
json::value transition_fulfillment(World& world, std::int64_t id, const std::string& to);

}  // namespace orderhub::sandbox::vendure
