// Writes to the write-ahead log, gathered.
#pragma once

#include <string>

namespace orderhub::store {

/// The name of a VFS on top of `inner` (empty: the default) for the connection that writes. SQLite
/// writes each page of a commit with two calls, one for its frame's 24 bytes; this one hands them
/// on together, at the latest when the log is synced, which with synchronous = FULL is before
/// anybody else is told of them. All other files are the inner VFS's own.
std::string gathering_vfs(const std::string& inner);

}  // namespace orderhub::store
