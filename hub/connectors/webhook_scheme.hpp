// The words of webhook schemes, and those that stand in an instance's configuration.
#pragma once

#include <string_view>

#include "hub/connectors/host.hpp"
#include "hub/connectors/secrets.hpp"

namespace orderhub::connectors {

/// Among an instance's secrets: the one that its webhooks were signed with before the present one.
/// No configuration key is written so.
inline constexpr std::string_view kPreviousSecret = "previous webhook secret";

/// hmac-sha256 for a word that is none.
WebhookScheme::Kind to_webhook_kind(std::string_view word);
inline std::string_view to_text(WebhookScheme::Kind kind) {
    if (kind == WebhookScheme::Kind::standard_webhooks) return "standard-webhooks";
    if (kind == WebhookScheme::Kind::timestamped_hmac_sha256) return "timestamped-hmac-sha256";
    return kind == WebhookScheme::Kind::token ? "token" : "hmac-sha256";
}

/// Puts the configuration's values in the place of config:KEY; a key that is not there gives the
/// default: hmac-sha256, hex, no prefix. Errors: Invalid "bad_config" if a header is needed and
/// none is named.
Result<void> configure(WebhookScheme& scheme, const Secrets& secrets);

}  // namespace orderhub::connectors
