#include "html.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace orderhub::service_cloud {
namespace {

constexpr std::array<std::string_view, 8> kBlocks{"br", "p",  "div", "tr",
                                                  "li", "h1", "h2",  "table"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities{
    {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string name_of(std::string_view tag) {
    std::string name;
    for (const char c : tag.substr(tag.starts_with('/') ? 1 : 0)) {
        if (c == ' ' || c == '/' || c == '\t' || c == '\n' || c == '\r') break;
        name += lower(c);
    }
    return name;
}

void append_character(std::string& out, unsigned code) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
    };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// The entity at the begin of `rest` (behind its &); gives how many bytes it takes, 0 if it is
/// none.
std::size_t append_entity(std::string& out, std::string_view rest) {
    const std::size_t end = rest.substr(0, 12).find(';');
    if (end == std::string_view::npos) return 0;
    const std::string_view name = rest.substr(0, end);
    for (const auto& [known, text] : kEntities)
        if (name == known) return out += text, end + 1;
    if (!name.starts_with('#') || name.size() < 2) return 0;
    const bool is_hex = lower(name[1]) == 'x';
    const std::string_view digits = name.substr(is_hex ? 2 : 1);
    unsigned code = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    const bool is_character = code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
    if (error != std::errc{} || stop != digits.data() + digits.size() || !is_character) return 0;
    append_character(out, code);
    return end + 1;
}

/// Where the text goes on behind the tag that begins at `at`.
std::size_t take_tag(std::string& out, std::string_view html, std::size_t at) {
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) return html.size();
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    const std::string name = name_of(tag);
    if (name == "style" || name == "script") {
        const std::size_t close = html.find("</" + name, end);
        if (!tag.starts_with('/') && close != std::string_view::npos) return close;
    }
    if (std::ranges::find(kBlocks, name) != kBlocks.end() && !out.empty() && !out.ends_with("\n"))
        out += '\n';
    return end + 1;
}

}  // namespace

std::string html_to_text(std::string_view html) {
    std::string out;
    for (std::size_t at = 0; at < html.size();) {
        const char c = html[at];
        if (c == '<') {
            at = take_tag(out, html, at);
            continue;
        }
        const std::size_t taken = c == '&' ? append_entity(out, html.substr(at + 1)) : 0;
        const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (taken == 0 && !is_space) out += c;
        if (is_space && !out.empty() && !out.ends_with(' ') && !out.ends_with('\n')) out += ' ';
        at += taken + 1;
    }
    out.erase(out.find_last_not_of(" \n") + 1);
    return out;
}

}  // namespace orderhub::service_cloud
