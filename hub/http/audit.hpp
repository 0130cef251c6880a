// What people changed about the hub itself goes into the journal.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// Appends an event by the caller. `details` must hold no secret and no personal data beyond the
/// names of users.
void note(const Parts& parts, const Call& call, store::Transaction& transaction,
          std::string_view type, const boost::json::object& details);

}  // namespace orderhub::http
