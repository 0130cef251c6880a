// Checks the signatures of inbound messages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/connectors/host.hpp"

namespace orderhub::connectors {

/// Checks a raw message as its scheme asks and gives its id: the one that the sender signed or
/// named, or the SHA-256 of the body in hex. Header names in lower case. Digests are compared in
/// constant time. Errors: Denied "bad_signature", "stale_message" (signed, but its timestamp is
/// outside the tolerance, early or late).
///
/// An hmac-sha256 signature covers the body, and its timestamp where the scheme has a header for
/// one, but not `id_header`. So such a message can be sent again by whoever has recorded it: within
/// the tolerance, or without a timestamp at any time. Applying a record twice changes nothing,
/// which makes that harmless.
/// A token covers nothing: it needs TLS on the way.
Result<std::string> verify_webhook(const WebhookScheme& scheme, std::string_view secret,
                                   const std::vector<Header>& headers, std::string_view body,
                                   std::int64_t now_ms);

/// Whether an unsigned message does no more than try the address: `ping` and digits, at most 20.
bool is_ping(std::string_view ping, std::string_view body);

}  // namespace orderhub::connectors
