// How deliveries, inbox messages and connectors look to the callers of the API.
#pragma once

#include <boost/json/object.hpp>

#include "hub/connectors/host.hpp"
#include "hub/routing/queue.hpp"

namespace orderhub::http {

/// `full` adds payload, result and history.
boost::json::object view(const routing::Delivery& delivery, bool full);
/// `full` adds the body and the headers.
boost::json::object view(const routing::InboxMessage& message, bool full);
/// What the manifest says, without configuration.
boost::json::object view(const connectors::Manifest& manifest);

}  // namespace orderhub::http
