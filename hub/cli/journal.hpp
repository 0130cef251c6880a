// The journal's end: where following begins.
#pragma once

#include <cstdint>

#include "hub/cli/client.hpp"

namespace orderhub::cli {

/// The sequence of the newest event, 0 if there is none. The API reads forward only, so this
/// probes: about twice the binary logarithm of the journal's length in requests.
Expected<std::int64_t> last_sequence(Client& client);

/// Where the page after this one begins.
std::int64_t next_of(const boost::json::value& page);

}  // namespace orderhub::cli
