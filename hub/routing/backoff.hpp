// When to try again. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "hub/routing/settings.hpp"

namespace orderhub::routing {

/// The wait before the next attempt after `failures` (from 1) in a row. `random` is any 64-bit
/// number. A delay that the other side asked for is never cut short.
std::chrono::milliseconds retry_delay(const Backoff& backoff, std::uint32_t failures,
                                      std::uint64_t random,
                                      std::optional<std::chrono::milliseconds> asked_for);

}  // namespace orderhub::routing
