// The project's documents as records. Pure.
#pragma once

#include <map>
#include <orderhub/connector.hpp>
#include <string>

#include "client.hpp"
#include "settings.hpp"

namespace orderhub::commercetools {

/// Instant of a resource's last change.
std::int64_t changed_at(const Json& resource);

bool is_cancelled(const Json& order);

/// Units of each line that the order's deliveries hold.
std::map<std::string, std::int64_t> delivered_units(const Json& order);

/// The delivery of this key; a null pointer if the order has none.
const Json* find_delivery(const Json& order, std::string_view key);

/// Throws std::exception for a document that does not fit.
sdk::Order to_order(const Settings& settings, const Shown& shown);

}  // namespace orderhub::commercetools
