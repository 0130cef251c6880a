// The JSON type of configurations, payloads and untyped records: Json (json.hpp), which needs nothing but the SDK, or
// boost::json::object where ORDERHUB_SDK_BOOST_JSON is defined (CMake: find_package with
// COMPONENTS boost, orderhub_add_connector with BOOST_JSON).
#pragma once

#include <orderhub/json.hpp>

#include <string>
#include <string_view>

#if defined(ORDERHUB_SDK_BOOST_JSON)
#include <boost/json.hpp>
#endif

namespace orderhub::sdk {

#if defined(ORDERHUB_SDK_BOOST_JSON)

namespace json = boost::json;
using Document = json::object;
inline Document parse_document(std::string_view text) { return json::parse(text).as_object(); }
inline std::string document_text(const Document& document) { return json::serialize(document); }

#else

using Document = Json;  ///< always an object
inline Document parse_document(std::string_view text) {
    Json document = Json::parse(text);
    document.members();
    return document;
}
inline std::string document_text(const Document& document) { return document.dump(); }

#endif

}  // namespace orderhub::sdk
