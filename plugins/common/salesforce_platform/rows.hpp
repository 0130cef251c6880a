// Reading the members of a row. Pure.
#pragma once

#include <initializer_list>
#include <optional>
#include <orderhub/http.hpp>
#include <orderhub/instant.hpp>
#include <orderhub/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::salesforce {

/// Empty if there is no such text.
inline std::string text_at(const sdk::Json& row, std::string_view key) {
    return row[key].is_text() ? row[key].text() : std::string();
}

inline bool flag_at(const sdk::Json& row, std::string_view key) {
    return row[key].is_bool() && row[key].boolean();
}

/// The first text that is not empty, cut; nothing if all are.
inline std::optional<std::string> first_of(std::initializer_list<std::string> texts,
                                           std::size_t most) {
    for (const std::string& text : texts)
        if (!text.empty()) return std::string(sdk::cut_utf8(text, most));
    return std::nullopt;
}

/// An instant as records have it; nothing if there is none.
inline std::optional<std::string> instant_at(const sdk::Json& row, std::string_view key) {
    const auto instant = sdk::from_rfc3339(text_at(row, key));
    return instant ? std::optional(sdk::to_rfc3339(*instant)) : std::nullopt;
}

/// The rows of a sub-query that came whole; none for null.
inline const std::vector<sdk::Json>& rows_at(const sdk::Json& row, std::string_view relation) {
    static const std::vector<sdk::Json> kNone;
    const sdk::Json& list = row[relation];
    return list["records"].is_array() ? list["records"].items() : kNone;
}

}  // namespace orderhub::salesforce
