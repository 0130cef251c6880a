// Texts of the platform's query language (SOQL) and of its instants. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::salesforce {

/// A text literal with its quotes; what has a meaning inside quotes is escaped.
std::string quoted(std::string_view text);

/// "('a', 'b')". Not for an empty list: SOQL has none.
std::string quoted_list(const std::vector<std::string>& texts);

/// An instant literal of whole seconds; SOQL takes it without quotes.
std::string instant_literal(std::int64_t milliseconds);

/// "2026-11-02T09:15:22.000+0000" as milliseconds since 1970; nothing if it is no instant.
std::optional<std::int64_t> instant_of(std::string_view text);

/// An id of the platform: 15 or 18 letters and digits.
bool is_id(std::string_view text);

/// The 15 characters that two spellings of one id share.
std::string_view short_id(std::string_view id);

/// True if both name the same object.
inline bool same_id(std::string_view a, std::string_view b) {
    return is_id(a) && is_id(b) && short_id(a) == short_id(b);
}

}  // namespace orderhub::salesforce
