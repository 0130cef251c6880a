#include "hub/linking/vocabulary.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>

#include "hub/linking/fold.hpp"
#include "hub/linking/words.hpp"

namespace orderhub::linking {

namespace {

bool is_filler(std::string_view word) {
    constexpr std::string_view kFillers[] = {"for", "and", "with", "the", "mit",  "und", "fur",
                                             "der", "die", "das",  "de",  "du",   "des", "la",
                                             "le",  "les", "en",   "et",  "avec", "con", "el",
                                             "los", "las", "para", "y",   "of",   "in",  "aus"};
    return std::ranges::find(kFillers, word) != std::end(kFillers);
}

/// What the first two, three ... of the words name together.
void add_phrases(std::span<const std::string> words, std::vector<LineWord>& all) {
    std::string text = words.front(), stems = stem(words.front());
    for (std::size_t i = 1; i < std::min(words.size(), kLongestPhrase); ++i) {
        text += " " + words[i];
        stems += " " + stem(words[i]);
        if (const auto& concepts = concepts_of_phrase(stems); !concepts.empty())
            all.push_back({text, stems, concepts});
    }
}

}  // namespace

std::vector<LineWord> words_of(const OrderLine& line) {
    std::vector<LineWord> all;
    const auto add = [&](std::string text) {
        if (text.empty() || is_filler(text)) return;
        LineWord word{std::move(text), {}, {}};
        word.stem = stem(word.text);
        if (std::ranges::find(all, word.stem, &LineWord::stem) != all.end()) return;
        word.concepts = concepts_of(word.text);
        all.push_back(std::move(word));
    };
    const std::vector<std::string> named = words_of(line.name);
    for (std::size_t at = 0; at < named.size(); ++at)
        add_phrases(std::span(named).subspan(at), all);
    for (const std::string& word : named)
        add(word);
    for (const std::string& option : line.options)
        for (std::string& word : words_of(option))
            add(std::move(word));
    std::string sku;
    for (const std::string& part : words_of(line.sku))
        sku += part;
    if (sku.size() >= 4) add(std::move(sku));
    return all;
}

std::string concept_key(std::uint16_t kind) {
    return "#" + std::to_string(kind);
}

void Vocabulary::add(const Order& order) {
    if (orders_ >= kMostOrders) forget_half();
    ++orders_;
    std::set<std::string> words;
    for (const OrderLine& line : order.lines)
        for (const LineWord& word : words_of(line)) {
            words.insert(word.stem);
            for (const std::uint16_t kind : word.concepts)
                words.insert(concept_key(kind));
        }
    for (const std::string& word : words)
        ++orders_with_[word];
}

void Vocabulary::forget_half() {
    orders_ /= 2;
    for (auto& [word, orders] : orders_with_)
        orders /= 2;
    std::erase_if(orders_with_, [](const auto& word) { return word.second == 0; });
}

double Vocabulary::rarity(std::string_view word) const {
    constexpr double kFew = 50;  ///< in a handful of orders every word is rare
    const auto found = orders_with_.find(word);
    if (found == orders_with_.end()) return -1;
    const double all = std::max(kFew, static_cast<double>(orders_)) + 1;
    return std::clamp(std::log(all / found->second) / std::log(all), 0.0, 1.0);
}

}  // namespace orderhub::linking
