#include "hub/linking/words.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <ranges>
#include <unordered_set>

#include "hub/linking/fold.hpp"
#include "hub/linking/phrases.hpp"

namespace orderhub::linking {

namespace {

using Kinds = std::vector<std::uint16_t>;

class Concepts {
public:
    Concepts() {
        read("goods");
        goods_ = next_;
        read("attributes");
    }

    /// The very word before others of its stem: "train" and "trainers" are not one thing.
    const Kinds& of(std::string_view folded) const {
        const Kinds& exact = find(by_word_, folded);
        return exact.empty() ? find(by_stem_, stem(folded)) : exact;
    }

    /// "Hundebett": what its parts name, if the last part names goods. `sure`: only if the first
    /// part is known too, and then the last part alone.
    Kinds of_compound(std::string_view folded, bool sure) const {
        constexpr std::size_t kPart = 3, kLastPart = 4, kTelling = 5;
        // "Adjustable" is no table.
        if (folded.ends_with("able")) return {};
        for (std::size_t at = kPart; at + kLastPart <= folded.size(); ++at) {
            const Kinds& last = inflected(folded.substr(at));
            if (std::ranges::none_of(last, [&](auto kind) { return kind < goods_; })) continue;
            Kinds kinds = first_part(folded.substr(0, at));
            if (kinds.empty() && (sure || folded.size() - at < kTelling)) continue;
            if (sure) kinds.clear();
            kinds.insert(kinds.end(), last.begin(), last.end());
            return kinds;
        }
        return {};
    }

    const Kinds& of_phrase(std::string_view stems) const { return find(by_phrase_, stems); }

    /// A word for goods with a slip in it: neither its first nor its last letter.
    Kinds nearly(std::string_view folded) const {
        constexpr std::size_t kShortest = 6, kLong = 10;
        if (folded.size() < kShortest) return {};
        const auto words = by_letter_.find(folded.substr(0, 1));
        if (words == by_letter_.end()) return {};
        const int most = folded.size() >= kLong ? 2 : 1;
        for (const std::string& word : words->second)
            if (word.size() >= kShortest && same_end(word, folded) &&
                edits(word, folded, most) <= most)
                return of(word);
        return {};
    }

    std::uint16_t goods() const { return goods_; }

private:
    /// Its last letter, or its last two the other way round: endings are grammar.
    static bool same_end(std::string_view one, std::string_view other) {
        return one.back() == other.back() ||
               (one.back() == other[other.size() - 2] && one[one.size() - 2] == other.back());
    }

    static const Kinds& find(const TextMap<Kinds>& all, std::string_view key) {
        static const Kinds none;
        const auto found = all.find(key);
        return found == all.end() ? none : found->second;
    }

    /// A listed word, or a plural or case of it.
    const Kinds& inflected(std::string_view folded) const {
        for (const std::string_view ending : {"", "s", "n", "e", "en", "es", "er"})
            if (folded.ends_with(ending))
                if (const Kinds& kinds =
                        find(by_word_, folded.substr(0, folded.size() - ending.size()));
                    !kinds.empty())
                    return kinds;
        return find(by_word_, "");
    }

    Kinds first_part(std::string_view part) const {
        for (const std::string_view joint : {"", "s", "n", "en", "e"})
            if (part.ends_with(joint) && part.size() >= joint.size() + 3)
                if (const Kinds& kinds = of(part.substr(0, part.size() - joint.size()));
                    !kinds.empty())
                    return kinds;
        return {};
    }

    void read(std::string_view list) {
        for (const std::string& line : section(word_list(list), list)) {
            for (const auto part : std::views::split(std::string_view(line), ' '))
                add(std::string_view(part.begin(), part.end()), list == "goods");
            ++next_;
        }
    }

    /// "shower_head": two words that name one thing.
    void add(std::string_view written, bool goods) {
        std::string stems;
        const std::vector<std::string> words = words_of(written);
        for (const std::string& word : words)
            stems += (stems.empty() ? "" : " ") + stem(word);
        if (words.empty()) return;
        const auto put = [&](Kinds& kinds) {
            if (kinds.empty() || kinds.back() != next_) kinds.push_back(next_);
        };
        put(words.size() > 1 ? by_phrase_[stems] : by_stem_[stems]);
        if (words.size() == 1) put(by_word_[words.front()]);
        if (goods && words.size() == 1)
            by_letter_[words.front().substr(0, 1)].push_back(words.front());
    }

    TextMap<Kinds> by_word_;
    TextMap<Kinds> by_stem_;
    TextMap<Kinds> by_phrase_;
    TextMap<std::vector<std::string>> by_letter_;
    std::uint16_t next_ = 0;
    std::uint16_t goods_ = 0;
};

const Concepts& concepts() {
    static const Concepts all;
    return all;
}

}  // namespace

std::string stem(std::string_view folded) {
    constexpr std::size_t kShortest = 3;
    std::string out(folded);
    for (const auto& [from, to] :
         {std::pair{"ae", "a"}, std::pair{"oe", "o"}, std::pair{"ue", "u"}})
        for (auto at = out.find(from); at != out.npos; at = out.find(from, at + 1))
            out.replace(at, 2, to);
    const auto strip = [&](std::string_view ending) {
        if (out.size() >= kShortest + ending.size() && out.ends_with(ending))
            out.resize(out.size() - ending.size());
    };
    if (!out.ends_with("ss")) strip("s");
    if (out.size() > 4) strip("x");
    if (out.ends_with("en") || out.ends_with("em") || out.ends_with("er")) {
        if (out.size() > 5) out.resize(out.size() - 2);
    }
    if (out.ends_with("ie") && out.size() > 4)
        out.replace(out.size() - 2, 2, "y");
    else if (out.size() > kShortest && std::string_view("eao").find(out.back()) != out.npos)
        out.pop_back();
    return out;
}

int edits(std::string_view one, std::string_view other, int most) {
    constexpr std::size_t kLongest = 40;
    const auto gap =
        static_cast<int>(std::max(one.size(), other.size()) - std::min(one.size(), other.size()));
    if (gap > most || one.size() > kLongest || other.size() > kLongest) return most + 1;
    std::array<std::array<int, kLongest + 1>, 3> rows{};
    for (std::size_t j = 0; j <= other.size(); ++j)
        rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= one.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& before = rows[(i + 2) % 3];
        const auto& before_that = rows[(i + 1) % 3];
        row[0] = static_cast<int>(i);
        int least = row[0];
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const int change = one[i - 1] == other[j - 1] ? 0 : 1;
            row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + change});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = std::min(row[j], before_that[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > most) return most + 1;
    }
    return rows[one.size() % 3][other.size()];
}

bool may_be_typo(std::string_view one, std::string_view other) {
    constexpr std::size_t kShort = 5, kLong = 9;
    const std::size_t length = std::min(one.size(), other.size());
    if (length < kShort) return false;
    const int most = length >= kLong ? 2 : 1;
    return one.front() == other.front() && edits(one, other, most) <= most;
}

std::vector<std::uint16_t> concepts_of(std::string_view folded) {
    constexpr std::size_t kCompound = 8;
    std::vector<std::uint16_t> kinds = own_concepts(folded);
    if (folded.size() < kCompound) return kinds;
    for (const std::uint16_t kind : concepts().of_compound(folded, !kinds.empty()))
        if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
    return kinds;
}

const std::vector<std::uint16_t>& own_concepts(std::string_view folded) {
    return concepts().of(folded);
}

const std::vector<std::uint16_t>& concepts_of_phrase(std::string_view stems) {
    return concepts().of_phrase(stems);
}

std::vector<std::uint16_t> concepts_nearly(std::string_view folded) {
    return concepts().nearly(folded);
}

bool is_goods(std::uint16_t kind) {
    return kind < concepts().goods();
}

bool is_nickname(std::string_view one, std::string_view other) {
    static const auto groups = [] {
        TextMap<std::vector<int>> all;
        int number = 0;
        for (const std::string& line : section(word_list("names"), "given")) {
            for (const std::string& name : words_of(line))
                all[squash(name)].push_back(number);
            ++number;
        }
        return all;
    }();
    const auto first = groups.find(one);
    const auto second = groups.find(other);
    return first != groups.end() && second != groups.end() &&
           std::ranges::find_first_of(first->second, second->second) != first->second.end();
}

Languages stop_word_in(std::string_view folded) {
    static const auto all = [] {
        TextMap<Languages> words;
        Languages bit = 1;
        for (const std::string_view name : {"en", "de", "fr", "es", "any"}) {
            for (const std::string& line : section(word_list("stop"), name))
                for (const std::string& word : words_of(line))
                    words[word] |= bit;
            bit <<= 1U;
        }
        return words;
    }();
    const auto found = all.find(folded);
    return found == all.end() ? 0 : found->second;
}

}  // namespace orderhub::linking
