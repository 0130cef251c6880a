// Which look-ups a case asks for.
#include <algorithm>

#include "hub/linking/contact.hpp"
#include "hub/linking/fold.hpp"
#include "hub/linking/signals.hpp"

namespace orderhub::linking {

namespace {

constexpr std::size_t kMostPairs = 160;  ///< of a name's part and a postcode

void add(std::vector<Key>& keys, KeyKind kind, std::string text) {
    if (text.empty()) return;
    Key key{kind, std::move(text)};
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
}

/// What may be a name's part, the likeliest first.
std::vector<std::string> likely_names(const Signals& signals) {
    std::vector<std::string> names = signals.name;
    names.insert(names.end(), signals.signature.begin(), signals.signature.end());
    names.insert(names.end(), signals.email_name.begin(), signals.email_name.end());
    names.insert(names.end(), signals.words.begin(), signals.words.end());
    return names;
}

void add_names(const Signals& signals, std::vector<Key>& keys) {
    add(keys, KeyKind::name, name_key(signals.name));
    add(keys, KeyKind::name, name_key(signals.email_name));
    const Text& text = signals.text;
    // Two capitalised neighbours may be a name.
    for (std::size_t i = 0; i + 1 < text.words.size(); ++i) {
        const Word& one = text.words[i];
        const Word& two = text.words[i + 1];
        if (one.zone == Zone::quoted || !one.capital || !two.capital || one.digits || two.digits ||
            text.gap_after(i).find_first_not_of(" ,") != std::string_view::npos)
            continue;
        add(keys, KeyKind::name, name_key({squash(text.at(i)), squash(text.at(i + 1))}));
    }
    std::size_t pairs = 0;
    const std::vector<std::string> names = likely_names(signals);
    for (const std::string& name : names)
        for (const std::string& postcode : signals.postcodes)
            if (name.size() > 1 && pairs++ < kMostPairs)
                add(keys, KeyKind::name_postcode, name + "@" + postcode);
}

/// Every word near a house number may be its street's.
void add_addresses(const Signals& signals, std::vector<Key>& keys) {
    constexpr std::size_t kMost = 60, kLongest = 5, kNear = 3;
    const Text& text = signals.text;
    std::size_t added = 0;
    for (std::size_t i = 0; i < text.words.size() && !signals.postcodes.empty(); ++i) {
        if (text.words[i].zone == Zone::quoted || !text.words[i].digits ||
            text.at(i).size() > kLongest)
            continue;
        const std::size_t from = i > kNear ? i - kNear : 0;
        for (std::size_t near = from; near <= i + kNear && near < text.words.size(); ++near) {
            const Street street =
                street_of(std::string(text.at(near)) + " " + std::string(text.at(i)));
            for (const std::string& postcode : signals.postcodes)
                if (near != i && added++ < kMost)
                    add(keys, KeyKind::address, address_key(street, postcode));
        }
    }
}

void add_number(const NumberWord& number, std::vector<Key>& keys) {
    add(keys, KeyKind::number, number.key);
    if (number.zone == Zone::quoted) return;
    if (number.key.size() >= 8) add(keys, KeyKind::tracking, number.key);
    if (number.called_customer) add(keys, KeyKind::customer, number.key);
    const std::string tail = number_tail(number.plain);
    if (number.claimed) add(keys, KeyKind::number_tail, tail);
    if (number.plain.size() >= 9 && number.plain.size() <= 13 &&
        std::ranges::all_of(number.plain, is_digit))
        add(keys, KeyKind::phone, phone_key(number.plain));
}

}  // namespace

std::vector<Key> keys_of(const Signals& signals) {
    std::vector<Key> keys;
    add(keys, KeyKind::mailbox, signals.requester_mailbox);
    for (const std::string& each : signals.mailboxes)
        add(keys, KeyKind::mailbox, each);
    for (const std::string& phone : signals.phones)
        add(keys, KeyKind::phone, phone_key(phone));
    for (const NumberWord& number : signals.numbers)
        add_number(number, keys);
    add_names(signals, keys);
    add_addresses(signals, keys);
    for (const std::string& postcode : signals.postcodes)
        add(keys, KeyKind::postcode, postcode);
    return keys;
}

}  // namespace orderhub::linking
