// The functions lent to a connector in its own process: what waits or is durable is asked of the
// hub, where it is the same code that serves connectors in the hub's process.
#pragma once

#include <orderhub/connector.h>

#include <cstdint>
#include <vector>

#include "hub/connectors/child/crew.hpp"

namespace orderhub::connectors {

/// For child_host_table(); must be set before a connector is made, and live as long.
struct Lender {
    Channel& channel;
    Crew& crew;
};

void set_lender(Lender* lender);
const oh_host& child_host_table();
std::int64_t child_now_ms();

}  // namespace orderhub::connectors

/// One call under way; on the stack of its thread.
struct oh_call {
    std::uint32_t number;
    std::int64_t deadline_ms;  ///< by the clock of now_ms
    /// What the last reply to each function gave: borrowed by the connector until its next call.
    orderhub::connectors::Frame http_reply{};
    std::vector<oh_header> http_headers{};
    orderhub::connectors::Frame state_reply{};
};
