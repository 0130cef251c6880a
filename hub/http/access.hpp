// Bearer tokens: made once, shown once, stored as a hash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/http/call.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

/// Hex SHA-256.
std::string sha256_hex(std::string_view text);

/// A fresh secret: "oh_" and 256 random bits in base64url.
std::string make_token_secret();

/// libsodium, ready for use. Throws std::runtime_error if it cannot be.
void start_sodium();

/// Who sent this request, by its token; a 401 if it has no good one. Reads the store: not on the
/// socket thread.
Checked<Caller> authenticate_token(store::Store& store, const Request& request,
                                   std::int64_t now_ms);

/// The trace id of a traceparent header (W3C Trace Context), or a fresh one.
std::string trace_of(std::string_view traceparent);

}  // namespace orderhub::http
