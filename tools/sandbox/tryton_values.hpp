#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "decimal.hpp"

// Tryton's JSON notation for values that JSON has no type for.
namespace orderhub::sandbox::tryton {

namespace json = boost::json;

/// {"__class__":"Decimal","decimal":"10.00"}
json::value decimal_value(std::int64_t minor_units, int scale);
json::value decimal_value(const std::string& text);
/// {"__class__":"date",...} of the day that an instant lies in.
json::value date_value(std::int64_t us);
/// {"__class__":"datetime",...}
json::value datetime_value(std::int64_t us);

/// A Decimal, or a plain number or text, which Tryton takes as well.
std::optional<Decimal> read_decimal(const json::value& value);
/// A date or datetime as microseconds; empty for anything else.
std::optional<std::int64_t> read_instant(const json::value& value);

/// -1, 0 or 1; values of different kinds compare as text. Null is greater than everything else, as
/// in PostgreSQL's ordering.
int compare_values(const json::value& a, const json::value& b);

}  // namespace orderhub::sandbox::tryton
