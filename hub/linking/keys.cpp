#include "hub/linking/keys.hpp"

#include <algorithm>
#include <array>

#include "hub/linking/contact.hpp"
#include "hub/linking/fold.hpp"
#include "hub/linking/numbers.hpp"

namespace orderhub::linking {

namespace {

bool is_title(std::string_view word) {
    constexpr auto kTitles = std::to_array<std::string_view>(
        {"mr",     "mrs",      "ms",      "miss",   "dr",  "prof",    "sir",     "herr", "frau",
         "hr",     "fr",       "familie", "family", "fam", "famille", "familia", "mme",  "mlle",
         "m",      "monsieur", "madame",  "sr",     "sra", "srta",    "don",     "dona", "senor",
         "senora", "dipl",     "ing",     "med",    "von", "van",     "de",      "der",  "den",
         "la",     "le",       "del",     "los",    "di",  "da",      "zu",      "y",    "und",
         "and",    "et",       "c",       "o",      "gmbh"});
    return std::ranges::find(kTitles, word) != kTitles.end();
}

void add_identity_keys(const Order& order, std::string_view country, std::vector<Key>& keys) {
    const auto add = [&](KeyKind kind, std::string text) {
        if (!text.empty()) keys.push_back({kind, std::move(text)});
    };
    add(KeyKind::mailbox, mailbox(order.email));
    for (const std::string& phone : order.phones)
        add(KeyKind::phone, phone_key(e164(phone, country)));
    if (order.customer_number.size() >= 3)
        add(KeyKind::customer, number_key(order.customer_number));
    for (const std::string& name : order.names)
        add(KeyKind::name, name_key(name_parts(name)));
    for (const Place& place : order.places) {
        const std::string postcode = postcode_key(place.postcode);
        if (postcode.empty()) continue;
        add(KeyKind::postcode, postcode);
        add(KeyKind::address, address_key(street_of(place.street), postcode));
        for (const std::string& name : order.names)
            for (const std::string& part : name_parts(name))
                add(KeyKind::name_postcode, part + "@" + postcode);
    }
}

}  // namespace

std::vector<std::string> name_parts(std::string_view name) {
    std::vector<std::string> parts;
    for (const std::string& word : words_of(name))
        if (!is_title(word) && !has_digit(word) && word.size() > 1) parts.push_back(squash(word));
    return parts;
}

Street street_of(std::string_view line) {
    constexpr std::size_t kShortest = 4;
    Street street;
    for (const std::string& word : words_of(line)) {
        if (has_digit(word)) {
            if (street.number.empty()) street.number = word;
        } else if (word.size() > street.word.size()) {
            street.word = word;
        }
    }
    for (const std::string_view kind : {"strasse", "str", "weg", "gasse", "platz"})
        if (street.word.size() > kind.size() + 3 && street.word.ends_with(kind)) {
            street.word.resize(street.word.size() - kind.size());
            break;
        }
    if (street.word.size() < kShortest || street.number.empty()) return {};
    return street;
}

std::string address_key(const Street& street, std::string_view postcode) {
    if (street.word.empty() || postcode.empty()) return {};
    return street.word + " " + street.number + "@" + std::string(postcode);
}

std::string name_key(const std::vector<std::string>& parts) {
    if (parts.size() < 2) return {};
    const auto& [first, last] = std::minmax(parts.front(), parts.back());
    return first + " " + last;
}

std::vector<Key> keys_of(const Order& order, std::string_view default_country) {
    std::vector<Key> keys;
    const auto add_number = [&](KeyKind kind, std::string_view number) {
        std::string key = number_key(number);
        if (key.size() >= 3) keys.push_back({kind, std::move(key)});
    };
    add_number(KeyKind::number, order.number);
    const std::string tail = number_tail(order.number);
    if (!tail.empty() && tail != number_key(order.number))
        keys.push_back({KeyKind::number_tail, tail});
    for (const std::string& id : order.external_ids)
        add_number(KeyKind::number, id);
    for (const std::string& number : order.tracking_numbers)
        add_number(KeyKind::tracking, number);
    add_identity_keys(order, order.country.empty() ? default_country : order.country, keys);
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace orderhub::linking
