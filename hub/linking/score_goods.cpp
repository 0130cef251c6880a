// What the customer calls the goods, against the lines of the order.
#include <algorithm>
#include <cmath>

#include "hub/linking/fold.hpp"
#include "hub/linking/score.hpp"
#include "hub/linking/vocabulary.hpp"
#include "hub/linking/words.hpp"

namespace orderhub::linking {

namespace {

constexpr double kUnknownRarity = 0.5;

/// One word is the other with something in front or behind: "Kaffeetasse" and "Tasse".
bool is_compound(const std::string& one, const std::string& other) {
    constexpr std::size_t kPart = 4, kMore = 3;
    const std::string& longer = one.size() > other.size() ? one : other;
    const std::string& part = one.size() > other.size() ? other : one;
    return part.size() >= kPart && !longer.ends_with("abl") &&
           longer.size() >= part.size() + kMore &&
           (longer.ends_with(part) || longer.starts_with(part));
}

class GoodsMatch {
public:
    explicit GoodsMatch(Index& index) : index_(index) {}

    double value(const GoodsWord& said, const LineWord& word) const {
        constexpr double kTypo = 0.8, kCompound = 0.75, kConcept = 0.8;
        if (said.stem == word.stem) return rarity(word.stem);
        // A word that the shop uses itself is no slip.
        const bool means = !said.guessed || index_.rarity(said.stem) < 0;
        const double by_concept = means ? (said.guessed ? kTypo : 1) * kConcept *
                                              shared_concept(said.concepts, word.concepts)
                                        : 0;
        if (by_concept > 0) return by_concept;
        if (!said.joined && !said.covered && is_compound(said.stem, word.stem)) {
            const double own = index_.rarity(said.stem);
            return kCompound * std::min(rarity(word.stem), own < 0 ? 1 : own);
        }
        if (!said.covered && may_be_typo(said.text, word.text) && index_.rarity(said.stem) < 0)
            return kTypo * rarity(word.stem);
        return 0;
    }

    /// How clearly a word of the case names goods that are sold here: 0 to 1.
    double names_goods(const GoodsWord& said) const {
        // A word for several things leaves open which is meant.
        if (said.guessed || said.concepts.empty()) return 0;
        const auto& own = said.joined ? said.concepts : own_concepts(said.text);
        const auto& kinds = own.empty() ? said.concepts : own;
        if (std::ranges::count_if(kinds, is_goods) != 1) return 0;
        return index_.rarity(concept_key(*std::ranges::find_if(kinds, is_goods)));
    }

private:
    double rarity(const std::string& word) const {
        const double value = index_.rarity(word);
        return value < 0 ? kUnknownRarity : value;
    }

    double shared_concept(const std::vector<std::uint16_t>& one,
                          const std::vector<std::uint16_t>& other) const {
        double most = 0;
        for (const std::uint16_t kind : one)
            if (std::ranges::find(other, kind) != other.end())
                most = std::max(most, rarity(concept_key(kind)));
        return most;
    }

    Index& index_;
};

/// A colour or material: many lines have it.
bool is_attribute(const GoodsWord& said) {
    return !said.concepts.empty() && std::ranges::none_of(said.concepts, is_goods);
}

struct LineFit {
    double sum = 0;
    std::vector<std::pair<std::size_t, double>> said;  ///< index of the word, its value
};

/// `names`: of persons and places of the order, which may be called like goods.
LineFit fit_line(const GoodsMatch& match, const std::vector<GoodsWord>& goods,
                 const OrderLine& line, const std::vector<std::string>& names) {
    constexpr double kAttributesAlone = 0.4, kLeast = 0.02;
    LineFit fit;
    bool thing = false;
    const std::vector<LineWord> words = words_of(line);
    for (std::size_t i = 0; i < goods.size(); ++i) {
        if (std::ranges::find(names, squash(goods[i].text)) != names.end()) continue;
        double best = 0;
        for (const LineWord& word : words)
            best = std::max(best, match.value(goods[i], word));
        if (best <= kLeast) continue;
        thing = thing || !is_attribute(goods[i]);
        fit.sum += best;
        fit.said.emplace_back(i, best);
    }
    if (thing) return fit;
    fit.sum *= kAttributesAlone;
    for (auto& [at, value] : fit.said)
        value *= kAttributesAlone;
    return fit;
}

/// Persons and places of the order: "Hull" is no cover there.
std::vector<std::string> own_names(const Order& order) {
    std::vector<std::string> names;
    const auto add = [&](std::vector<std::string> parts) {
        for (std::string& part : parts)
            names.push_back(std::move(part));
    };
    for (const std::string& name : order.names)
        add(name_parts(name));
    for (const Place& place : order.places) {
        add(name_parts(place.city));
        add(name_parts(place.street));
    }
    return names;
}

std::string said_words(const Scoring& scoring, const LineFit& fit, const OrderLine& line) {
    std::string words;
    for (const auto& [at, value] : fit.said)
        words += (words.empty() ? "\"" : " ") + scoring.signals.goods[at].text;
    return words + "\" for " + line.name;
}

}  // namespace

void score_goods(const Scoring& scoring, Scored& scored) {
    constexpr double kScale = 0.7, kElsewhere = 0.5;
    const GoodsMatch match(scoring.index);
    const std::vector<GoodsWord>& goods = scoring.signals.goods;
    const std::vector<std::string> names = own_names(*scored.order);
    LineFit best;
    const OrderLine* best_line = nullptr;
    std::vector<LineFit> fits;
    for (const OrderLine& line : scored.order->lines) {
        fits.push_back(fit_line(match, goods, line, names));
        if (fits.back().sum > best.sum) {
            best = fits.back();
            best_line = &line;
        }
    }
    double sum = best.sum;
    for (const auto& [at, value] : best.said)
        scored.said.insert(at);
    for (const LineFit& fit : fits)
        for (const auto& [at, value] : fit.said)
            if (scored.said.insert(at).second) sum += kElsewhere * value;
    const Weights& weights = scoring.settings.weights;
    scored.goods = static_cast<int>(std::lround(weights.product * (1 - std::exp(-sum / kScale))));
    if (best_line != nullptr && scored.goods > 0)
        scored.add_which(scored.goods, said_words(scoring, best, *best_line));
    if (scored.goods > 4) return;
    for (const GoodsWord& said : goods)
        if (match.names_goods(said) > 0.3) {
            scored.other_goods = true;
            return scored.add_which(weights.other_product,
                                    "\"" + said.text + "\" is not in this order");
        }
}

}  // namespace orderhub::linking
