// What all decisions of operators have in common: the item is stored and the journal tells it.
// Internal to hub/routing.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "hub/routing/ports.hpp"

namespace orderhub::routing {

/// {"sequence", "connector"}: what every entry about a message says.
boost::json::object about(const InboxMessage& message);

/// Stores a delivery as an operator's decision left it, with the entry `event`, and tells
/// servicing.
Result<void> store_decision(Unit& unit, const Request& request, const std::string& event,
                            const Delivery& before, const Delivery& after);

/// A message is due now, with its failures forgotten: "message.retried".
void retry(Unit& unit, const Request& request, InboxMessage message);

}  // namespace orderhub::routing
