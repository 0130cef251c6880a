// One attempt to sign in, from the way to the provider until the way back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::identity {

/// Kept by the browser alone, sealed, so that the way back may lead to another hub or to a hub that
/// was started again.
struct Attempt {
    std::string state;      ///< comes back in the address
    std::string nonce;      ///< comes back in the ID token
    std::string verifier;   ///< of PKCE; proves that whoever began it redeems the code
    std::string return_to;  ///< page of the hub
    std::int64_t begun_ms = 0;
};

/// How long somebody may take at the provider.
inline constexpr std::int64_t kAttemptMs = 10 * 60 * 1000;

Attempt begin_attempt(std::string_view return_to, std::int64_t now_ms);

/// As a cookie's value. The secret is the client's, which all hubs of a company share.
std::string seal_attempt(const Attempt& attempt, std::string_view client_secret);

/// Nothing if this hub did not seal it, or if it took too long.
std::optional<Attempt> open_attempt(std::string_view sealed, std::string_view client_secret,
                                    std::int64_t now_ms);

/// Whether the text is a path of this hub's pages, and cannot be read as another host's address.
bool is_page(std::string_view text);

}  // namespace orderhub::identity
