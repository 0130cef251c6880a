// From an order of the Admin API to a record. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>

#include "amounts.hpp"

namespace orderhub::shopify {

/// Throws JsonError for a document without a currency.
Terms terms_of(const Json& order);

bool is_cancelled(const Json& order);

/// The record of an order as read_order gives it. Throws std::exception for a document that cannot
/// be one.
sdk::Order to_order(const Settings& settings, const Json& order, const std::string& observed_at);

}  // namespace orderhub::shopify
