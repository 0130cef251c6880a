#include "config.hpp"

#include <stdexcept>
#include <string_view>

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& source, std::string_view key, std::string fallback = {}) {
    const json::value* found = source.if_contains(key);
    return found ? std::string(found->as_string()) : fallback;
}

Reference reference_of(const json::value& value) {
    if (value.is_string()) return {0, std::string(value.as_string())};
    return {value.to_number<std::int64_t>(), {}};
}

PartyMode party_mode(const std::string& text) {
    if (text == "fixed") return PartyMode::fixed;
    if (text == "match") return PartyMode::match;
    if (text == "create") return PartyMode::create;
    throw std::invalid_argument("party: expected fixed, match or create");
}

}  // namespace

std::string normal_rate(std::string rate) {
    if (rate.find('.') != std::string::npos) {
        rate.erase(rate.find_last_not_of('0') + 1);
        if (rate.ends_with('.')) rate.pop_back();
    }
    const std::size_t start = rate.find_first_not_of('0');
    if (start == std::string::npos) return "0";
    rate.erase(0, start);
    return rate.starts_with('.') ? '0' + rate : rate;
}

Config read_config(const json::object& source) {
    Config config;
    std::string base = text_of(source, "base_url");
    while (base.ends_with('/'))
        base.pop_back();
    config.database = text_of(source, "database");
    config.url = base + '/' + config.database + '/';
    config.username = text_of(source, "username");
    config.company = source.at("company").to_number<std::int64_t>();
    config.language = text_of(source, "language", "en");
    config.journal = reference_of(source.at("journal"));
    const json::object& accounts = source.at("accounts").as_object();
    config.receivable = reference_of(accounts.at("receivable"));
    config.revenue = reference_of(accounts.at("revenue"));
    config.shipping = reference_of(accounts.at("shipping"));
    config.fee = reference_of(accounts.at("fee"));
    if (const json::value* term = source.if_contains("payment_term"))
        config.payment_term = reference_of(*term);
    for (const auto& [rate, tax] : source.at("taxes").as_object()) {
        const std::string key = rate == kOtherRate ? kOtherRate : normal_rate(std::string(rate));
        if (!config.taxes.emplace(key, reference_of(tax)).second)
            throw std::invalid_argument("taxes: the rate " + key + " is given twice");
    }
    config.party = party_mode(text_of(source, "party", "fixed"));
    config.party_code = text_of(source, "party_code");
    return config;
}

}  // namespace orderhub::tryton
