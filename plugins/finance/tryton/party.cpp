#include "party.hpp"

#include <string>
#include <utility>

#include "lookup.hpp"
#include "notation.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& source, std::string_view key) {
    const json::value* found = source.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

// Tryton compares with ILIKE, so that upper and lower case match; its wildcards must not.
std::string without_wildcards(std::string_view email) {
    std::string pattern;
    for (const char c : email) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern;
}

json::array parties_with(Client& client, sdk::Call& call, const std::string& email) {
    return search(client, call, "party.party",
                  list(json::array{"contact_mechanisms.value", "ilike", without_wildcards(email)}),
                  {"addresses"});
}

std::int64_t find_country(Client& client, sdk::Call& call, const std::string& code) {
    if (code.empty()) return 0;
    const json::array found =
        search(client, call, "country.country", list(equal("code", code)), {"code"}, 1);
    return found.empty() ? 0 : found.at(0).at("id").to_number<std::int64_t>();
}

void create_party(Client& client, sdk::Call& call, const Document& document) {
    const std::int64_t country =
        find_country(client, call, text_of(document.billing_address, "country"));
    try {
        client.call(call, "model.party.party.create", list(list(party_values(document, country))),
                    sdk::Effect::write);
    } catch (sdk::Stop& stop) {
        if (stop.outcome == OH_UNKNOWN) stop.outcome = OH_RETRY;
        throw;
    }
}

}  // namespace

json::object party_values(const Document& document, std::int64_t country) {
    const json::object& from = document.billing_address;
    json::object address;
    std::string street = text_of(from, "line1");
    if (const std::string more = text_of(from, "line2"); !more.empty()) street += '\n' + more;
    if (!street.empty()) address["street"] = street;
    for (const auto& [ours, theirs] : {std::pair{"postcode", "postal_code"}, {"city", "city"}})
        if (const std::string text = text_of(from, ours); !text.empty()) address[theirs] = text;
    if (const std::string company = text_of(from, "company"); !company.empty())
        address["party_name"] = company;
    if (country != 0) address["country"] = country;
    const std::string email = text_of(document.customer, "email");
    std::string name = text_of(document.customer, "name");
    if (name.empty()) name = text_of(from, "name");
    if (name.empty()) name = email;
    return {{"name", name},
            {"addresses", list(json::array{"create", list(std::move(address))})},
            {"contact_mechanisms",
             list(json::array{"create", list(json::object{{"type", "email"}, {"value", email}})})}};
}

Party party_for(Client& client, sdk::Call& call, const Config& config, const Books& books,
                const Document& document) {
    const std::string email = text_of(document.customer, "email");
    if (config.party == PartyMode::fixed || email.empty()) return books.party;
    json::array found = parties_with(client, call, email);
    if (found.empty() && config.party == PartyMode::create) {
        create_party(client, call, document);
        found = parties_with(client, call, email);
    }
    if (found.size() != 1) return books.party;
    const json::object& party = found.at(0).as_object();
    const json::array& addresses = party.at("addresses").as_array();
    if (addresses.empty()) return books.party;
    return {party.at("id").to_number<std::int64_t>(), addresses.at(0).to_number<std::int64_t>()};
}

}  // namespace orderhub::tryton
