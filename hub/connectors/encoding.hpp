// Text encodings that requests and signatures need.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderhub::connectors {

std::string to_base64(std::string_view bytes);
/// Null unless the text is complete base64 with its padding.
std::optional<std::string> from_base64(std::string_view text);
std::string to_hex(std::string_view bytes);  ///< lower case
std::optional<std::string> from_hex(std::string_view text);
/// As in application/x-www-form-urlencoded, but with %20 for a space.
std::string percent_encoded(std::string_view text);
/// As it stands between the quotes of a JSON string.
std::string json_escaped(std::string_view text);

}  // namespace orderhub::connectors
