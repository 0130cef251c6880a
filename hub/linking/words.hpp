// Words for goods: their stems, what else they are called, how alike two of them are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::linking {

/// A folded word without the endings of plurals and cases, in four languages at once; good only to
/// be compared with other stems.
std::string stem(std::string_view folded);

/// How many single-letter changes (and swaps of neighbours) make one of the other; counts no
/// further than `most` + 1.
int edits(std::string_view one, std::string_view other, int most);

/// Whether `one` and `other` may be one word with a slip of the hand.
bool may_be_typo(std::string_view one, std::string_view other);

/// Which things a folded word may name, by words/goods.txt and words/attributes.txt.
const std::vector<std::uint16_t>& own_concepts(std::string_view folded);
/// The same, and of a compound what its parts name too.
std::vector<std::uint16_t> concepts_of(std::string_view folded);
/// The same of two to five words by their stems, with blanks between: "shower head".
inline constexpr std::size_t kLongestPhrase = 5;
const std::vector<std::uint16_t>& concepts_of_phrase(std::string_view stems);
/// The same of a word that is in no list, but nearly one of goods.txt.
std::vector<std::uint16_t> concepts_nearly(std::string_view folded);
/// Whether a concept is a kind of goods rather than a colour or material.
bool is_goods(std::uint16_t kind);

/// Whether one first name, squashed, is a short form or a nickname of the other (names.txt).
bool is_nickname(std::string_view one, std::string_view other);

/// Languages of a text; several are joined by |.
using Languages = unsigned;
struct Language {
    static constexpr Languages english = 1, german = 2, french = 4, spanish = 8, any = 16;
};

/// In which languages a word is one of everyday mail, which never tells the goods that are meant.
Languages stop_word_in(std::string_view folded);

}  // namespace orderhub::linking
