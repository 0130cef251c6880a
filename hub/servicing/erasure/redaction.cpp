#include "hub/servicing/erasure/redaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value_to.hpp>

#include "hub/linking/contact.hpp"
#include "hub/servicing/erasure/state.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr std::size_t kShortestWord = 3;
constexpr std::size_t kShortestPhone = 7;
constexpr std::size_t kShortestNumber = 6;  ///< of a customer: shorter ones mean other things too
constexpr std::size_t kIdLength = 39;       ///< a prefix of three and a UUID

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lower(c); });
    return result;
}

bool is_word_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool stands_alone(std::string_view in, std::size_t at, std::size_t size) {
    const bool before = at > 0 && is_word_character(in[at - 1]);
    const bool after = at + size < in.size() && is_word_character(in[at + size]);
    return !before && !after;
}

/// The code point at `at`, which goes on behind it; what is no UTF-8 stands for itself.
std::uint32_t next_point(std::string_view text, std::size_t& at) {
    const auto first = static_cast<unsigned char>(text[at++]);
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    std::uint32_t point = more == 0 ? first : first & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more && at < text.size(); ++i)
        point = point << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    return point;
}

/// As JSON writes what is not ASCII, and with its escapes.
std::string as_json(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next_point(text, at);
        if (point == '"' || point == '\\')
            out += {'\\', static_cast<char>(point)};
        else if (point < 0x80)
            out += static_cast<char>(point);
        else if (point < 0x10000)
            out += fmt::format("\\u{:04x}", point);
        else
            out += fmt::format("\\u{:04x}\\u{:04x}", 0xD7C0 + (point >> 10U),
                               0xDC00 + (point & 0x3FFU));
    }
    return out;
}

/// As forms and addresses of pages write it.
std::string as_form(std::string_view text, std::string_view space) {
    std::string out;
    for (const char c : text)
        if (c == ' ')
            out += space;
        else if (is_word_character(c) && (static_cast<unsigned char>(c) & 0x80U) == 0)
            out += c;
        else if (c == '.' || c == '-' || c == '_')
            out += c;
        else
            out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    return out;
}

std::string digits(std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out),
                         [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

json::array list(const std::set<std::string>& texts) {
    json::array array;
    for (const auto& each : texts)
        array.emplace_back(each);
    return array;
}

std::set<std::string> texts(const json::object& from, std::string_view name) {
    std::set<std::string> result;
    for (const auto& each : from.at(name).as_array())
        result.emplace(each.as_string());
    return result;
}

}  // namespace

void PersonalData::add_name(const std::string& name) {
    if (name.find(' ') != name.npos) full_names.insert(name);
    std::size_t at = 0;
    while (at < name.size()) {
        const auto end = std::min(name.find(' ', at), name.size());
        if (end - at >= kShortestWord) tells_of_him.insert(name.substr(at, end - at));
        at = end + 1;
    }
}

void PersonalData::add_phone(const std::string& phone) {
    const auto number = digits(phone);
    if (number.size() < kShortestPhone) return;
    names_him.insert(phone);
    names_him.insert(number);
}

void PersonalData::add_email(std::string_view address) {
    if (address.find('@') == address.npos) return;
    names_him.emplace(address);
    names_him.insert(linking::normal_email(std::string(address)));
}

void PersonalData::add(const domain::Customer& contact) {
    if (contact.external_id.size() >= kShortestNumber) tells_of_him.insert(contact.external_id);
    add_name(contact.name);
    add_email(contact.email);
    add_phone(contact.phone);
}

void PersonalData::add(const domain::Address& address) {
    add_name(address.name);
    add_phone(address.phone);
    for (const auto* part : {&address.line1, &address.line2, &address.postcode})
        if (part->size() >= kShortestWord) addresses.insert(*part);
    for (const auto* part : {&address.company, &address.city})
        if (part->size() >= kShortestWord) tells_of_him.insert(*part);
}

void PersonalData::add(const domain::Order& order) {
    ids.insert(order.id);
    ids.insert(record_name(order.connector, "order", order.external_id));
    add(order.customer);
    add(order.billing_address);
    add(order.shipping_address);
    for (const auto& group : order.delivery_groups)
        add(group.recipient);
    for (const auto& each : order.fulfilments)
        if (each.tracking_number.size() >= kShortestPhone) names_him.insert(each.tracking_number);
}

void PersonalData::add(const domain::Case& support_case) {
    ids.insert(support_case.id);
    ids.insert(record_name(support_case.connector, "case", support_case.external_id));
    add(support_case.requester);
    if (support_case.subject.size() >= kShortestPhone) tells_of_him.insert(support_case.subject);
}

json::object PersonalData::to_json() const {
    return {{"names_him", list(names_him)},
            {"full_names", list(full_names)},
            {"addresses", list(addresses)},
            {"tells_of_him", list(tells_of_him)},
            {"ids", list(ids)}};
}

PersonalData PersonalData::from_json(const json::object& from) {
    return {texts(from, "names_him"), texts(from, "full_names"), texts(from, "addresses"),
            texts(from, "tells_of_him"), texts(from, "ids")};
}

Redaction::Redaction(const PersonalData& data) : ids_(data.ids) {
    add_needles(data.names_him, naming_, false);
    add_needles(data.full_names, full_names_, false);
    add_needles(data.addresses, addresses_, true);
    add_needles(data.tells_of_him, all_, true);
    for (const auto* needles : {&naming_, &full_names_, &addresses_})
        all_.insert(all_.end(), needles->begin(), needles->end());
    std::ranges::sort(all_, [](const Needle& one, const Needle& other) {
        return one.text.size() > other.text.size();
    });
}

void Redaction::add_needles(const std::set<std::string>& texts, std::vector<Needle>& to,
                            bool words) {
    for (const auto& text : texts) {
        std::set<std::string> forms{lower(text), lower(as_json(text)), lower(as_form(text, "+")),
                                    lower(as_form(text, "%20"))};
        for (const auto& form : forms)
            to.push_back({form, words});
    }
}

bool Redaction::concerns(std::string_view text) const {
    const auto folded = lower(text);
    const auto has = [&](const std::vector<Needle>& needles) {
        return std::ranges::any_of(
            needles, [&](const Needle& needle) { return folded.find(needle.text) != folded.npos; });
    };
    if (has(naming_) || (has(full_names_) && has(addresses_))) return true;
    for (auto at = folded.find("s_"); at != folded.npos; at = folded.find("s_", at + 1))
        if (at > 0 && ids_.contains(folded.substr(at - 1, kIdLength))) return true;
    return false;
}

std::string Redaction::redacted(std::string_view text) const {
    std::string result(text);
    std::string folded = lower(text);
    for (const auto& needle : all_) {
        for (auto at = folded.find(needle.text); at != folded.npos;
             at = folded.find(needle.text, at)) {
            if (needle.is_word && !stands_alone(folded, at, needle.text.size())) {
                ++at;
                continue;
            }
            result.replace(at, needle.text.size(), kErased);
            folded.replace(at, needle.text.size(), kErased);
            at += kErased.size();
        }
    }
    return result;
}

}  // namespace orderhub::servicing
