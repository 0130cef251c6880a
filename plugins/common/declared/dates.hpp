// Instants as others write them. A form is rfc3339, unix (seconds), unix_ms, or text with %Y %m %d
// %H %M %S %b (Jan) %z
// (+0100 or Z).
#pragma once

#include <cstdint>
#include <optional>
#include <orderhub/instant.hpp>
#include <orderhub/json.hpp>
#include <string>
#include <string_view>

namespace orderhub::declared {

bool is_date_format(std::string_view form);

/// Milliseconds since 1970; nothing if the text has another form. `offset` counts where the text
/// names none; empty: UTC for forms of your own, and rfc3339 must name one.
std::optional<std::int64_t> parse_date(std::string_view text, std::string_view form,
                                       std::string_view offset);

/// A text, or a number for unix and unix_ms; in UTC.
sdk::Json format_date(std::int64_t milliseconds, std::string_view form);

}  // namespace orderhub::declared
