// From the system's JSON to the hub's records. Pure: no host, no clock, so it is tested with plain documents.
#pragma once

#include <orderhub/connector.hpp>

namespace @NAME@ {

/// Throws orderhub::sdk::JsonError or std::invalid_argument for a document that is not an order.
orderhub::sdk::Order to_order(const orderhub::sdk::Json& order, const std::string& observed_at);

}  // namespace @NAME@
