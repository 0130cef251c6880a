// Starts the program that runs one connector.
#pragma once

#include <sys/types.h>

#include <string>

#include "hub/domain/result.hpp"

namespace orderhub::connectors {

/// The descriptors belong to whoever asked for them.
struct Spawned {
    pid_t pid = -1;
    int ended = -1;    ///< pidfd: readable once the process has ended
    int socket = -1;   ///< the stream to it
    int errors = -1;   ///< what it writes to its standard output and error
    int running = -1;  ///< memory of a RunningCall
};

/// Starts `program` in a process group of its own with an empty environment; it inherits its end of
/// the stream (3), `library` (4) and the memory of its RunningCall (5), and nothing else of this
/// process. Errors: Unavailable
/// "no_process".
Result<Spawned> spawn(const std::string& program, int library);

/// Kills the process and those that it has started.
void kill_group(pid_t pid);

/// Why a process that has ended did, as a person would say it. Collects it.
std::string end_of(pid_t pid);

}  // namespace orderhub::connectors
