// Counts the locks that a connector holds: this program's own pthread functions stand before those
// of the C library, and look at where they were called from.
//
// What it sees are mutexes, read-write locks and spin locks of POSIX (std::mutex is one), taken in
// the connector's own code. A lock taken inside another library on its behalf, one made of atomics
// or futexes (Rust's std::sync::Mutex), is not seen.
#pragma once

#include <string>

namespace orderhub::kit {

void count_locks_of(const std::string& library);
/// By this thread, now.
int locks_held();

}  // namespace orderhub::kit
