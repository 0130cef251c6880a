#include "hub/cli/text_width.hpp"

#include <algorithm>
#include <array>

#include "hub/domain/utf8.hpp"

namespace orderhub::cli {

namespace {

constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

struct Range {
    char32_t first;
    char32_t last;
};

// From Unicode's EastAsianWidth (W, F) and general categories (Mn, Me, Cf), the blocks that names
// and addresses use.
constexpr std::array kWide{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x4DBF},
    Range{0x4E00, 0xA4CF},   Range{0xA960, 0xA97C},   Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF01, 0xFF60},
    Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF},
    Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
constexpr std::array kZero{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},  Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x093C, 0x093C}, Range{0x0941, 0x0948},  Range{0x094D, 0x094D},
    Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E},  Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200D}, Range{0x20D0, 0x20FF},  Range{0xFE00, 0xFE0F},
    Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}, Range{0xE0100, 0xE01EF}};
constexpr std::array kObeyed{Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0x200E, 0x200F},
                             Range{0x2028, 0x202E}, Range{0x2066, 0x2069}, Range{0x061C, 0x061C}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t code) {
    return std::ranges::any_of(
        ranges, [code](const Range& range) { return code >= range.first && code <= range.last; });
}

std::size_t width_of(char32_t code) {
    if (is_in(kZero, code)) return 0;
    return is_in(kWide, code) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    while (!utf8.empty()) {
        const CodePoint next = first_code_point(utf8);
        width += width_of(next.value);
        utf8.remove_prefix(next.bytes);
    }
    return width;
}

std::string printable(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        const CodePoint next = first_code_point(utf8);
        if (!next.is_valid)
            out += kReplacementUtf8;
        else if (is_in(kObeyed, next.value))
            out += ' ';
        else
            out += utf8.substr(0, next.bytes);
        utf8.remove_prefix(next.bytes);
    }
    return out;
}

std::string clipped(std::string_view utf8, std::size_t width) {
    if (width == 0 || display_width(utf8) <= width) return std::string(utf8);
    std::size_t taken = 0;
    std::string_view rest = utf8;
    while (!rest.empty()) {
        const CodePoint next = first_code_point(rest);
        if (taken + width_of(next.value) > width - 1) break;
        taken += width_of(next.value);
        rest.remove_prefix(next.bytes);
    }
    return std::string(utf8.substr(0, utf8.size() - rest.size())) + std::string(kEllipsis);
}

}  // namespace orderhub::cli
