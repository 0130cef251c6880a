// The API's description: served to callers and used to check their bodies, so that the two cannot
// differ.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::http {

/// openapi.yaml as JSON text.
std::string_view openapi_text();

/// Checks a document against a schema under components/schemas. Errors: Invalid, with the offending
/// field's pointer. Any thread. A name that the document lacks is a bug and throws.
Result<void> check_against(std::string_view schema, const boost::json::value& value);

}  // namespace orderhub::http
