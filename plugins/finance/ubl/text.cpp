#include "text.hpp"

#include <algorithm>

namespace orderhub::ubl {

namespace {

std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/// How many bytes the character at the begin of `text` has; 0 if it is none.
std::size_t character(std::string_view text) {
    const std::size_t length = length_of(static_cast<unsigned char>(text.front()));
    if (length == 0 || length > text.size()) return 0;
    const bool continues = std::ranges::all_of(text.substr(1, length - 1), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
    });
    const std::string_view head = text.substr(0, 2);
    const bool overlong = (head[0] == '\xe0' && head[1] < '\xa0' && length == 3) ||
                          (head[0] == '\xf0' && head[1] < '\x90' && length == 4);
    const bool beyond = (length == 3 && head[0] == '\xed' && head[1] >= '\xa0') ||
                        (length == 4 && head[0] == '\xf4' && head[1] >= '\x90');
    return continues && !overlong && !beyond ? length : 0;
}

bool is_space(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    return first <= 0x20 || first == 0x7f || character == "\xef\xbf\xbe" ||
           character == "\xef\xbf\xbf";
}

}  // namespace

std::string clean(std::string_view text) {
    std::string out;
    bool gap = false;
    while (!text.empty()) {
        const std::size_t length = character(text);
        const std::string_view taken = text.substr(0, std::max<std::size_t>(length, 1));
        text.remove_prefix(taken.size());
        if (length > 0 && is_space(taken)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        out += length > 0 ? taken : "?";
    }
    return out;
}

std::string clean_note(std::string_view text) {
    std::string out;
    for (const char c : clean(text))
        c == '#' ? out += "No." : out += c;
    return out;
}

}  // namespace orderhub::ubl
