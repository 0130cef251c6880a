// Small encodings of OAuth 2.0.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderhub::identity {

/// "a=1&b=x%20y", as a query or as application/x-www-form-urlencoded.
std::string form(const std::vector<std::pair<std::string_view, std::string_view>>& fields);

/// 256 random bits as 43 characters that need no encoding.
std::string random_text();

/// The S256 challenge of a PKCE verifier (RFC 7636).
std::string challenge_of(std::string_view verifier);

/// "Basic ..." of id and secret, each encoded as a form's value (RFC 6749, 2.3.1).
std::string basic_authorization(std::string_view id, std::string_view secret);

/// Without telling by its time how much of them is alike.
bool same(std::string_view one, std::string_view other);

}  // namespace orderhub::identity
