#include "hub/routing/backoff.hpp"

#include <algorithm>

namespace orderhub::routing {

std::chrono::milliseconds retry_delay(const Backoff& backoff, std::uint32_t failures,
                                      std::uint64_t random,
                                      std::optional<std::chrono::milliseconds> asked_for) {
    std::int64_t ceiling = backoff.base.count();
    for (std::uint32_t n = 1; n < failures && ceiling < backoff.cap.count(); ++n)
        ceiling *= 2;
    ceiling = std::min<std::int64_t>(ceiling, backoff.cap.count());
    const auto jittered =
        static_cast<std::int64_t>(random % (static_cast<std::uint64_t>(ceiling) + 1));
    const std::chrono::milliseconds wait(jittered);
    return asked_for ? std::max(*asked_for, wait) : wait;
}

}  // namespace orderhub::routing
