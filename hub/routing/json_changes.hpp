// What differs between two JSON documents, member by member.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string_view>

namespace orderhub::routing {

/// In the manner of a JSON Patch (RFC 6902) that also says what was there: [{"op": "replace",
/// "path": "/lines/0/quantity", "before": 2, "value": 1}, ...]; "add" has no "before", "remove" no
/// "value". Arrays are compared place by place. Nothing deeper than 64 levels is looked into.
boost::json::array json_changes(const boost::json::value& before, const boost::json::value& after);

/// The same of two texts. If one of them is not JSON, the whole is one change without its contents.
boost::json::array text_changes(std::string_view before, std::string_view after);

}  // namespace orderhub::routing
