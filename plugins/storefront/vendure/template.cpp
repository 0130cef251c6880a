#include "template.hpp"

namespace orderhub::vendure {
namespace {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            encoded += c;
            continue;
        }
        encoded += '%';
        encoded += kHex[byte >> 4U];
        encoded += kHex[byte & 15U];
    }
    return encoded;
}

}  // namespace

std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string filled(pattern);
    for (const auto& [name, value] : values) {
        const std::string mark = "{" + std::string(name) + "}";
        const std::string encoded = percent_encoded(value);
        std::size_t at = filled.find(mark);
        if (at != std::string::npos && value.empty()) return {};
        for (; at != std::string::npos; at = filled.find(mark, at + encoded.size()))
            filled.replace(at, mark.size(), encoded);
    }
    return filled;
}

}  // namespace orderhub::vendure
