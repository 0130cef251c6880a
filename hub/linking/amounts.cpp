#include "hub/linking/amounts.hpp"

#include <algorithm>
#include <array>

#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

bool is_currency(std::string_view word) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"eur",    "euro",    "euros", "usd",    "dollar", "dollars", "gbp",
         "pound",  "pounds",  "pfund", "livres", "libras", "chf",     "franken",
         "francs", "francos", "cad",   "aud",    "sek",    "nok",     "dkk",
         "kronor", "pln",     "zloty", "quid",   "bucks",  "dolares"});
    return std::ranges::find(kWords, word) != kWords.end();
}

bool all_digits(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, is_digit);
}

struct Number {
    std::int64_t hundredths = 0;
    bool decimals = false;
    std::size_t words = 1;
};

class Finder {
public:
    Finder(const Text& text, const std::vector<CueHit>& cues, std::vector<bool>& taken)
        : text_(text), taken_(taken), cued_(text.words.size(), false) {
        constexpr std::size_t kReach = 5;
        for (const CueHit& hit : cues)
            if (hit.cue == Cue::amount)
                for (std::size_t i = hit.first; i < hit.first + kReach && i < cued_.size(); ++i)
                    cued_[i] = true;
    }

    std::vector<AmountClaim> find() {
        for (std::size_t at = 0; at < text_.words.size(); ++at) {
            if (!counts(text_.words[at].zone) || taken_[at] || !all_digits(text_.at(at))) continue;
            const Number number = read(at);
            const bool money = has_currency(at, number.words);
            const bool decimals =
                number.decimals && !text_.gap_after(at + number.words - 1).starts_with('.');
            const bool paid = cued_[at] && number.words == 1 && text_.at(at).size() <= 4;
            if (money || decimals || paid) claims_.push_back({number.hundredths, number.decimals});
            for (std::size_t i = 0; (money || decimals) && i < number.words; ++i)
                taken_[at + i] = true;
            at += number.words - 1;
        }
        return std::move(claims_);
    }

private:
    std::string_view gap(std::size_t at) const {
        return at < text_.words.size() ? text_.gap_before(at) : std::string_view("\n");
    }

    bool group_follows(std::size_t at) const {
        constexpr std::string_view kSeparators[] = {".", ",", "'", " "};
        return at < text_.words.size() && text_.at(at).size() == 3 && all_digits(text_.at(at)) &&
               std::ranges::find(kSeparators, gap(at)) != std::end(kSeparators);
    }

    /// Digits in groups of three, then maybe two decimals.
    Number read(std::size_t at) const {
        Number number;
        std::string digits(text_.at(at));
        std::size_t next = at + 1;
        while (digits.size() <= 6 && text_.at(at).size() <= 3 && group_follows(next))
            digits += text_.at(next++);
        if (digits.size() > 9) digits.resize(9);
        number.hundredths = std::stoll(digits) * 100;
        const bool comma = gap(next) == "," || gap(next) == ".";
        if (comma && text_.at(next).size() == 2 && all_digits(text_.at(next))) {
            number.hundredths += std::stoll(std::string(text_.at(next)));
            number.decimals = true;
            ++next;
        }
        number.words = next - at;
        return number;
    }

    bool has_currency(std::size_t at, std::size_t words) const {
        if (gap(at).ends_with('$') || gap(at).ends_with("$ ")) return true;
        if (at > 0 && is_currency(text_.at(at - 1)) && trim(gap(at)).empty()) return true;
        const std::size_t next = at + words;
        if (gap(next).starts_with('$') || gap(next).starts_with(" $")) return true;
        return next < text_.words.size() && is_currency(text_.at(next)) &&
               gap(next).find_first_not_of(" ,.-") == std::string_view::npos;
    }

    const Text& text_;
    std::vector<bool>& taken_;
    std::vector<bool> cued_;
    std::vector<AmountClaim> claims_;
};

}  // namespace

std::vector<AmountClaim> find_amounts(const Text& text, const std::vector<CueHit>& cues,
                                      std::vector<bool>& taken) {
    return Finder(text, cues, taken).find();
}

}  // namespace orderhub::linking
