// Numbers with check digits, by the scheme that they are from.
#include <algorithm>
#include <array>
#include <span>

#include "codes.hpp"

namespace orderhub::ubl {

namespace {

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int digit(std::string_view text, std::size_t at) {
    return text[at] - '0';
}

int weighted(std::string_view text, std::span<const int> weights) {
    int total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        total += digit(text, i) * weights[i];
    return total;
}

// GS1: from the right, beside the check digit, 3 and 1 in turn.
bool is_gln(std::string_view text) {
    if (text.size() != 13 || !are_digits(text)) return false;
    constexpr std::array kWeights{1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3};
    return (10 - weighted(text, kWeights) % 10) % 10 == digit(text, 12);
}

bool is_norwegian(std::string_view text) {
    if (text.size() != 9 || !are_digits(text)) return false;
    constexpr std::array kWeights{3, 2, 7, 6, 5, 4, 3, 2};
    return (11 - weighted(text, kWeights) % 11) % 11 == digit(text, 8);
}

bool is_danish(std::string_view text) {
    if (text.size() == 10 && text.starts_with("DK")) text.remove_prefix(2);
    return text.size() == 8 && are_digits(text);
}

bool is_belgian(std::string_view text) {
    if (text.size() != 10 || !are_digits(text)) return false;
    int rest = 0;
    for (std::size_t i = 0; i < 8; ++i)
        rest = (rest * 10 + digit(text, i)) % 97;
    return 97 - rest == digit(text, 8) * 10 + digit(text, 9);
}

bool is_swedish(std::string_view text) {
    if (text.size() != 10 || !are_digits(text)) return false;
    int total = 0;
    for (std::size_t i = 0; i < 10; ++i) {
        const int value = digit(text, i) * (i % 2 == 0 ? 2 : 1);
        total += value / 10 + value % 10;
    }
    return total % 10 == 0;
}

bool is_australian(std::string_view text) {
    if (text.size() != 11 || !are_digits(text)) return false;
    constexpr std::array kWeights{10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    return (weighted(text, kWeights) - 10) % 89 == 0;
}

}  // namespace

bool is_well_formed(std::string_view scheme, std::string_view id) {
    if (scheme == "0088") return is_gln(id);
    if (scheme == "0192") return is_norwegian(id);
    if (scheme == "0184") return is_danish(id);
    if (scheme == "0208") return is_belgian(id);
    if (scheme == "0007") return is_swedish(id);
    if (scheme == "0151") return is_australian(id);
    return true;
}

}  // namespace orderhub::ubl
