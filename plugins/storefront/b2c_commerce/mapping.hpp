// From an order document of the Orders API to a record. Pure.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "settings.hpp"

namespace orderhub::b2c_commerce {

/// What a list orders and pages by: lastModified in milliseconds. Throws JsonError.
std::int64_t changed_at(const Json& order);

/// The record; nothing for an order that was never placed (created, failed) or has no currency.
/// Throws JsonError or std::invalid_argument for a document that cannot be one.
std::optional<sdk::Order> to_order(const Settings& settings, const Json& order,
                                   const std::string& observed_at);

bool is_cancelled(const Json& order);

}  // namespace orderhub::b2c_commerce
