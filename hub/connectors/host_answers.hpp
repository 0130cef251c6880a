// What a connector's own process asks of the host, done for it.
#pragma once

#include <optional>
#include <string>

#include "hub/connectors/call.hpp"
#include "hub/connectors/frames.hpp"

namespace orderhub::connectors {

/// Does what a frame asks, on the call's own stack. Gives the reply to send, empty if none is due;
/// nothing if it is not a frame that a process may send during a call.
std::optional<std::string> host_answer(oh_call& call, const Frame& frame, std::uint32_t number);

}  // namespace orderhub::connectors
