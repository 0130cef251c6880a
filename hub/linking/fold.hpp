// Text as it is compared: ASCII, lower case, without accents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderhub::linking {

/// What a code point is compared as: "" (dropped), one or a few ASCII characters. Letters of other
/// scripts than Latin are given back as they are, in UTF-8.
std::string fold(char32_t code_point);
bool is_capital(char32_t code_point);

std::string fold(std::string_view text);

/// A folded word as names are compared: umlauts written out ("mueller"), doubled letters and
/// common spellings of one sound are the same.
std::string squash(std::string_view folded);

bool is_digit(char c);
/// Of a folded word: letter, digit or byte of another script.
bool is_word_char(char c);
bool has_digit(std::string_view text);
std::string_view trim(std::string_view text);
/// The runs of word characters of a text, folded.
std::vector<std::string> words_of(std::string_view text);

}  // namespace orderhub::linking
