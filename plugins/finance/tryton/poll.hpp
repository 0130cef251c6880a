// Reads the customer invoices that have changed.
#pragma once

#include <orderhub/connector.hpp>
#include <string_view>

#include "client.hpp"

namespace orderhub::tryton {

/// Emits a record of kind posting for each customer invoice with a reference that was created or
/// changed since `cursor`, about a hundred in one call, and sets the cursor. Throws Stop.
void poll_postings(sdk::Call& call, const Config& config, Client& client, std::string_view cursor,
                   bool is_first);

}  // namespace orderhub::tryton
