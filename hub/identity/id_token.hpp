// What an ID token must say (OpenID Connect Core 1.0, 3.1.3.7).
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::identity {

struct Expected {
    std::string_view issuer;
    std::string_view client_id;
    std::string_view nonce;
    std::int64_t now_s = 0;
};

/// Of claims whose signature is good. Errors: Denied "bad_token", with what is wrong and no value
/// of the token.
Result<void> check_id_token(const boost::json::object& claims, const Expected& expected);

}  // namespace orderhub::identity
