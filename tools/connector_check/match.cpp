#include "match.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

namespace orderhub::kit {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                            hex_digit(text[i + 2]) >= 0;
        if (escape) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

bool all_fit(const Texts& patterns, const Texts& values) {
    return std::ranges::all_of(patterns, [&](const auto& wanted) {
        const auto found = values.find(wanted.first);
        return found != values.end() && fits_text(wanted.second, found->second);
    });
}

bool body_fits(const json::value& pattern, const std::string& body) {
    json::error_code error;
    const json::value value = json::parse(body, error);
    return !error && fits_json(pattern, value);
}

}  // namespace

bool fits_text(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = pattern.npos;
    std::size_t mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool fits_json(const json::value& pattern, const json::value& value) {
    if (pattern.is_string())
        return value.is_string() && fits_text(pattern.get_string(), value.get_string());
    if (pattern.is_object())
        return value.is_object() && std::ranges::all_of(pattern.get_object(), [&](const auto& one) {
                   const json::value* found = value.get_object().if_contains(one.key());
                   return found && fits_json(one.value(), *found);
               });
    if (pattern.is_array())
        return value.is_array() &&
               std::ranges::equal(pattern.get_array(), value.get_array(), fits_json);
    return pattern == value;
}

bool fits(const RequestPattern& pattern, const HttpRequest& request) {
    return fits_text(pattern.method, request.method) && fits_text(pattern.path, request.path) &&
           all_fit(pattern.query, request.query) && all_fit(pattern.headers, request.headers) &&
           (pattern.form.empty() || all_fit(pattern.form, parse_form(request.body))) &&
           (!pattern.text || fits_text(*pattern.text, request.body)) &&
           (!pattern.body || body_fits(*pattern.body, request.body));
}

Texts parse_form(std::string_view text) {
    Texts all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            all[decoded(pair.substr(0, equals))] =
                equals < pair.size() ? decoded(pair.substr(equals + 1)) : std::string();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

}  // namespace orderhub::kit
