// The published schemas of sdk/schemas, embedded in the binary.
#pragma once

#include <boost/json/value.hpp>
#include <span>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::schemas {

/// The text of a schema by its path under sdk/schemas ("records/order.schema.json"); empty if there
/// is none.
std::string_view find(std::string_view name);

/// All names.
std::span<const std::string_view> names();

/// Checks a document against a schema, or against a part of one
/// ("commands/case.note.schema.json#/$defs/result"). Any thread. Errors: NotFound "no_schema";
/// Invalid "schema" as Schema::validate.
Result<void> validate(std::string_view name, const boost::json::value& value);

}  // namespace orderhub::schemas
