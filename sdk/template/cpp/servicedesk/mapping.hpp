// From the system's JSON to the hub's records. Pure: no host, no clock, so it is tested with plain documents.
#pragma once

#include <orderhub/connector.hpp>

namespace @NAME@ {

/// Throws orderhub::sdk::JsonError for a document that is not a ticket.
orderhub::sdk::Case to_case(const orderhub::sdk::Json& ticket, const std::string& observed_at);

}  // namespace @NAME@
