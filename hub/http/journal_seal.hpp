// The hash chain over the journal.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hub/store/audit.hpp"

namespace orderhub::http {

/// Hex SHA-256 of the hash of the seal before (empty for the first) and of the events' checksums,
/// oldest first, with a line feed after each. An event's checksum is the hex SHA-256 of its JSON
/// text in the audit log of the API (no spaces, members in that order); of one in which something
/// was erased, the one it had before. So who has exported the log can work it out without the hub.
std::string seal_hash(std::string_view hash_before, std::span<const store::AuditEvent> events);

}  // namespace orderhub::http
