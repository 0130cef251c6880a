// RFC 3339 text and Tryton's datetime <-> microseconds since 1970, UTC. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderhub::tryton {

/// "2026-11-22T18:42:32Z", with up to six decimals. Throws std::invalid_argument for anything else.
std::int64_t parse_instant(std::string_view text);
/// Always with six decimals.
std::string format_instant(std::int64_t microseconds);

/// {"__class__":"datetime",...}, and back. The latter throws std::exception for any other shape.
boost::json::object datetime(std::int64_t microseconds);
std::int64_t microseconds_of(const boost::json::value& datetime);

}  // namespace orderhub::tryton
