// From what a connector asks for to what is sent.
#pragma once

#include <orderhub/connector.h>

#include "hub/connectors/http_client.hpp"
#include "hub/connectors/permissions.hpp"
#include "hub/connectors/secrets.hpp"

namespace orderhub::connectors {

/// Checks a request and fills its placeholders in. Leaves owner, deadline and limits to the caller.
/// Errors (the exchange is refused): Denied "host_not_granted"; Invalid for anything malformed.
Result<WireRequest> to_wire(const oh_http_request& request, const Permissions& permissions,
                            const Secrets& secrets);

}  // namespace orderhub::connectors
