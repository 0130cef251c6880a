// Whether the account can be worked with as configured.
#pragma once

#include "client.hpp"

namespace orderhub::zendesk {

/// Changes nothing. Throws Stop with a sentence for the operator.
void check_account(const Settings& settings, Client& client, std::int64_t now_ms);

}  // namespace orderhub::zendesk
