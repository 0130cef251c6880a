// Placeholders in the texts of a check file. Pure but for the clock.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "script.hpp"

namespace orderhub::kit {

/// What a placeholder's name stands for; nothing leaves it as it is.
using Lookup = std::function<std::optional<json::value>(std::string_view name)>;

/// `{{name}}` replaced in every text of a value. A text that is one placeholder and nothing else
/// becomes the value itself, of whatever type.
json::value filled(const json::value& value, const Lookup& lookup);
std::string filled(std::string_view text, const Lookup& lookup);

/// `now`, `now+60`, `now-3600` (seconds) as an RFC 3339 instant, `seconds` as a number since 1970;
/// nothing for any other name.
std::optional<json::value> instant_named(std::string_view name);

/// Puts a value at a JSON Pointer; "/-" at its end appends to a list. Nothing happens where the
/// place around it is not there.
void put_at(json::value& document, std::string_view pointer, json::value value);

/// The value at a JSON Pointer of a text; null if it is no JSON or has no such place.
json::value at_pointer(std::string_view document, std::string_view pointer);

}  // namespace orderhub::kit
