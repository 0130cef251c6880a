// Events of the journal as the API shows them.
#pragma once

#include <boost/json/object.hpp>

#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

/// What everybody may see who sees the order.
boost::json::object event_view(const Event& event);
/// With the address from which it was asked, for those who may read the audit log; and, of an event
/// in which something was erased, the checksum of what it was ("erased").
boost::json::object audit_view(const Event& event, std::string_view erased = {});

}  // namespace orderhub::servicing
