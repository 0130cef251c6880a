// Whether an instance's settings suit its connector.
#pragma once

#include "hub/connectors/host.hpp"
#include "hub/connectors/permissions.hpp"
#include "hub/connectors/secrets.hpp"

namespace orderhub::connectors {

struct CheckedSettings {
    Permissions permissions;
    Secrets secrets;
};

/// Checks the configuration against the manifest's schema, with the secrets in the place of their
/// placeholders. Errors: Invalid "bad_config" naming the field (no value is quoted), Denied
/// "host_not_granted".
Result<CheckedSettings> check_settings(const Manifest& manifest, const InstanceSettings& settings);

}  // namespace orderhub::connectors
