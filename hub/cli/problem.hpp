// Problem documents (RFC 9457) as one sentence.
#pragma once

#include <string>

#include "hub/cli/failure.hpp"

namespace orderhub::cli {

/// What an answer of 400 and above means. A body that is no problem document did not come from a
/// hub: that counts as unreachable.
Failure failure_of(int status, const std::string& body);

}  // namespace orderhub::cli
