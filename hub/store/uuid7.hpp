// Ids that sort by the time of their making.
#pragma once

#include <cstdint>
#include <string>

namespace orderhub::store {

/// A UUID of version 7 (RFC 9562) for this instant. Within a process each is greater than the one
/// before, also within a millisecond and when the clock steps back. Any thread.
std::string uuid7(std::int64_t now_ms);

}  // namespace orderhub::store
