#include "hub/linking/fold.hpp"

#include <algorithm>
#include <array>

#include "hub/domain/utf8.hpp"

namespace orderhub::linking {

namespace {

// U+00C0 to U+017F, as each is compared; blanks stand for "nothing".
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

struct Special {
    char32_t from;
    std::string_view to;
};
constexpr auto kSpecials = std::to_array<Special>({
    {0xA0, " "},     {0xA1, " "},     {0xA3, " gbp "}, {0xA5, " jpy "}, {0xAA, "a"},
    {0xAD, ""},      {0xB0, "o"},     {0xB4, "'"},     {0xBA, "o"},     {0xBF, " "},
    {0xC6, "ae"},    {0xDE, "th"},    {0xDF, "ss"},    {0xE6, "ae"},    {0xFE, "th"},
    {0x152, "oe"},   {0x153, "oe"},   {0x218, "s"},    {0x219, "s"},    {0x21A, "t"},
    {0x21B, "t"},    {0x1E9E, "ss"},  {0x2009, " "},   {0x200B, ""},    {0x200C, ""},
    {0x200D, ""},    {0x2010, "-"},   {0x2011, "-"},   {0x2012, "-"},   {0x2013, "-"},
    {0x2014, " - "}, {0x2018, "'"},   {0x2019, "'"},   {0x201C, "\""},  {0x201D, "\""},
    {0x201E, "\""},  {0x2026, "..."}, {0x202F, " "},   {0x2060, ""},    {0x20AC, " eur "},
    {0x2116, "no"},  {0x2212, "-"},   {0xFE0F, ""},    {0xFEFF, ""},    {0xFFFD, " "},
});

std::string utf8(char32_t value) {
    std::string out;
    const auto put = [&](unsigned lead, int following) {
        out += static_cast<char>(lead | (value >> (6 * following)));
        for (int i = following - 1; i >= 0; --i)
            out += static_cast<char>(0x80 | ((value >> (6 * i)) & 0x3F));
    };
    if (value < 0x800)
        put(0xC0, 1);
    else if (value < 0x10000)
        put(0xE0, 2);
    else
        put(0xF0, 3);
    return out;
}

/// Emoji, arrows and other signs are no part of words.
bool is_sign(char32_t value) {
    return value < 0xC0 || (value >= 0x2000 && value < 0x2C00) ||
           (value >= 0x3000 && value < 0x3040) || (value >= 0x1F000 && value < 0x20000);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

}  // namespace

std::string fold(char32_t code_point) {
    if (code_point < 0x80) {
        const char c = static_cast<char>(code_point);
        return std::string(1, c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    const auto special = std::ranges::lower_bound(kSpecials, code_point, {}, &Special::from);
    if (special != kSpecials.end() && special->from == code_point) return std::string(special->to);
    if (code_point >= 0x300 && code_point < 0x370) return {};  // combining accents
    if (code_point >= 0xC0 && code_point < 0x180) return std::string(1, kLatin[code_point - 0xC0]);
    return is_sign(code_point) ? " " : utf8(code_point);
}

bool is_capital(char32_t code_point) {
    if (code_point >= 0x100 && code_point < 0x180) return code_point % 2 == 0;
    return (code_point >= 'A' && code_point <= 'Z') || (code_point >= 0xC0 && code_point <= 0xDE);
}

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = first_code_point(text);
        out += fold(next.value);
        text.remove_prefix(next.bytes);
    }
    return out;
}

std::string squash(std::string_view folded) {
    std::string out(folded);
    constexpr std::pair<std::string_view, std::string_view> kSame[] = {
        {"ae", "a"}, {"oe", "o"}, {"ue", "u"}, {"ph", "f"}, {"th", "t"},
        {"dt", "t"}, {"ck", "k"}, {"y", "i"},  {"c", "k"},  {"v", "w"}};
    for (const auto& [from, to] : kSame)
        replace_all(out, from, to);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_char(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool has_digit(std::string_view text) {
    return std::ranges::any_of(text, is_digit);
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string> words_of(std::string_view text) {
    const std::string folded = fold(text);
    std::vector<std::string> words;
    for (std::size_t at = 0; at < folded.size();) {
        std::size_t end = at;
        while (end < folded.size() && is_word_char(folded[end]))
            ++end;
        if (end > at) words.push_back(folded.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace orderhub::linking
