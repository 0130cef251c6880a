// Where checks and recordings look into the host. All empty in everyday work.
#pragma once

#include <orderhub/connector.h>

#include <functional>

#include "hub/connectors/http_client.hpp"

namespace orderhub::connectors {

struct Taps {
    /// Lent to connectors in place of the host's own table; lives as long as the host. Its
    /// functions end in those of host_table().
    const oh_host* table = nullptr;
    /// Before a request goes out, on the connector thread; may send it to another place. What the
    /// connector may reach has been checked by then.
    std::function<void(WireRequest&)> outgoing;
    /// After an exchange, on the connector thread: the request as the connector gave it, with its
    /// placeholders, and the answer as the connector is about to see it.
    std::function<void(const oh_http_request&, const WireAnswer&)> exchanged;
};

}  // namespace orderhub::connectors
