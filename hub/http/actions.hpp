// Actions on an order: what can be done, what it would do, doing it. Internal to hub/http.
#pragma once

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// What can be done now, and why the rest cannot.
Response show_eligibility(const Parts& parts, Call& call);

/// What the action would do; If-Match is optional here and honoured if given.
Response preview_action(const Parts& parts, Call& call);

/// Does it once: Idempotency-Key and If-Match are required, and the answer is kept in the same unit
/// of work.
Response submit_action(const Parts& parts, Call& call);

}  // namespace orderhub::http
