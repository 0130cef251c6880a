#include "hub/connectors/scrub.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/regex.hpp>

#include "hub/connectors/encoding.hpp"

namespace orderhub::connectors {
namespace {

namespace json = boost::json;

constexpr std::string_view kHidden = "***";
constexpr std::size_t kShortestCredential = 6;
constexpr std::array<std::string_view, 10> kCredentials{
    "token",         "secret",    "password", "session", "apikey",
    "authorization", "signature", "cookie",   "iban",    "cardnumber"};
constexpr std::array<std::string_view, 8> kWords{"content", "body",    "text",    "note",
                                                 "message", "subject", "comment", "reason"};
constexpr std::array<std::string_view, 22> kPersonal{
    "firstname", "lastname",    "fullname", "realname", "givenname",   "familyname",
    "phone",     "phonenumber", "mobile",   "street",   "streetline1", "streetline2",
    "line1",     "line2",       "address1", "address2", "postalcode",  "postcode",
    "zip",       "city",        "company",  "vatid"};
constexpr std::array<std::string_view, 9> kPeople{"customer",  "address",   "recipient",
                                                  "requestor", "requester", "user",
                                                  "contact",   "party",     "shopper"};

/// Lower case, letters and digits only: "First_Name" and "firstName" are one.
std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
    }
    return plain;
}

bool speaks_of(std::string_view name, const auto& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return name.contains(word); });
}

bool is_one_of(std::string_view name, const auto& words) {
    return std::ranges::find(words, name) != words.end();
}

/// Each letter an x, but for the marks that the hub's own keys stand in.
std::string without_words(std::string_view text) {
    constexpr std::string_view kMark = "[orderhub:";
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (std::string_view(out).substr(i).starts_with(kMark))
            i = std::min(out.find(']', i), out.size() - 1);
        const auto byte = static_cast<unsigned char>(out[i]);
        if (std::isalpha(byte) || byte >= 0x80) out[i] = 'x';
    }
    return out;
}

}  // namespace

Scrubber::Scrubber(std::vector<std::string> also) : salt_(16, '\0') {
    RAND_bytes(reinterpret_cast<unsigned char*>(salt_.data()), static_cast<int>(salt_.size()));
    for (const std::string& name : also)
        also_.insert(plain_name(name));
}

/// Eight digits that stand for a text: not to be turned back without the salt, which is not kept.
std::string Scrubber::mark(std::string_view text) const {
    const std::string salted = salt_ + std::string(text);
    std::array<unsigned char, 32> digest{};
    unsigned length = 0;
    EVP_Digest(salted.data(), salted.size(), digest.data(), &length, EVP_sha256(), nullptr);
    return to_hex({reinterpret_cast<const char*>(digest.data()), 4});
}

std::string Scrubber::plain(std::string_view text) {
    static const boost::regex kEmail(
        "([A-Za-z0-9._%+-]+)(@|%40)([A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)");
    std::string out =
        boost::regex_replace(std::string(text), kEmail, [this](const boost::smatch& found) {
            const std::string same = found[1].str() + "@" + found[3].str();  // in an address, too
            return "person-" + mark(same) + found[2].str() + "example.test";
        });
    for (const std::string& credential : credentials_)
        for (std::size_t at = out.find(credential); at != out.npos; at = out.find(credential, at))
            out.replace(at, credential.size(), kHidden);
    return out;
}

json::value Scrubber::hidden(const json::value& value) {
    if (value.is_object()) {
        json::object all;
        for (const auto& [name, each] : value.get_object())
            all[name] = hidden(each);
        return all;
    }
    if (value.is_array()) {
        json::array all;
        for (const json::value& each : value.get_array())
            all.push_back(hidden(each));
        return all;
    }
    if (!value.is_string()) return value;
    if (value.get_string().size() >= kShortestCredential) credentials_.emplace(value.get_string());
    return json::value(kHidden);
}

json::value Scrubber::member(std::string_view name, const json::value& value,
                             bool is_about_person) {
    const std::string key = plain_name(name);
    const bool is_text = value.is_string();
    if (is_text && speaks_of(key, kCredentials)) return json::value(kHidden);
    const bool is_personal =
        is_one_of(key, kPersonal) || also_.contains(key) || (is_about_person && key == "name");
    if (is_text && is_personal && !value.get_string().empty())
        return json::value("Scrubbed " + mark(value.get_string()));
    if (is_text && is_one_of(key, kWords))
        return json::value(plain(without_words(value.get_string())));
    return walk(value, is_about_person || speaks_of(key, kPeople));
}

json::value Scrubber::walk(const json::value& value, bool is_about_person) {
    if (value.is_object()) {
        json::object all;
        for (const auto& [name, each] : value.get_object())
            all[name] = member(name, each, is_about_person);
        return all;
    }
    if (value.is_array()) {
        json::array all;
        for (const json::value& each : value.get_array())
            all.push_back(walk(each, is_about_person));
        return all;
    }
    return value.is_string() ? json::value(plain(value.get_string())) : value;
}

json::value Scrubber::document(const json::value& value) {
    return walk(value, false);
}

std::string Scrubber::body(std::string_view text) {
    json::error_code error;
    const json::value parsed = json::parse(text, error);
    if (!error) return json::serialize(document(parsed));
    return plain(without_words(text));
}

std::string Scrubber::login_answer(std::string_view text) {
    json::error_code error;
    const json::value parsed = json::parse(text, error);
    return error ? std::string(kHidden) : json::serialize(hidden(parsed));
}

std::string Scrubber::url(std::string_view url) {
    const std::size_t query = std::min(url.find('?'), url.size());
    std::string out = plain(url.substr(0, query));
    std::string_view rest = url.substr(query);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&', 1), rest.size());
        const std::string_view pair = rest.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const bool hides = speaks_of(plain_name(pair.substr(0, equals)), kCredentials);
        out +=
            hides ? std::string(pair.substr(0, equals)) + "=" + std::string(kHidden) : plain(pair);
        rest.remove_prefix(end);
    }
    return out;
}

std::vector<Header> Scrubber::headers(const std::vector<Header>& headers) {
    std::vector<Header> out;
    for (const Header& header : headers) {
        const std::string name = plain_name(header.name);
        const bool hides = speaks_of(name, kCredentials) || name.ends_with("key");
        if (hides && header.value.size() >= kShortestCredential && !header.value.contains("{{"))
            credentials_.insert(header.value);
        out.push_back({header.name, hides ? std::string(kHidden) : plain(header.value)});
    }
    return out;
}

}  // namespace orderhub::connectors
