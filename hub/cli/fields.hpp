// Reading the hub's documents leniently: a member that is missing is shown as nothing.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/cli/text_width.hpp"

namespace orderhub::cli {

/// The value at a JSON Pointer as text: strings as they are, numbers and truth values written out,
/// nothing for null, objects, arrays and what is not there.
std::string text(const boost::json::value& from, std::string_view pointer);

/// The whole number at a JSON Pointer; 0 if there is none.
std::int64_t whole_number(const boost::json::value& from, std::string_view pointer);

/// The array at a JSON Pointer; an empty one if there is none.
const boost::json::array& items(const boost::json::value& from, std::string_view pointer);

/// An RFC 3339 instant for a table: "2026-11-20 10:00:00Z", without the fraction.
std::string instant(const boost::json::value& from, std::string_view pointer);

}  // namespace orderhub::cli
