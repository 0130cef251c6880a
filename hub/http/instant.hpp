// Instants as the API writes and reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::http {

/// Milliseconds since the epoch as RFC 3339 UTC with milliseconds.
std::string rfc3339(std::int64_t instant_ms);

/// "2026-01-31" (its start, UTC) or "2026-01-31T10:00:00[.123]Z"; nothing if it is neither, or no
/// day of the calendar.
std::optional<std::int64_t> parse_instant(std::string_view text);

}  // namespace orderhub::http
