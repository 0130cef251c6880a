// Reading the members of an object. Pure.
#pragma once

#include <initializer_list>
#include <optional>
#include <orderhub/http.hpp>
#include <orderhub/instant.hpp>
#include <orderhub/json.hpp>
#include <string>
#include <string_view>

namespace orderhub::documents {

/// Empty if there is no such text.
inline std::string text_at(const sdk::Json& from, std::string_view key) {
    return from[key].is_text() ? from[key].text() : std::string();
}

inline bool flag_at(const sdk::Json& from, std::string_view key) {
    return from[key].is_bool() && from[key].boolean();
}

/// The first text that is not empty, cut; nothing if all are.
inline std::optional<std::string> first_of(std::initializer_list<std::string> texts,
                                           std::size_t most) {
    for (const std::string& text : texts)
        if (!text.empty()) return std::string(sdk::cut_utf8(text, most));
    return std::nullopt;
}

/// An instant as records have it; nothing if there is none.
inline std::optional<std::string> instant_at(const sdk::Json& from, std::string_view key) {
    const auto instant = sdk::from_rfc3339(text_at(from, key));
    return instant ? std::optional(sdk::to_rfc3339(*instant)) : std::nullopt;
}

}  // namespace orderhub::documents
