#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a stand-in sees of a request and says in reply. No sockets: the protocols are plain
// functions from one to the other, and the server around them adds faults.
namespace orderhub::sandbox {

namespace json = boost::json;

struct HttpRequest {
    std::string method;
    std::string path;       ///< without the query
    std::string raw_query;  ///< as sent, without '?'
    std::string base_url;   ///< "http://127.0.0.1:8089", as the client addressed us
    std::multimap<std::string, std::string> params;   ///< decoded query and form members
    std::multimap<std::string, std::string> headers;  ///< names in lower case
    std::multimap<std::string, std::string> parts;    ///< multipart members by name
    std::string body;

    /// First value of a header (name in lower case) or query member; empty when absent.
    std::string header(const std::string& name) const;
    std::string param(const std::string& name) const;
};

struct HttpReply {
    int status = 200;
    std::string body;
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
};

/// JSON text with plain decimal fractions (8.25, where Boost.JSON would print 8.25E0).
std::string to_text(const json::value& value);
HttpReply json_reply(const json::value& body, int status = 200);
/// Parses a JSON body; null value when it is not JSON.
json::value parse_or_null(std::string_view text);

/// Member of an object as text or integer; the fallback when absent or of another type. An integer
/// sent as text ("42") is read as a number and the other way round: ids travel in both forms.
std::string text_of(const json::object& object, std::string_view key, std::string fallback = {});
std::int64_t int_of(const json::object& object, std::string_view key, std::int64_t fallback = 0);
bool bool_of(const json::object& object, std::string_view key, bool fallback = false);
const json::object& object_of(const json::object& object, std::string_view key);
const json::array& array_of(const json::object& object, std::string_view key);
std::string scalar_text(const json::value& value);
/// A string as JSON, null when it is empty.
json::value text_or_null(const std::string& text);
json::value instant_or_null(std::int64_t us);

}  // namespace orderhub::sandbox
