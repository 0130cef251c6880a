// How Tryton writes amounts and dates in JSON. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderhub::tryton {

/// {"__class__":"Decimal",...} of a decimal text, or of an amount in minor units.
boost::json::object decimal(std::string_view text);
boost::json::object decimal(std::int64_t minor, const std::string& currency);

/// The minor units of such an object. Throws std::exception for any other shape.
std::int64_t minor_of(const boost::json::value& value, const std::string& currency);

/// {"__class__":"date",...} of YYYY-MM-DD, and back. Both throw std::exception for anything else.
boost::json::object date(const std::string& text);
std::string date_text(const boost::json::value& value);

/// A list of one. Braces do not do: compilers differ on whether array{array} is a copy or a nest.
boost::json::array list(boost::json::value only);

/// One clause of a search: field = value.
boost::json::array equal(std::string_view field, std::string_view value);
boost::json::array equal(std::string_view field, std::int64_t value);

/// left + right; throws Stop (rejected) if it does not fit.
std::int64_t sum(std::int64_t left, std::int64_t right);

}  // namespace orderhub::tryton
