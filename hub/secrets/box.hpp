// Sealed texts: nobody reads or changes them without the key, or takes one for another.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::secrets {

inline constexpr std::size_t kKeyBytes = 32;
using Key = std::array<unsigned char, kKeyBytes>;

/// A key made of a secret that has enough chance in it (not of a password), for one `purpose`.
Key derive_key(std::string_view secret, std::string_view purpose);

/// XChaCha20-Poly1305 with a random nonce; base64url without padding. `place` says where the text
/// belongs: it is not kept, and only the same place opens it.
std::string seal(const Key& key, std::string_view text, std::string_view place);

/// Nothing if it was sealed with another key or for another place, or changed since.
std::optional<std::string> unseal(const Key& key, std::string_view sealed, std::string_view place);

}  // namespace orderhub::secrets
