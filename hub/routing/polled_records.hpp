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

/// Of what a record says, without the moment at which it was read: two readings of one state are
/// equal.
std::string state_digest(const Record& record);

/// Keeps a record's state as the last one known of its object, whichever way it came, so that a
/// poll that sees the same is left out and one that sees an earlier state again is not.
void remember_state(Queue& queue, const std::string& connector, const Record& record);

struct AcceptedRecords {
    std::uint32_t queued = 0;   ///< new in the inbox
    std::uint32_t skipped = 0;  ///< as the last one of that object
};

/// Puts records into the inbox, each unless it says what the last one of its object said. They are
/// due at `due`; 0 is now.
AcceptedRecords accept_records(Queue& queue, const std::string& connector,
                               const std::vector<Record>& records, Instant now, Instant due = 0);

}  // namespace orderhub::routing
