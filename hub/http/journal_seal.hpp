// The hash chain over the journal.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hub/servicing/state.hpp"

namespace orderhub::http {

/// Hex SHA-256 of the hash of the seal before (empty for the first) and of the events, oldest
/// first: each of these as its JSON text in the audit log of the API (no spaces, members in that
/// order), with a line feed after it. So who has exported the log can work it out without the hub.
std::string seal_hash(std::string_view hash_before, std::span<const servicing::Event> events);

}  // namespace orderhub::http
