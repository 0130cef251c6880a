// What can be measured.
#pragma once

#include "tools/benchmarks/figures.hpp"

namespace orderhub::bench {

/// Order servicing on a durable store in a temporary folder. Throws std::exception if something
/// that must work does not.
void measure_servicing(Figures& figures);

}  // namespace orderhub::bench
