// Text from outside on a terminal: how wide it is, and nothing in it that a terminal would obey.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orderhub::cli {

/// Columns that UTF-8 text takes on a terminal: 2 for wide characters, 0 for combining ones.
std::size_t display_width(std::string_view utf8);

/// The text with control characters (escape sequences, line breaks, changes of direction) replaced
/// by spaces and with U+FFFD for what is no UTF-8. Customers choose these texts.
std::string printable(std::string_view utf8);

/// At most `width` columns, the last one an ellipsis if something was cut off.
std::string clipped(std::string_view utf8, std::size_t width);

}  // namespace orderhub::cli
