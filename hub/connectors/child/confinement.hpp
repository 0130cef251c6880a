// What a connector's own process may use, and in a sandbox: may do. All of it is set by the process
// itself before the connector's first instruction runs, and cannot be taken back.
#pragma once

#include <cstdint>
#include <string>

namespace orderhub::connectors {

/// Memory in bytes of address space; at most `files` open files; no core files. Empty, or why not.
std::string limit_resources(std::uint64_t memory_bytes, std::uint64_t files);

/// The process ends with its parent.
void end_with_parent();

/// Cuts the process off before the library is loaded: no network (a name space of its own if the
/// kernel permits), no file but those of system libraries (Landlock if the kernel has it), no new
/// privileges, and a filter that permits to load a library, to compute and to use what is open.
/// Whoever tries something else is killed. Empty, or why the filter cannot be set; the rest is as
/// much as is permitted.
std::string confine_for_loading();

/// Takes away what loading needed: from now on nothing is opened or looked up, and no memory
/// becomes code. Also for threads that the library has started.
std::string confine_for_running();

}  // namespace orderhub::connectors
