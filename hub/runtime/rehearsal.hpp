// What a message would change if it were applied now, found out without changing anything. Internal
// to hub/runtime.
#pragma once

#include <boost/json/array.hpp>

#include "hub/connectors/host.hpp"
#include "hub/routing/queue.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// Differences: [{"sequence", "kind", "id", "number", "is_new", "changes" (as json_changes() gives
/// them, without versions and times of reading), "commands" (kinds of what would be sent)}], none
/// for what stays as it is. Error: why the message could not be understood or applied, as a
/// connector or servicing says it; Unavailable if the store cannot be used. Calls the connector for
/// a raw message and waits for it.
Result<boost::json::array> rehearse(store::Store& store, connectors::Host& host,
                                    const servicing::Service& service,
                                    const routing::InboxMessage& message,
                                    const servicing::Request& request);

}  // namespace orderhub::runtime
