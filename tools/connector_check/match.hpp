// Whether a request is the one that an exchange of the check file means. Pure.
#pragma once

#include <string>
#include <string_view>

#include "script.hpp"

namespace orderhub::kit {

/// A request as the stand-in read it.
struct HttpRequest {
    std::string method;
    std::string path;  ///< without the query
    Texts query;       ///< decoded
    Texts headers;     ///< names in lower case
    std::string body;
    std::string target;  ///< path and query as they came
};

/// `*` in the pattern stands for any text, also none.
bool fits_text(std::string_view pattern, std::string_view text);
/// Every member of an object of the pattern is there and fits; lists are of one length; texts are
/// patterns.
bool fits_json(const json::value& pattern, const json::value& value);
bool fits(const RequestPattern& pattern, const HttpRequest& request);
/// "a=1&b=2", decoded.
Texts parse_form(std::string_view text);

}  // namespace orderhub::kit
