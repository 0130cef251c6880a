// How deliveries, inbox messages and connectors look to the callers of the API.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "hub/connectors/host.hpp"
#include "hub/routing/parked_work.hpp"

namespace orderhub::http {

/// `full` adds payload, result and history.
boost::json::object view(const routing::Delivery& delivery, bool full);
/// `full` adds the body and the headers.
boost::json::object view(const routing::InboxMessage& message, bool full);
/// {"count", "first": the next ones in short}.
boost::json::object view(const routing::LineBehind& behind);
/// {"edited_at", "edited_by"} and the content under the name `as`.
boost::json::object view(const routing::Original& original, std::string_view as);
/// What the manifest says, without configuration.
boost::json::object view(const connectors::Manifest& manifest);
/// {"isolation", "state", "pid", "starts", "ends", "last_end"} of a connector's own process.
boost::json::object view(const connectors::ProcessFacts& process);

}  // namespace orderhub::http
