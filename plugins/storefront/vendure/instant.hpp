// RFC 3339 text <-> milliseconds since 1970, UTC.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace orderhub::vendure {

/// "2026-11-22T18:42:32.278Z" -> milliseconds; more digits are cut off, as Vendure's API does.
/// Throws std::invalid_argument for anything but a real date and time of day with a final Z.
std::int64_t parse_instant(std::string_view text);

/// Milliseconds -> "2026-11-22T18:42:32.278Z".
std::string format_instant(std::int64_t milliseconds);

}  // namespace orderhub::vendure
