// The limit that the store is measured against.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace orderhub::bench {

/// Rows a second that SQLite alone takes durably (WAL, synchronous FULL), 64 rows a commit, in a
/// file of its own in `folder`: number, unique id, body; nothing is indexed or read beside. Throws
/// std::runtime_error if SQLite fails.
double batch_rows_per_second(const std::string& folder, const std::vector<std::string>& bodies,
                             std::chrono::milliseconds duration);

}  // namespace orderhub::bench
