// JSON Pointers (RFC 6901), by which an Error names the offending input.
#pragma once

#include <string>
#include <string_view>

namespace orderhub {

/// The pointer of the member `name`, or of a place of an array, of what `pointer` points to.
std::string pointer_below(std::string_view pointer, std::string_view name);

}  // namespace orderhub
