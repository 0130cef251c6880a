#include "hub/linking/numbers.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

constexpr std::size_t kMostWords = 5;      ///< that one number is written as
constexpr std::size_t kMostNumbers = 250;  ///< of a text
constexpr std::size_t kShortest = 4, kLongest = 32;

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

char as_digit(char c) {
    constexpr std::string_view kLetters = "OQILSBZ", kDigits = "0011582";
    const auto at = kLetters.find(c);
    return at == kLetters.npos ? c : kDigits[at];
}

char as_letter(char c) {
    constexpr std::string_view kDigits = "01582", kLetters = "OISBZ";
    const auto at = kDigits.find(c);
    return at == kDigits.npos ? c : kLetters[at];
}

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, is_digit));
}

bool luhn(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
        int value = digits[i] - '0';
        if (twice) value = value > 4 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

bool mod11(std::string_view digits) {
    int sum = 0, weight = 1;
    for (std::size_t i = digits.size(); i-- > 0; ++weight)
        sum += (digits[i] - '0') * weight;
    return sum % 11 == 0;
}

bool mod97(std::string_view digits) {
    int rest = 0;
    for (const char c : digits)
        rest = (rest * 10 + (c - '0')) % 97;
    return rest == 1;
}

bool check_fits(CheckDigit check, std::string_view number) {
    std::string digits;
    std::ranges::copy_if(number, std::back_inserter(digits), is_digit);
    switch (check) {
        case CheckDigit::none:
            return true;
        case CheckDigit::luhn:
            return luhn(digits);
        case CheckDigit::mod11:
            return mod11(digits);
        case CheckDigit::mod97:
            return mod97(digits);
    }
    return true;
}

/// Whether the words of one number may stand so far apart.
bool joins(std::string_view gap) {
    return gap.size() <= 3 && gap.find_first_not_of(" -/._#:") == gap.npos;
}

/// A number's prefix such as "SO", or what a scan made of digits.
bool may_be_part(std::string_view word) {
    return has_digit(word) || (word.size() <= 4 && static_cast<unsigned char>(word[0]) < 0x80);
}

class Finder {
public:
    Finder(const Text& text, const std::vector<CueHit>& cues, const std::vector<bool>& taken,
           const Settings& settings)
        : text_(text),
          taken_(taken),
          settings_(settings),
          ordered_(text.words.size(), false),
          customer_(text.words.size(), false) {
        for (const CueHit& hit : cues) {
            const std::size_t end = hit.first + hit.words;
            if (hit.cue == Cue::number) mark(ordered_, hit.first, end);
            if (hit.cue == Cue::customer_number) mark(customer_, hit.first, end);
        }
    }

    std::vector<NumberWord> find() {
        for (std::size_t at = 0; at < text_.words.size() && found_.size() < kMostNumbers; ++at)
            if (may_be_part(text_.at(at)) || is_long_code(at, text_.at(at))) from(at);
        return std::move(found_);
    }

private:
    /// A cue reaches a few words on: "order number is: 1234", "Nr. 1234".
    void mark(std::vector<bool>& marks, std::size_t first, std::size_t end) const {
        constexpr std::size_t kReach = 4;
        for (std::size_t i = first; i < end + kReach && i < marks.size(); ++i) {
            if (i > end && text_.gap_before(i).find_first_of(".;!?\n") != std::string::npos &&
                text_.gap_before(i).find_first_of(" \n") != std::string::npos && i > end)
                return;
            marks[i] = true;
        }
    }

    void from(std::size_t at) {
        std::string plain;
        for (std::size_t count = 1; count <= kMostWords && at + count <= text_.words.size();
             ++count) {
            const std::size_t last = at + count - 1;
            const std::string_view word = text_.at(last);
            if (count > 1 && (!joins(text_.gap_before(last)) || !may_be_part(word))) return;
            std::ranges::transform(word, std::back_inserter(plain), upper);
            if (plain.size() > kLongest) return;
            const bool has_digits =
                has_digit(word) && plain.size() >= kShortest && digits_in(plain) >= 2;
            if (has_digits || (count == 1 && is_long_code(at, word))) add(at, count, plain);
        }
    }

    /// Shops with random codes make some of letters with one digit, or of letters alone; the latter
    /// are looked up where an order is spoken of, or where they alone are written in capitals.
    bool is_long_code(std::size_t at, std::string_view word) const {
        constexpr std::size_t kLongCode = 8;
        return word.size() >= kLongCode &&
               (has_digit(word) || ordered_[at] || (text_.words[at].capitals && !shouts_));
    }

    /// Whether most words are written in capitals; those too short to tell, and those that may
    /// themselves be codes, do not count.
    static bool shouts(const Text& text) {
        constexpr std::uint32_t kTelling = 4, kCode = 8;
        std::size_t all = 0, capitals = 0;
        for (const Word& word : text.words) {
            const auto length = word.end - word.begin;
            if (word.digits || length < kTelling || length >= kCode) continue;
            ++all;
            if (word.capitals) ++capitals;
        }
        return capitals * 2 > all;
    }

    void add(std::size_t at, std::size_t count, const std::string& plain) {
        NumberWord number;
        number.plain = plain;
        number.key = number_key(plain);
        number.first = at;
        number.words = count;
        number.zone = text_.words[at].zone;
        number.patterned = std::ranges::any_of(
            settings_.patterns,
            [&](const NumberPattern& pattern) { return !fit_pattern(pattern, plain).empty(); });
        number.known = std::ranges::any_of(std::views::iota(at, at + count),
                                           [&](std::size_t i) { return taken_[i]; });
        number.called_customer = customer_[at];
        const bool hash = text_.gap_before(at).ends_with('#');
        const bool mixed = plain.size() >= 6 && digits_in(plain) >= 3 &&
                           std::ranges::any_of(plain, is_letter) && is_letter(plain[0]);
        number.claimed = !number.known && !number.called_customer && digits_in(plain) >= 2 &&
                         (number.patterned || hash || ordered_[at] || (count == 1 && mixed));
        found_.push_back(std::move(number));
    }

    const Text& text_;
    const std::vector<bool>& taken_;
    const Settings& settings_;
    const bool shouts_ = shouts(text_);
    std::vector<bool> ordered_;
    std::vector<bool> customer_;
    std::vector<NumberWord> found_;
};

}  // namespace

std::string plain_number(std::string_view text) {
    std::string plain;
    for (const char c : fold(text))
        if (is_word_char(c)) plain += upper(c);
    return plain;
}

std::string number_key(std::string_view text) {
    std::string key = plain_number(text);
    std::ranges::transform(key, key.begin(), as_digit);
    return key;
}

std::string number_tail(std::string_view text) {
    const std::string plain = plain_number(text);
    std::size_t begin = plain.size();
    while (begin > 0 && is_digit(plain[begin - 1]))
        --begin;
    const auto first = plain.find_first_not_of('0', begin);
    if (first == plain.npos || plain.size() - first < kShortest) return {};
    return plain.substr(first);
}

std::string fit_pattern(const NumberPattern& pattern, std::string_view plain) {
    std::string number;
    std::size_t at = 0;
    for (const char c : pattern.format) {
        if (c == ' ' || c == '-' || c == '.' || c == '/') continue;
        if (at == plain.size()) return {};
        char has = plain[at++];
        if (c == '#') has = as_digit(has);
        if (c == '@' || is_letter(upper(c))) has = as_letter(has);
        if (is_digit(c)) has = as_digit(has);
        const bool fits = c == '#'   ? is_digit(has)
                          : c == '@' ? is_letter(has)
                          : c == '*' ? true
                                     : has == upper(c);
        if (!fits) return {};
        number += has;
    }
    return at == plain.size() && check_fits(pattern.check, number) ? number : std::string();
}

std::vector<NumberWord> find_numbers(const Text& text, const std::vector<CueHit>& cues,
                                     const std::vector<bool>& taken, const Settings& settings) {
    return Finder(text, cues, taken, settings).find();
}

}  // namespace orderhub::linking
