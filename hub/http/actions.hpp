// Preview and submit of an order action. Internal to hub/http.
#pragma once

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// What the action would do; If-Match is optional here and honoured if given.
Response preview_action(const Parts& parts, Call& call);

/// Does it once: Idempotency-Key and If-Match are required, and the answer is kept in the same unit
/// of work.
Response submit_action(const Parts& parts, Call& call);

}  // namespace orderhub::http
