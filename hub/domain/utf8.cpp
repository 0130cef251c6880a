#include "hub/domain/utf8.hpp"

#include <array>
#include <bit>

namespace orderhub {

CodePoint first_code_point(std::string_view text) {
    constexpr CodePoint kNone{0xFFFD, 1, false};
    constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto length = static_cast<std::size_t>(std::countl_one(byte(0)));
    if (length == 0) return {byte(0), 1};
    if (length == 1 || length > 4 || length > text.size()) return kNone;
    char32_t value = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) return kNone;
        value = (value << 6U) | (byte(at) & 0x3FU);
    }
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < kSmallest[length] || value > 0x10FFFF || is_surrogate) return kNone;
    return {value, length};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint next = first_code_point(text);
        if (!next.is_valid) return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

}  // namespace orderhub
