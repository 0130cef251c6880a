// References to secrets in the configuration.
#pragma once

#include <string>

#include "hub/domain/result.hpp"

namespace orderhub::runtime {

/// The secret behind ${ENV_NAME}, file:/path, credential:NAME (a file of systemd's; a last line
/// break is dropped) or plain:TEXT.
/// Errors: Invalid, with a sentence that says what to write instead and never repeats the text.
Result<std::string> resolve_secret(const std::string& reference);

/// Whether the text is ${ENV_NAME} as a whole.
bool is_environment_reference(const std::string& text);

}  // namespace orderhub::runtime
