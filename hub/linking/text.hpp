// A case's text made ready: folded, cut into words, and each part known for what it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::linking {

/// Where a part of the text comes from. `forwarded`: somebody else's words that this case is about.
/// `quoted`: what was written earlier; it tells nothing but a hint for the order of suggestions.
enum class Zone : std::uint8_t { subject, fresh, forwarded, signature, quoted };

/// Whether words of this zone are the customer's own about this case.
inline bool counts(Zone zone) {
    return zone <= Zone::forwarded;
}

struct Word {
    std::uint32_t begin = 0;  ///< in Text::folded
    std::uint32_t end = 0;
    std::uint32_t line = 0;
    Zone zone = Zone::fresh;
    bool capital = false;   ///< began with a capital letter
    bool digits = false;    ///< has a digit
    bool capitals = false;  ///< no letter of it is small
};

struct Text {
    std::string folded;
    std::vector<Word> words;

    std::string_view at(const Word& word) const {
        return std::string_view(folded).substr(word.begin, word.end - word.begin);
    }
    std::string_view at(std::size_t index) const { return at(words[index]); }
    /// What stands between a word and the one before it.
    std::string_view gap_before(std::size_t index) const;
    std::string_view gap_after(std::size_t index) const;
};

/// A line of a mail and what it is; lines that say nothing (own auto-replies, "sent from my
/// phone", disclaimers) are left out.
struct Line {
    std::string_view raw;
    Zone zone = Zone::fresh;
};

/// Plain text; HTML mail is read for its text. Views point into `body`.
std::vector<Line> lines_of(std::string_view subject, std::string_view body);

/// The text of tags-free HTML; anything else as it is.
std::string without_html(std::string_view body);

Text read_text(std::string_view subject, std::string_view body);
/// Another message after it.
void add_text(Text& text, std::string_view body);

}  // namespace orderhub::linking
