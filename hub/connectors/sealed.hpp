// Texts that lie in the store and that nobody reads there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderhub::connectors {

/// AES-256-GCM under the SHA-256 of `secret`, in base64.
std::string seal(std::string_view text, std::string_view secret);
/// Nothing if it was sealed with another secret, or changed since.
std::optional<std::string> unseal(std::string_view sealed, std::string_view secret);

}  // namespace orderhub::connectors
