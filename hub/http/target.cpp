#include "hub/http/target.hpp"

#include "hub/domain/utf8.hpp"

namespace orderhub::http {

namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = digit(text[i + 1]);
            const int low = digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (out.find('\0') != std::string::npos || !is_utf8(out)) return std::nullopt;
    return out;
}

/// Calls `each` with the parts between separators; false as soon as it does.
template <class Each>
bool split(std::string_view text, char separator, Each each) {
    while (!text.empty()) {
        const auto end = text.find(separator);
        if (!each(text.substr(0, end))) return false;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return true;
}

}  // namespace

std::optional<std::string_view> Target::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::optional<Target> parse_target(std::string_view text) {
    if (text.empty() || text.front() != '/') return std::nullopt;
    Target target;
    const auto mark = text.find('?');
    const bool path_good =
        split(text.substr(1, mark == text.npos ? mark : mark - 1), '/', [&](std::string_view part) {
            auto segment = decode(part, false);
            if (!segment || segment->find('/') != std::string::npos) return false;
            target.segments.push_back(std::move(*segment));
            return true;
        });
    if (!path_good) return std::nullopt;
    if (mark == text.npos) return target;
    const bool query_good = split(text.substr(mark + 1), '&', [&](std::string_view part) {
        const auto equals = part.find('=');
        auto name = decode(part.substr(0, equals), true);
        auto value = equals == part.npos ? std::optional<std::string>("")
                                         : decode(part.substr(equals + 1), true);
        if (!name || !value) return false;
        target.query.emplace_back(std::move(*name), std::move(*value));
        return true;
    });
    if (!query_good) return std::nullopt;
    return target;
}

}  // namespace orderhub::http
