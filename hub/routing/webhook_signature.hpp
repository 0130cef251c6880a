// Signatures of Standard Webhooks 1.0: what a receiver checks with the secret that it was given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::routing {

/// A fresh secret: "whsec_" and 256 random bits in base64. Throws if the system has no randomness.
std::string make_webhook_secret();

/// The value of the header webhook-signature: "v1,<base64 of HMAC-SHA256 of id.timestamp.body>" for
/// each of `secrets`, with a space between them. A secret that is not "whsec_<base64>" is passed
/// over. `timestamp_s` is in seconds.
std::string webhook_signature(const std::vector<std::string>& secrets, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body);

}  // namespace orderhub::routing
