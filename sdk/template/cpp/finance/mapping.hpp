// From the system's JSON to the hub's records. Pure: no host, no clock, so it is tested with plain documents.
#pragma once

#include <orderhub/connector.hpp>

namespace @NAME@ {

/// Net, tax and gross of a document of the books. Throws as to_posting does.
orderhub::sdk::Money totals_of(const orderhub::sdk::Json& document);

/// Throws orderhub::sdk::JsonError or std::invalid_argument for a document that cannot be read.
orderhub::sdk::Posting to_posting(const orderhub::sdk::Json& document, const std::string& observed_at);

}  // namespace @NAME@
