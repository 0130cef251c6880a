// Records that come in without a message of their own, and how those that did not change are left
// out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/routing/ports.hpp"

namespace orderhub::routing {

/// Lower-case hex SHA-256.
std::string sha256_hex(std::string_view text);

struct AcceptedRecords {
    std::uint32_t queued = 0;   ///< new in the inbox
    std::uint32_t skipped = 0;  ///< as the last one of that object
};

/// Puts records into the inbox, each unless it equals the last one accepted for its object.
AcceptedRecords accept_records(Queue& queue, const std::string& connector,
                               const std::vector<Record>& records, Instant now);

}  // namespace orderhub::routing
