// Who wrote: addresses, numbers of persons, names, places.
#include <algorithm>

#include "hub/linking/contact.hpp"
#include "hub/linking/fold.hpp"
#include "hub/linking/score.hpp"
#include "hub/linking/words.hpp"

namespace orderhub::linking {

namespace {

bool holds(const std::vector<std::string>& list, const std::string& part) {
    return std::ranges::any_of(
        list, [&](const std::string& each) { return each == part || may_be_typo(each, part); });
}

struct NameFit {
    int points = 0;
    std::string text;
    bool full = false;
};

/// One name of an order against everything that the case shows of names.
class NameMatch {
public:
    NameMatch(const Signals& signals, const Weights& weights)
        : signals_(signals), weights_(weights) {
        for (const std::string& part : signals.email_name)
            joined_email_ += part;
    }

    NameFit fit(std::string_view name) const {
        const std::vector<std::string> parts = name_parts(name);
        if (parts.empty()) return {};
        const std::string& given = parts.front();
        const std::string& surname = parts.back();
        bool has_surname = shown(surname);
        bool has_given = parts.size() > 1 && shown(given);
        const Beside beside = parts.size() > 1 ? side_by_side(given, surname) : Beside::no;
        has_given = has_given || beside == Beside::given;
        has_surname = has_surname || beside != Beside::no;
        if (has_surname && !has_given && beside == Beside::initial)
            return {weights_.initial_name, "initial and surname"};
        if (has_surname && has_given) return {weights_.full_name, "name", true};
        if (has_surname && parts.size() > 1 && initial_fits(given, surname))
            return {weights_.initial_name, "surname and initial"};
        if (has_surname && parts.size() > 1 && another_given(given, surname))
            return {weights_.surname / 2, "surname, but another first name"};
        if (has_surname) return {weights_.surname, "surname"};
        if (has_given) return {weights_.given_name, "first name"};
        return {};
    }

private:
    bool shown(const std::string& part) const {
        return holds(signals_.name, part) || holds(signals_.signature, part) ||
               holds(signals_.email_name, part) || in_text(part) ||
               (part.size() >= 4 && joined_email_.find(part) != joined_email_.npos);
    }

    bool in_text(const std::string& part) const {
        if (part.size() < 3) return false;
        return std::ranges::find(signals_.words, part) != signals_.words.end() ||
               (part.size() >= 6 && holds(signals_.words, part));
    }

    enum class Beside { no, initial, given };

    /// Both parts next to each other in the text, though one be short for the other or misspelt.
    Beside side_by_side(const std::string& given, const std::string& surname) const {
        const std::vector<std::string>& words = signals_.squashed;
        Beside best = Beside::no;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i].empty() || !is_slip(words[i], surname)) continue;
            const bool exact = words[i] == surname;
            for (const std::size_t at : {i - 1, i + 1}) {
                if (at >= words.size() || words[at].empty()) continue;
                const std::string& word = words[at];
                if (word == given || is_nickname(word, given) || (exact && is_slip(word, given)) ||
                    may_be_typo(word, given))
                    return Beside::given;
                if (word.size() == 1 && word.front() == given.front()) best = Beside::initial;
            }
        }
        return best;
    }

    /// Short words too, as their neighbour tells that a name is meant.
    static bool is_slip(const std::string& word, const std::string& part) {
        constexpr std::size_t kShortest = 4, kLong = 8;
        if (word == part) return true;
        if (std::min(word.size(), part.size()) < kShortest || word.front() != part.front())
            return false;
        const int most = part.size() >= kLong ? 2 : 1;
        return edits(word, part, most) <= most;
    }

    /// "A. Schmidt", or "Alex" for Alexander.
    bool initial_fits(const std::string& given, const std::string& surname) const {
        if (signals_.initials.find(given.front()) != std::string::npos) return true;
        const auto short_form = [&](const std::string& each) {
            return each != given &&
                   (is_nickname(each, given) ||
                    (each.size() >= 3 && (given.starts_with(each) || each.starts_with(given))));
        };
        return std::ranges::any_of(signals_.name, short_form) ||
               std::ranges::any_of(signals_.signature, short_form) ||
               joined_email_ == given.substr(0, 1) + surname;
    }

    bool another_given(const std::string& given, const std::string& surname) const {
        return signals_.name.size() >= 2 && holds(signals_.name, surname) &&
               !holds(signals_.name, given);
    }

    const Signals& signals_;
    const Weights& weights_;
    std::string joined_email_;
};

bool near_address(const Signals& signals, const std::string& address) {
    const auto near = [&](const std::string& other) {
        return !other.empty() && other != address && other.size() >= 8 &&
               other.front() == address.front() && edits(other, address, 2) <= 2;
    };
    return near(signals.requester_mailbox) || std::ranges::any_of(signals.mailboxes, near);
}

NameFit fit_address(const Scoring& scoring, const Scored& scored) {
    const Weights& weights = scoring.settings.weights;
    const std::string address = mailbox(scored.order->email);
    if (scored.by_alias)
        return {weights.email_alias, "e-mail address that an agent confirmed for this customer"};
    if (address.empty()) return {};
    if (address == scoring.signals.requester_mailbox)
        return {weights.email, "e-mail address of the requester"};
    if (std::ranges::find(scoring.signals.mailboxes, address) != scoring.signals.mailboxes.end())
        return {weights.email_in_text, "e-mail address in the text"};
    if (near_address(scoring.signals, address))
        return {weights.email_typo, "nearly the e-mail address"};
    return {};
}

NameFit fit_phone(const Scoring& scoring, const Scored& scored) {
    const std::string& country =
        scored.order->country.empty() ? scoring.settings.default_country : scored.order->country;
    for (const std::string& phone : scored.order->phones) {
        const std::string key = phone_key(e164(phone, country));
        if (key.empty()) continue;
        const auto same = [&](const std::string& other) { return phone_key(other) == key; };
        const auto same_digits = [&](const NumberWord& number) {
            return number.zone != Zone::quoted && number.plain.size() >= 9 &&
                   phone_key(number.plain) == key;
        };
        if (std::ranges::any_of(scoring.signals.phones, same) ||
            std::ranges::any_of(scoring.signals.numbers, same_digits))
            return {scoring.settings.weights.phone, "phone number"};
    }
    return {};
}

NameFit fit_customer_number(const Scoring& scoring, const Scored& scored) {
    if (scored.order->customer_number.size() < 3) return {};
    const std::string key = number_key(scored.order->customer_number);
    for (const NumberWord& number : scoring.signals.numbers)
        if (number.key == key && number.zone != Zone::quoted &&
            (number.called_customer || key.size() >= 7))
            return {scoring.settings.weights.customer_number, "customer number"};
    return {};
}

bool has_postcode(const Signals& signals, const std::string& postcode) {
    if (postcode.size() < 3) return false;
    return std::ranges::any_of(signals.postcodes, [&](const std::string& each) {
        return each == postcode || (each.size() == 9 && each.starts_with(postcode)) ||
               (postcode.size() == 9 && postcode.starts_with(each) && each.size() == 5);
    });
}

bool has_street(const Signals& signals, std::string_view line) {
    const Street street = street_of(line);
    if (street.word.empty()) return false;
    const Text& text = signals.text;
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        if (text.words[i].zone == Zone::quoted || !text.at(i).starts_with(street.word)) continue;
        for (std::size_t near = i > 2 ? i - 2 : 0; near < text.words.size() && near <= i + 3;
             ++near)
            if (text.at(near) == street.number) return true;
    }
    return false;
}

bool has_city(const Signals& signals, std::string_view city) {
    const std::vector<std::string> words = words_of(city);
    return !words.empty() && std::ranges::all_of(words, [&](const std::string& word) {
        return word.size() < 3 ||
               std::ranges::find(signals.words, squash(word)) != signals.words.end();
    });
}

NameFit fit_place(const Scoring& scoring, const Place& place) {
    const Weights& weights = scoring.settings.weights;
    NameFit fit;
    const auto add = [&](int points, const char* text) {
        fit.points += points;
        fit.text += (fit.text.empty() ? "" : ", ") + std::string(text);
    };
    if (has_postcode(scoring.signals, postcode_key(place.postcode)))
        add(weights.postcode, "postcode");
    if (has_street(scoring.signals, place.street)) add(weights.street, "street");
    if (has_city(scoring.signals, place.city)) add(weights.city, "city");
    return fit;
}

/// Name and place together; each alone says little.
NameFit fit_name_and_place(const Scoring& scoring, const Scored& scored) {
    const Weights& weights = scoring.settings.weights;
    const NameMatch match(scoring.signals, weights);
    NameFit fit;
    for (const std::string& name : scored.order->names)
        if (const NameFit each = match.fit(name); each.points > fit.points) fit = each;
    NameFit place;
    for (const Place& one : scored.order->places)
        if (NameFit each = fit_place(scoring, one); each.points > place.points)
            place = std::move(each);
    if (!place.text.empty()) fit.text += (fit.text.empty() ? "" : ", ") + place.text;
    constexpr int kBoth = 4;
    if (fit.points >= weights.surname && place.points >= weights.postcode) fit.points += kBoth;
    fit.points += fit.points == 0 ? place.points / 2 : place.points;
    return fit;
}

}  // namespace

void Scored::add_identity(int points, std::string text) {
    identity += points;
    evidence.push_back({points, std::move(text)});
}

void Scored::add_which(int points, std::string text) {
    which += points;
    evidence.push_back({points, std::move(text)});
}

void Scored::add_mild(int points, std::string text) {
    mild += points;
    add_which(points, std::move(text));
}

void score_identity(const Scoring& scoring, Scored& scored) {
    std::vector<NameFit> fits{fit_address(scoring, scored), fit_phone(scoring, scored),
                              fit_customer_number(scoring, scored),
                              fit_name_and_place(scoring, scored)};
    std::erase_if(fits, [](const NameFit& each) { return each.points == 0; });
    std::ranges::sort(fits, std::greater{}, &NameFit::points);
    scored.full_name = std::ranges::any_of(fits, [](const NameFit& each) { return each.full; });
    // The second and third thing that tell the same person add less.
    int divisor = 1;
    for (NameFit& fit : fits) {
        scored.add_identity(fit.points / divisor, std::move(fit.text));
        divisor = divisor == 1 ? 3 : 6;
    }
}

void settle_names(std::vector<Scored>& all) {
    constexpr int kAnother = 8, kSurelyKnown = 34;
    const bool someone = std::ranges::any_of(
        all, [](const Scored& each) { return each.full_name && each.identity >= kSurelyKnown; });
    for (Scored& each : all)
        if (someone && !each.full_name && each.identity > kAnother && each.identity < kSurelyKnown)
            each.add_identity(-kAnother, "the full name is another customer's");
}

}  // namespace orderhub::linking
