// What a JSON-RPC answer of Tryton means. Pure.
#pragma once

#include <boost/json.hpp>
#include <orderhub/http.hpp>
#include <string_view>

namespace orderhub::tryton {

/// The member "result" of an answer. Throws Stop for every other status and for an error, which
/// Tryton sends with status 200: {"error": [kind, details...]}. An answer that cannot be understood
/// is a retry for a read and unknown for a write.
boost::json::value result_of(const sdk::HttpResponse& response, sdk::Effect effect);

/// What the array behind "error" means. A person of the books gets Tryton's sentence and nothing
/// of the details behind it, which hold up to 25 KB of field definitions and values.
sdk::Stop stop_for_error(const boost::json::value& error);

/// At most `limit` bytes of `text`, cut before a character rather than within one, and without
/// white space at the end.
std::string_view shortened(std::string_view text, std::size_t limit = 500);

}  // namespace orderhub::tryton
