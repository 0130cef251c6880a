// What the customer calls the goods.
#include <algorithm>
#include <array>

#include "hub/linking/fold.hpp"
#include "hub/linking/signals.hpp"
#include "hub/linking/words.hpp"

namespace orderhub::linking {

namespace {

/// Those whose small words the text is made of.
Languages languages_of(const Text& text) {
    constexpr std::array kAll{Language::english, Language::german, Language::french,
                              Language::spanish};
    std::array<int, kAll.size()> words{};
    for (std::size_t at = 0; at < text.words.size(); ++at) {
        if (!counts(text.words[at].zone)) continue;
        const Languages in = stop_word_in(text.at(at));
        for (std::size_t i = 0; i < kAll.size(); ++i)
            if ((in & kAll[i]) != 0) ++words[i];
    }
    Languages found = Language::any;
    for (std::size_t i = 0; i < kAll.size(); ++i)
        if (words[i] * 2 >= std::ranges::max(words)) found |= kAll[i];
    return found;
}

class GoodsReader {
public:
    GoodsReader(Signals& signals, const std::vector<bool>& taken)
        : signals_(signals),
          text_(signals.text),
          taken_(taken),
          covered_(taken.size(), false),
          languages_(languages_of(signals.text)) {}

    void read() {
        for (std::size_t at = 0; at < text_.words.size(); ++at)
            read_phrase(at);
        for (std::size_t at = 0; at < text_.words.size(); ++at)
            read_word(at);
    }

private:
    /// The longest one that begins here. Its words name nothing by themselves any more.
    void read_phrase(std::size_t at) {
        if (!may_begin(at)) return;
        std::string stems = stem(text_.at(at)), words(text_.at(at));
        GoodsWord longest;
        std::size_t covers = 0;
        for (std::size_t count = 2; count <= kLongestPhrase && goes_on(at + count - 1); ++count) {
            words += " " + std::string(text_.at(at + count - 1));
            stems += " " + stem(text_.at(at + count - 1));
            if (concepts_of_phrase(stems).empty()) continue;
            covers = count;
            longest = {words, stems, concepts_of_phrase(stems), true};
        }
        if (covers == 0) return;
        add(std::move(longest));
        std::fill_n(covered_.begin() + static_cast<std::ptrdiff_t>(at), covers, true);
    }

    bool may_begin(std::size_t at) const {
        return !taken_[at] && counts(text_.words[at].zone) && !is_name(text_.at(at));
    }

    /// Whether the word follows its neighbour without a break.
    bool goes_on(std::size_t at) const {
        return at < text_.words.size() && counts(text_.words[at].zone) &&
               text_.gap_before(at).find_first_of(".,;:!?()\n\"") == std::string_view::npos;
    }

    void read_word(std::size_t at) {
        if (taken_[at] || !may_be_goods(at)) return;
        const std::string_view text = text_.at(at);
        GoodsWord word{std::string(text), stem(text), {}};
        word.covered = covered_[at];
        if (!covered_[at]) word.concepts = concepts_of(text);
        if (!covered_[at] && word.concepts.empty()) {
            word.concepts = concepts_nearly(text);
            word.guessed = true;
        }
        add(std::move(word));
        const bool next = at + 1 < text_.words.size() && may_be_goods(at + 1);
        if (!next || (text_.gap_after(at) != " " && text_.gap_after(at) != "-")) return;
        std::string both = std::string(text) + std::string(text_.at(at + 1));
        constexpr std::size_t kShortest = 6;
        if (both.size() >= kShortest) add({both, stem(both), own_concepts(both), true});
    }

    bool may_be_goods(std::size_t at) const {
        return counts(text_.words[at].zone) && text_.at(at).size() >= 2 &&
               (stop_word_in(text_.at(at)) & languages_) == 0 && !is_name(text_.at(at));
    }

    bool is_name(std::string_view word) const {
        const std::string part = squash(word);
        const auto among = [&](const std::vector<std::string>& names) {
            return std::ranges::find(names, part) != names.end();
        };
        return among(signals_.name) || among(signals_.signature) || among(signals_.email_name);
    }

    void add(GoodsWord word) {
        constexpr std::size_t kMost = 300;
        if (signals_.goods.size() >= kMost) return;
        if (std::ranges::find(signals_.goods, word.stem, &GoodsWord::stem) == signals_.goods.end())
            signals_.goods.push_back(std::move(word));
    }

    Signals& signals_;
    const Text& text_;
    const std::vector<bool>& taken_;
    std::vector<bool> covered_;
    const Languages languages_;
};

}  // namespace

void read_goods(Signals& signals, const std::vector<bool>& taken) {
    GoodsReader(signals, taken).read();
}

}  // namespace orderhub::linking
