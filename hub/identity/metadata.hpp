// What a provider says of itself (OpenID Connect Discovery 1.0).
#pragma once

#include <string>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::identity {

struct Metadata {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
    std::string userinfo_endpoint;          ///< empty if it has none
    bool takes_basic_authorization = true;  ///< otherwise the secret goes in the body
    bool names_issuer_on_return = false;    ///< RFC 9207
};

/// Errors: Unavailable "bad_metadata" if it is no document of this issuer, or an endpoint would be
/// reached without TLS though the issuer is not.
Result<Metadata> read_metadata(std::string_view document, std::string_view issuer);

/// https, or http on this machine.
bool is_safe_address(std::string_view url);

}  // namespace orderhub::identity
