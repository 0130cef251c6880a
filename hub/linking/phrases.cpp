#include "hub/linking/phrases.hpp"

#include <array>
#include <charconv>

#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

/// By the number of Cue.
constexpr std::array<std::string_view, static_cast<std::size_t>(Cue::count)> kSections{
    "where",        "broken",     "wrong",        "missing",    "return",      "refund",
    "cancel",       "change",     "invoice",      "presale",    "order_word",  "number_cue",
    "customer_cue", "amount_cue", "ordered",      "last_order", "first_order", "several",
    "somebody",     "month",      "weekday",      "unit",       "ago",         "last",
    "before_last",  "this",       "relative_day", "part",       "number",      "about"};

struct Phrase {
    Cue cue = Cue::where;
    int value = 0;
    std::vector<std::string> words;  ///< a last word may end in '*'
};

template <class Use>
void each_line(std::string_view list, Use use) {
    while (!list.empty()) {
        const auto end = list.find('\n');
        const std::string_view line = trim(list.substr(0, end));
        if (!line.empty() && line[0] != '#') use(line);
        if (end == list.npos) return;
        list.remove_prefix(end + 1);
    }
}

struct Entry {
    std::string text;
    int value = 0;
};

std::vector<Entry> entries(std::string_view list, std::string_view name) {
    std::vector<Entry> all;
    bool inside = false;
    each_line(list, [&](std::string_view line) {
        if (line[0] == '[') {
            inside = line == "[" + std::string(name) + "]";
            return;
        }
        if (!inside) return;
        int value = 0;
        const auto parsed = std::from_chars(line.data(), line.data() + line.size(), value);
        if (parsed.ptr != line.data() + line.size() && *parsed.ptr == ':' &&
            parsed.ptr != line.data())
            line.remove_prefix(static_cast<std::size_t>(parsed.ptr - line.data()) + 1);
        while (true) {
            const auto comma = line.find(',');
            all.push_back({std::string(trim(line.substr(0, comma))), value});
            if (comma == line.npos) return;
            line.remove_prefix(comma + 1);
        }
    });
    return all;
}

class PhraseBook {
public:
    PhraseBook() {
        for (const std::string_view list : {word_list("cues"), word_list("calendar")})
            for (std::size_t cue = 0; cue < kSections.size(); ++cue)
                for (const Entry& entry : entries(list, kSections[cue]))
                    add(static_cast<Cue>(cue), entry);
    }

    void find_at(const Text& text, std::size_t at, std::vector<CueHit>& hits) const {
        const std::string_view word = text.at(at);
        collect(word, text, at, hits);
        std::string prefix;
        for (std::size_t length = 3; length <= word.size() && length <= 20; ++length) {
            prefix.assign(word.substr(0, length));
            prefix += '*';
            collect(prefix, text, at, hits);
        }
    }

private:
    void add(Cue cue, const Entry& entry) {
        Phrase phrase{cue, entry.value, {}};
        std::string_view rest = entry.text;
        const bool open = rest.ends_with('*');
        phrase.words = words_of(rest);
        if (phrase.words.empty()) return;
        if (open) phrase.words.back() += '*';
        auto& list = by_first_[phrase.words.front()];
        list.push_back(std::move(phrase));
    }

    void collect(std::string_view key, const Text& text, std::size_t at,
                 std::vector<CueHit>& hits) const {
        const auto found = by_first_.find(key);
        if (found == by_first_.end()) return;
        for (const Phrase& phrase : found->second)
            if (fits(phrase, text, at))
                hits.push_back({phrase.cue, phrase.value, at, phrase.words.size()});
    }

    static bool fits(const Phrase& phrase, const Text& text, std::size_t at) {
        if (at + phrase.words.size() > text.words.size()) return false;
        for (std::size_t i = 1; i < phrase.words.size(); ++i) {
            const std::string_view wanted = phrase.words[i];
            const std::string_view word = text.at(at + i);
            if (wanted.ends_with('*')) {
                if (!word.starts_with(wanted.substr(0, wanted.size() - 1))) return false;
            } else if (word != wanted) {
                return false;
            }
        }
        return true;
    }

    TextMap<std::vector<Phrase>> by_first_;
};

}  // namespace

std::vector<std::string> section(std::string_view list, std::string_view name) {
    std::vector<std::string> phrases;
    for (Entry& entry : entries(list, name))
        phrases.push_back(std::move(entry.text));
    return phrases;
}

std::vector<CueHit> find_cues(const Text& text) {
    static const PhraseBook book;
    std::vector<CueHit> hits;
    for (std::size_t at = 0; at < text.words.size(); ++at)
        if (text.words[at].zone != Zone::quoted) book.find_at(text, at, hits);
    return hits;
}

}  // namespace orderhub::linking
