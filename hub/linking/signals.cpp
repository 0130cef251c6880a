#include "hub/linking/signals.hpp"

#include <algorithm>

#include "hub/linking/contact.hpp"
#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

template <class Value>
void add_once(std::vector<Value>& list, Value value) {
    if (std::ranges::find(list, value) == list.end()) list.push_back(std::move(value));
}

void read_requester(const Ticket& ticket, const Settings& settings, Signals& signals) {
    signals.requester_mailbox = mailbox(ticket.email);
    if (!signals.requester_mailbox.empty())
        for (const std::string& part : email_names(ticket.email))
            signals.email_name.push_back(squash(part));
    signals.name = name_parts(ticket.name);
    const std::string local = ticket.email.substr(0, ticket.email.find('@'));
    for (const std::string& word : words_of(ticket.name + " " + local))
        if (word.size() == 1 && !has_digit(word)) signals.initials += word;
    if (const auto phone = e164(ticket.phone, settings.default_country); !phone.empty())
        add_once(signals.phones, phone);
    if (const auto postcode = postcode_key(ticket.postcode); postcode.size() >= 3)
        signals.postcodes.push_back(postcode);
}

/// "10115", "1234 AB", "SW1A 1AA", "12345-6789".
void read_postcodes(Signals& signals) {
    constexpr std::size_t kMost = 8;
    const Text& text = signals.text;
    const auto add = [&](std::string postcode) {
        const auto digits = std::ranges::count_if(postcode, is_digit);
        if (postcode.size() >= 4 && postcode.size() <= 8 && digits >= 2 &&
            signals.postcodes.size() < kMost)
            add_once(signals.postcodes, std::move(postcode));
    };
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        if (text.words[i].zone == Zone::quoted || !text.words[i].digits) continue;
        const std::string_view word = text.at(i);
        if (word.size() > 8) continue;
        add(plain_number(word));
        const std::string_view gap = text.gap_after(i);
        if (i + 1 < text.words.size() && (gap == " " || gap == "-") && text.at(i + 1).size() <= 4)
            add(plain_number(std::string(word) + std::string(text.at(i + 1))));
    }
}

/// Short lines after the farewell, and what may be a name anywhere.
void read_names(Signals& signals) {
    constexpr std::size_t kMostWords = 400;
    const Text& text = signals.text;
    signals.squashed.resize(text.words.size());
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        const Word& word = text.words[i];
        if (word.zone == Zone::quoted || word.digits) continue;
        std::string squashed = signals.squashed[i] = squash(text.at(i));
        if (word.end - word.begin < 2) continue;
        if (word.zone == Zone::signature && word.capital && signals.signature.size() < 12)
            add_once(signals.signature, squashed);
        if (signals.words.size() < kMostWords) add_once(signals.words, std::move(squashed));
    }
}

}  // namespace

bool Signals::says(Cue cue) const {
    return std::ranges::any_of(cues, [&](const CueHit& hit) {
        return hit.cue == cue && text.words[hit.first].zone != Zone::signature;
    });
}

bool Signals::about_order() const {
    for (const Cue cue : {Cue::broken, Cue::wrong, Cue::missing, Cue::return_, Cue::refund,
                          Cue::cancel, Cue::where, Cue::ordered, Cue::last_order})
        if (says(cue)) return true;
    if (says(Cue::presale)) return false;
    return says(Cue::order_word) || says(Cue::change) || says(Cue::invoice);
}

bool Signals::anonymous() const {
    return requester_mailbox.empty() && phones.empty() && name.size() < 2 && mailboxes.empty();
}

Signals read_signals(const Ticket& ticket, const Settings& settings) {
    Signals signals;
    signals.text = read_text(ticket.subject, ticket.body);
    for (const std::string& body : ticket.more)
        add_text(signals.text, body);
    signals.received = ticket.received_at == 0 ? 0 : day_of(ticket.received_at);
    read_requester(ticket, settings, signals);
    const Text& text = signals.text;
    std::vector<bool> taken(text.words.size(), false);
    signals.cues = find_cues(text);
    signals.mailboxes = find_emails(text, taken);
    std::erase(signals.mailboxes, signals.requester_mailbox);
    for (std::string& phone : find_phones(text, settings.default_country, taken))
        add_once(signals.phones, std::move(phone));
    signals.dates = find_dates(text, signals.cues, signals.received, taken);
    signals.amounts = find_amounts(text, signals.cues, taken);
    signals.numbers = find_numbers(text, signals.cues, taken, settings);
    for (const std::string& given : ticket.order_numbers) {
        NumberWord number;
        number.plain = plain_number(given);
        number.key = number_key(given);
        number.claimed = true;
        if (!number.key.empty()) signals.numbers.push_back(std::move(number));
    }
    read_postcodes(signals);
    read_names(signals);
    read_goods(signals, taken);
    return signals;
}

}  // namespace orderhub::linking
