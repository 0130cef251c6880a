// What an answer says about how fast its system may be asked. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "hub/connectors/http_client.hpp"

namespace orderhub::connectors {

struct RateWords {
    bool refused = false;  ///< the request was not done, because there were too many
    std::optional<std::chrono::milliseconds> pause;  ///< before the next request
    std::string reason;  ///< where that stands: "retry-after", "ratelimit", ...; empty if nowhere
};

/// Understands
/// - 429, and 503 with `Retry-After` in seconds;
/// - `RateLimit: ...;r=0;t=5`, `RateLimit: limit=..., remaining=0, reset=5` and
///   `RateLimit-Remaining: 0` with `RateLimit-Reset: 5` (the IETF drafts of the HTTPAPI group);
/// - `X-Shopify-Shop-Api-Call-Limit: 39/40`: a bucket that empties in twenty seconds, of which a
///   tenth is left for others;
/// - Shopify's GraphQL cost, `extensions.cost.throttleStatus` in the body;
/// - NetSuite's SSS_REQUEST_LIMIT_EXCEEDED with any status but a 2xx: too many at the same time.
RateWords rate_words(const WireAnswer& answer);

}  // namespace orderhub::connectors
