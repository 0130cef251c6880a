// Reading what a caller sent: JSON bodies against their schemas, query parameters, preconditions.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "hub/http/call.hpp"

namespace orderhub::http {

/// The body as an object that fits `schema`, a name under components/schemas of the OpenAPI
/// document. Refusals: 415, 400 "bad_json" (malformed, deeper than 64), 400 "bad_body" with the
/// pointer of the offending field.
Checked<boost::json::object> read_body(const Request& request, std::string_view schema);

/// A 400 if there is a parameter that is none of these.
Checked<void> only_parameters(const Target& target, std::initializer_list<std::string_view> known);

/// A whole number; `otherwise` if absent. A 400 if it is no number or outside [low, high].
Checked<std::int64_t> number_parameter(const Target& target, std::string_view name,
                                       std::int64_t otherwise, std::int64_t low, std::int64_t high);

/// One of `allowed`, or empty if absent.
Checked<std::string> word_parameter(const Target& target, std::string_view name,
                                    std::span<const std::string_view> allowed);

/// Text of at most 320 characters (an e-mail address is the longest); empty if absent.
Checked<std::string> text_parameter(const Target& target, std::string_view name);

/// What If-Match: "N" or "N.F" of a preview names; 0 for what is absent. A 400 if it is anything
/// else.
struct PreviewVersions {
    std::int64_t order = 0;
    std::int64_t flow = 0;
};
Checked<PreviewVersions> if_match_preview(const Request& request);

/// The version that If-Match: "N" names; 0 if the header is absent. A 400 if it is anything else.
Checked<std::int64_t> if_match(const Request& request);

/// The Idempotency-Key. A 400 if it is absent, longer than 255 characters or not printable ASCII.
Checked<std::string> idempotency_key(const Request& request);

}  // namespace orderhub::http
