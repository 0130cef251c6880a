// Numbers of orders and parcels.
#include <algorithm>

#include "hub/linking/fold.hpp"
#include "hub/linking/score.hpp"
#include "hub/linking/words.hpp"

namespace orderhub::linking {

namespace {

constexpr std::size_t kTellingLength = 6;  ///< a shorter number may be anything

struct Fit {
    int points = 0;
    Named named = Named::no;
    std::string text;
};

/// Whether a number's word tells by itself that an order's number is meant.
bool tells(const NumberWord& word) {
    if (word.claimed) return true;
    if (word.known || word.called_customer || word.zone == Zone::signature) return false;
    return word.plain.size() >= kTellingLength;
}

int slips_allowed(std::size_t length) {
    return length >= 10 ? 2 : length >= 5 ? 1 : 0;
}

bool nearly(const std::string& one, const std::string& other) {
    const int most = slips_allowed(std::min(one.size(), other.size()));
    return most > 0 && edits(one, other, most) <= most;
}

class NumberMatch {
public:
    NumberMatch(const Scoring& scoring, const Scored& scored)
        : weights_(scoring.settings.weights),
          exact_(scoring.exact_numbers),
          own_(scored.identity >= scoring.settings.thresholds.owner),
          order_(*scored.order),
          plain_(plain_number(order_.number)),
          key_(number_key(order_.number)),
          tail_(number_tail(order_.number)) {}

    Fit fit(const NumberWord& word) const {
        if (word.key == key_) return same(word);
        for (const std::string& id : order_.external_ids)
            if (word.key == number_key(id) && tells(word) && word.zone != Zone::quoted)
                return {weights_.number, Named::surely, "the shop's own id " + id};
        if (word.zone == Zone::quoted) return {};
        for (const std::string& number : order_.tracking_numbers)
            if (word.plain.size() >= 8 && word.key == number_key(number))
                return {weights_.tracking, Named::surely, "tracking number " + number};
        const std::string tail = number_tail(word.plain);
        if (!tail.empty() && tail == tail_ && (word.claimed || (own_ && tail.size() > 4)))
            return {weights_.number_part, own_ ? Named::surely : Named::weakly,
                    "part of the order number " + order_.number};
        if (own_ && word.claimed && !exact_.contains(word.key) && nearly(word.plain, plain_))
            return {weights_.number_typo, Named::weakly,
                    "nearly the order number " + order_.number};
        return {};
    }

private:
    Fit same(const NumberWord& word) const {
        if (word.zone == Zone::quoted)
            return {weights_.number_quoted, Named::no, "order number in quoted history"};
        if (!tells(word) && !own_) return {};
        const bool exact = word.plain == plain_;
        const bool letters = std::ranges::any_of(word.plain, [](char c) { return !is_digit(c); });
        const bool short_word = !word.claimed && !letters && word.plain.size() < kTellingLength;
        const int points = exact ? weights_.number : weights_.number_misread;
        return {short_word ? points / 2 : points, short_word ? Named::weakly : Named::surely,
                exact ? "order number " + order_.number
                      : "order number " + order_.number + " (read for " + word.plain + ")"};
    }

    const Weights& weights_;
    const std::set<std::string>& exact_;
    bool own_;
    const Order& order_;
    std::string plain_;
    std::string key_;
    std::string tail_;
};

}  // namespace

void score_numbers(const Scoring& scoring, Scored& scored) {
    const NumberMatch match(scoring, scored);
    Fit best;
    for (const NumberWord& word : scoring.signals.numbers)
        if (Fit fit = match.fit(word); fit.points > best.points) best = std::move(fit);
    if (best.points == 0) return;
    scored.named = best.named;
    scored.add_which(best.points, std::move(best.text));
}

std::vector<std::string> unknown_numbers(const Signals& signals, const std::vector<Scored>& all) {
    std::vector<std::string> unknown;
    for (const NumberWord& word : signals.numbers) {
        if (!word.claimed || word.zone == Zone::quoted || word.zone == Zone::signature) continue;
        const bool shaped = std::ranges::any_of(all, [&](const Scored& each) {
            const std::string plain = plain_number(each.order->number);
            return plain.size() == word.plain.size() &&
                   has_digit(plain.substr(0, 1)) == has_digit(word.plain.substr(0, 1));
        });
        const bool known = std::ranges::any_of(all, [&](const Scored& each) {
            return number_key(each.order->number) == word.key ||
                   nearly(word.plain, plain_number(each.order->number));
        });
        if (shaped && !known) unknown.push_back(word.plain);
    }
    return unknown;
}

}  // namespace orderhub::linking
