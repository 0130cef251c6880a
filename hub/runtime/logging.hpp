// The log: one line an event on standard error, as text or JSON, with secrets masked.
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string>
#include <vector>

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

/// Replaces every occurrence of a secret by "***". Secrets shorter than four characters are left:
/// they would mask ordinary text.
std::string mask(std::string text, const std::vector<std::string>& secrets);

/// Makes the log as configured and installs it as spdlog's default. `secrets` never appear in it.
std::shared_ptr<spdlog::logger> start_log(const LogConfig& config,
                                          std::vector<std::string> secrets);

}  // namespace orderhub::runtime
