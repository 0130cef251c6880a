// A flow tried out against the store, of which nothing is kept. Internal to hub/http.
#pragma once

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// POST /api/v1/flows:simulate.
Response simulate_flow(const Parts& parts, Call& call);

}  // namespace orderhub::http
