// Orders that are posted at a rate and come out at a receiver.
#pragma once

#include <string>

#include "tools/benchmarks/figures.hpp"
#include "tools/benchmarks/hub_process.hpp"
#include "tools/benchmarks/receiver.hpp"

namespace orderhub::bench {

/// YAML of the connector "bench" that takes the orders.
std::string taking_connector();

/// Posts `per_second` orders a second for `seconds`, whether answers come or not, and waits until
/// all have arrived. Gives the times from when each was to be sent until it arrived. Throws
/// std::runtime_error if one is refused, or has not arrived two minutes after the last was sent.
Times relay(const HubProcess& hub, const Receiver& receiver, const std::string& run, int per_second,
            int seconds);

}  // namespace orderhub::bench
