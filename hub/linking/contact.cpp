#include "hub/linking/contact.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "hub/linking/fold.hpp"
#include "hub/linking/numbers.hpp"

namespace orderhub::linking {

namespace {

struct Calling {
    std::string_view country;
    std::string_view code;
    std::string_view trunk;  ///< said before a number inside the country
};
constexpr auto kCalling = std::to_array<Calling>({
    {"AT", "43", "0"},  {"AU", "61", "0"},  {"BE", "32", "0"},  {"BR", "55", "0"},
    {"CA", "1", "1"},   {"CH", "41", "0"},  {"CL", "56", ""},   {"CO", "57", ""},
    {"CZ", "420", ""},  {"DE", "49", "0"},  {"DK", "45", ""},   {"ES", "34", ""},
    {"FI", "358", "0"}, {"FR", "33", "0"},  {"GB", "44", "0"},  {"GR", "30", ""},
    {"HU", "36", "06"}, {"IE", "353", "0"}, {"IN", "91", "0"},  {"IT", "39", ""},
    {"JP", "81", "0"},  {"LU", "352", ""},  {"MX", "52", ""},   {"NL", "31", "0"},
    {"NO", "47", ""},   {"NZ", "64", "0"},  {"PL", "48", ""},   {"PT", "351", ""},
    {"RO", "40", "0"},  {"SE", "46", "0"},  {"SK", "421", "0"}, {"TR", "90", "0"},
    {"US", "1", "1"},   {"ZA", "27", "0"},
});

const Calling* calling_of(std::string_view country) {
    const auto found = std::ranges::find(kCalling, country, &Calling::country);
    return found == kCalling.end() ? nullptr : &*found;
}

bool is_email_char(char c) {
    return is_word_char(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

void mark(const Text& text, std::size_t begin, std::size_t end, std::vector<bool>& taken) {
    for (std::size_t i = 0; i < text.words.size(); ++i)
        if (text.words[i].begin >= begin && text.words[i].end <= end) taken[i] = true;
}

Zone zone_at(const Text& text, std::size_t offset) {
    const auto after =
        std::ranges::upper_bound(text.words, offset, {}, [](const Word& word) { return word.end; });
    return after == text.words.end() ? Zone::quoted : after->zone;
}

void add_once(std::vector<std::string>& list, std::string value) {
    if (!value.empty() && std::ranges::find(list, value) == list.end())
        list.push_back(std::move(value));
}

}  // namespace

std::string normal_email(std::string_view text) {
    std::string result(trim(text));
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::string mailbox(std::string_view email) {
    const std::string normal = normal_email(email);
    const auto at = normal.rfind('@');
    if (at == normal.npos || at == 0 || at + 1 == normal.size()) return {};
    std::string local = normal.substr(0, std::min(at, normal.find('+')));
    std::string domain = normal.substr(at + 1);
    if (domain == "googlemail.com") domain = "gmail.com";
    if (domain == "gmail.com") std::erase(local, '.');
    return local.empty() ? std::string() : local + "@" + domain;
}

std::vector<std::string> email_names(std::string_view email) {
    std::string local = fold(email.substr(0, email.find('@')));
    std::ranges::replace_if(local, is_digit, ' ');
    std::ranges::replace(local, '_', ' ');
    std::vector<std::string> names = words_of(local);
    std::erase_if(names, [](const std::string& each) { return each.size() < 2; });
    return names;
}

std::vector<std::string> find_emails(const Text& text, std::vector<bool>& taken) {
    std::vector<std::string> found;
    const std::string& all = text.folded;
    for (auto at = all.find('@'); at != all.npos; at = all.find('@', at + 1)) {
        std::size_t begin = at, end = at + 1;
        while (begin > 0 && is_email_char(all[begin - 1]))
            --begin;
        while (end < all.size() && (is_word_char(all[end]) || all[end] == '.' || all[end] == '-'))
            ++end;
        while (end > at && !is_word_char(all[end - 1]))
            --end;
        const std::string_view email = std::string_view(all).substr(begin, end - begin);
        if (email.find('.', at - begin) == email.npos) continue;
        mark(text, begin, end, taken);
        if (zone_at(text, begin) != Zone::quoted) add_once(found, mailbox(email));
    }
    return found;
}

std::string e164(std::string_view text, std::string_view country) {
    constexpr std::size_t kShortest = 7, kLongest = 15;
    std::string digits;
    bool plus = false;
    // "+49 (0)30": the zero is for callers inside the country.
    std::string plain(text);
    if (const auto zero = plain.find("(0)"); zero != plain.npos && zero > 0) plain.erase(zero, 3);
    for (const char c : plain) {
        if (is_digit(c))
            digits += c;
        else if (c == '+' && digits.empty())
            plus = true;
        else if (std::string_view(" -./()\t").find(c) == std::string_view::npos)
            return {};
    }
    if (!plus && digits.starts_with("00")) {
        plus = true;
        digits.erase(0, 2);
    }
    const Calling* home = calling_of(country);
    if (!plus && home != nullptr) {
        if (!home->trunk.empty() && digits.starts_with(home->trunk))
            digits.erase(0, home->trunk.size());
        digits.insert(0, home->code);
    }
    return digits.size() < kShortest || digits.size() > kLongest ? std::string() : "+" + digits;
}

std::string phone_key(std::string_view phone) {
    constexpr std::size_t kTail = 8;
    std::string digits;
    std::ranges::copy_if(phone, std::back_inserter(digits), is_digit);
    return digits.size() < kTail ? std::string() : digits.substr(digits.size() - kTail);
}

std::vector<std::string> find_phones(const Text& text, std::string_view country,
                                     std::vector<bool>& taken) {
    constexpr std::size_t kLeast = 8, kMost = 15;
    std::vector<std::string> found;
    const std::string& all = text.folded;
    for (std::size_t at = 0; at < all.size(); ++at) {
        const bool begins = all[at] == '+' || all[at] == '0' || all[at] == '(';
        if (!begins || (at > 0 && (is_word_char(all[at - 1]) || all[at - 1] == '-'))) continue;
        std::size_t end = at, digits = 0, last = at;
        for (; end < all.size(); ++end) {
            if (is_digit(all[end])) {
                ++digits;
                last = end + 1;
            } else if (std::string_view(" -./()+").find(all[end]) == std::string_view::npos ||
                       (all[end] == '+' && end > at)) {
                break;
            }
        }
        if (digits < kLeast || digits > kMost) continue;
        if (last < all.size() && is_word_char(all[last])) continue;
        const std::string phone = e164(std::string_view(all).substr(at, last - at), country);
        if (phone.empty()) continue;
        mark(text, at, last, taken);
        if (zone_at(text, at) != Zone::quoted) add_once(found, phone);
        at = last;
    }
    return found;
}

std::string postcode_key(std::string_view text) {
    std::string plain = plain_number(text);
    // A country's letter in front of digits only: "D-10115", "F-75001", "AT-1010".
    const auto first = plain.find_first_of("0123456789");
    if (first != plain.npos && first > 0 && first <= 2 && plain.size() - first >= 4 &&
        std::ranges::all_of(plain.substr(first), is_digit))
        plain.erase(0, first);
    return plain;
}

}  // namespace orderhub::linking
