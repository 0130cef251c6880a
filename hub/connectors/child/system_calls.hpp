// The filter of system calls of a sandboxed connector's process (seccomp).
#pragma once

#include <cstdint>
#include <string>

namespace orderhub::connectors {

enum class Stage : std::uint8_t {
    loading,  ///< files may be opened to read, memory may become code
    running,
};

/// Kills the process at every system call that is not permitted in `stage`. What an earlier filter
/// forbids stays forbidden. Empty, or why it could not be set.
std::string permit_system_calls(Stage stage);

}  // namespace orderhub::connectors
