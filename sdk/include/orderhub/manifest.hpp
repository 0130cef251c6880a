// What the compiler asks a manifest: which members and entries it has. Only for text that is JSON; anything else has none.
#pragma once

#include <cstddef>
#include <string_view>

namespace orderhub::sdk::manifest {

/// Where a value that begins at `at` ends; npos if it does not.
constexpr std::size_t end_of_value(std::string_view text, std::size_t at) {
    int depth = 0;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c == '\\') ++at;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']' || c == ',') && depth == 0) {
            return at;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return std::string_view::npos;
}

constexpr std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// The value of a member of the object `text`; empty if there is none.
constexpr std::string_view member(std::string_view text, std::string_view key) {
    text = trimmed(text);
    if (!text.starts_with('{')) return {};
    for (std::size_t at = 1; at < text.size();) {
        const std::size_t end = end_of_value(text, at);
        if (end == text.npos) return {};
        const std::string_view entry = trimmed(text.substr(at, end - at));
        const std::size_t colon = entry.find(':');
        if (colon != entry.npos) {
            const std::string_view name = trimmed(entry.substr(0, colon));
            if (name.size() == key.size() + 2 && name.substr(1, key.size()) == key) return trimmed(entry.substr(colon + 1));
        }
        at = end + 1;
    }
    return {};
}

constexpr bool has(std::string_view text, std::string_view key) { return !member(text, key).empty(); }

/// Whether the list of texts in member `key` has `item`.
constexpr bool lists(std::string_view text, std::string_view key, std::string_view item) {
    const std::string_view list = member(text, key);
    if (!list.starts_with('[')) return false;
    for (std::size_t at = 1; at < list.size();) {
        const std::size_t end = end_of_value(list, at);
        if (end == list.npos) return false;
        const std::string_view entry = trimmed(list.substr(at, end - at));
        if (entry.size() == item.size() + 2 && entry.substr(1, item.size()) == item) return true;
        at = end + 1;
    }
    return false;
}

/// Whether the list in member `key` has any entry.
constexpr bool lists_any(std::string_view text, std::string_view key) {
    const std::string_view list = member(text, key);
    return list.size() > 2 && !trimmed(list.substr(1, list.size() - 2)).empty();
}

}  // namespace orderhub::sdk::manifest
