// Routing as the API sees it. Internal to hub/runtime.
#pragma once

#include "hub/http/operations.hpp"
#include "hub/routing/router.hpp"

namespace orderhub::runtime {

/// The router must outlive the result.
http::Operations bind_operations(routing::Router& router);

}  // namespace orderhub::runtime
