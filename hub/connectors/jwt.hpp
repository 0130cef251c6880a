// Signed assertions (JSON Web Tokens, RFC 7519), by which a client shows who it is without a shared
// secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderhub::connectors {

/// `claims` (a JSON object) signed with RS256. Null unless `private_key` is an RSA key in PEM
/// without a passphrase.
std::optional<std::string> signed_jwt(std::string_view claims, std::string_view private_key);

}  // namespace orderhub::connectors
