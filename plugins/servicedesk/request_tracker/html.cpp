#include <array>
#include <cstdint>

#include "text.hpp"

namespace orderhub::request_tracker {
namespace {

constexpr std::size_t kLongestEntity = 10;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Name of the tag that `html` starts with ("<p class=x>" gives "p", "</P>" gives "/p").
std::string tag_name(std::string_view html) {
    std::string name;
    for (std::size_t i = 1; i < html.size() && name.size() < 12; ++i) {
        const char c = lower(html[i]);
        const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '!' ||
                          c == '-' || (c == '/' && name.empty());
        if (!part) break;
        name.push_back(c);
    }
    return name;
}

bool breaks_line(std::string_view tag) {
    constexpr std::array<std::string_view, 10> kBreaking{"br",  "/p",  "/div", "/tr",         "/li",
                                                         "/h1", "/h2", "/h3",  "/blockquote", "hr"};
    for (const auto each : kBreaking)
        if (each == tag) return true;
    return false;
}

/// Position after the text `end`, searched without case; the end of `html` if it is not there.
std::size_t position_after(std::string_view html, std::size_t from, std::string_view end) {
    for (std::size_t i = from; i + end.size() <= html.size(); ++i) {
        std::size_t same = 0;
        while (same < end.size() && lower(html[i + same]) == end[same])
            ++same;
        if (same == end.size()) return i + end.size();
    }
    return html.size();
}

void append_utf8(std::string& out, std::uint32_t code) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return;
    const auto tail = [&](int shift) {
        out.push_back(static_cast<char>(0x80 | (code >> shift & 0x3F)));
    };
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        out.push_back(static_cast<char>(0xC0 | code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | code >> 12));
        tail(6);
        tail(0);
    } else {
        out.push_back(static_cast<char>(0xF0 | code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

std::uint32_t numeric_entity(std::string_view name) {
    const bool hex = name.size() > 1 && lower(name[1]) == 'x';
    std::uint32_t code = 0;
    for (const char raw : name.substr(hex ? 2 : 1)) {
        const char c = lower(raw);
        const int digit = c >= '0' && c <= '9'          ? c - '0'
                          : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                        : -1;
        if (digit < 0) return 0;
        code = code * (hex ? 16U : 10U) + static_cast<std::uint32_t>(digit);
    }
    return code;
}

std::uint32_t entity_code(std::string_view name) {
    if (name.starts_with('#')) return numeric_entity(name);
    if (name == "amp") return '&';
    if (name == "lt") return '<';
    if (name == "gt") return '>';
    if (name == "quot") return '"';
    if (name == "apos") return '\'';
    if (name == "nbsp") return ' ';
    return 0;
}

/// Appends the entity that `html` starts with and gives its length; a lone ampersand is one
/// character.
std::size_t append_entity(std::string& out, std::string_view html) {
    const std::size_t end = html.substr(0, kLongestEntity).find(';');
    const std::uint32_t code =
        end == std::string_view::npos ? 0 : entity_code(html.substr(1, end - 1));
    if (code == 0) {
        out.push_back('&');
        return 1;
    }
    append_utf8(out, code);
    return end + 1;
}

void append_character(std::string& out, char c) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space)
        out.push_back(c);
    else if (!out.empty() && out.back() != ' ' && out.back() != '\n')
        out.push_back(' ');
}

/// Position after the tag at `at`, with what it hides.
std::size_t skip_tag(std::string_view html, std::size_t at, std::string_view tag) {
    if (tag.starts_with("!--")) return position_after(html, at, "-->");
    if (tag == "style") return position_after(html, at, "</style>");
    if (tag == "script") return position_after(html, at, "</script>");
    if (tag == "head") return position_after(html, at, "</head>");
    return position_after(html, at, ">");
}

}  // namespace

std::string html_to_text(std::string_view html) {
    std::string text;
    std::size_t at = 0;
    while (at < html.size()) {
        if (html[at] == '<') {
            const std::string tag = tag_name(html.substr(at));
            if (tag.empty()) {
                append_character(text, html[at++]);
                continue;
            }
            if (breaks_line(tag)) text.push_back('\n');
            at = skip_tag(html, at, tag);
        } else if (html[at] == '&') {
            at += append_entity(text, html.substr(at));
        } else {
            append_character(text, html[at++]);
        }
    }
    return normalised(text);
}

}  // namespace orderhub::request_tracker
