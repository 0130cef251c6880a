// Reading Vendure's JSON: members that may be null, ids that may be numbers, amounts that must be
// whole.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace orderhub::vendure {

namespace json = boost::json;

/// The document is not what Vendure's Admin API documents; says which member.
struct MappingError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The member's text; empty if it is absent, null or no text. Borrowed from `object`.
std::string_view text_of(const json::object& object, std::string_view key);

/// The member's text; throws MappingError if there is none.
std::string_view required_text(const json::object& object, std::string_view key);

/// An id as text: history data carries ids as numbers, everything else as texts. Throws
/// MappingError.
std::string id_of(const json::object& object, std::string_view key);

/// A whole number: money in minor units, or a quantity. Throws MappingError if it is absent or has
/// a fraction.
std::int64_t whole(const json::object& object, std::string_view key);

/// The array's elements; an absent or null member counts as empty. Borrowed from `object`.
const json::array& list_of(const json::object& object, std::string_view key);

/// The member if it is an object, else null. Borrowed from `object`.
const json::object* object_of(const json::object& object, std::string_view key);

/// `value` as an object; throws MappingError naming `what`.
const json::object& as_object(const json::value& value, std::string_view what);

/// A percentage as decimal text with at most four decimals, without trailing zeros ("8.25"). Throws
/// MappingError.
std::string rate_text(const json::object& object, std::string_view key);

/// The text cut to `characters` UTF-8 characters, the unit of a schema's maxLength.
std::string fit(std::string_view text, std::size_t characters);

/// Sets `object[key]` to the text, cut to `characters`, unless it is empty.
void put_text(json::object& object, std::string_view key, std::string_view text,
              std::size_t characters);

}  // namespace orderhub::vendure
