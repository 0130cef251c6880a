// What must be right before the hub relies on an instance.
#pragma once

#include "settings.hpp"

namespace orderhub::service_cloud {

/// Throws Stop with what a person must mend.
void check_organisation(const Settings& settings, salesforce::Client& client);

}  // namespace orderhub::service_cloud
