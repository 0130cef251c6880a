#include "config.hpp"

#include <stdexcept>

namespace orderhub::journal {

namespace {

using sdk::Json;

std::string account_of(const Json& accounts, std::string_view key) {
    const std::string& account = accounts.at(key).text();
    // Two spaces end an account's name in a journal.
    if (account.find("  ") != account.npos || account.ends_with(' '))
        throw std::invalid_argument("accounts." + std::string(key) +
                                    ": expected single spaces between words");
    return account;
}

Accounts accounts_of(const Json& source) {
    Accounts accounts{account_of(source, "revenue"),
                      account_of(source, "shipping"),
                      account_of(source, "fee"),
                      account_of(source, "clearing"),
                      {}};
    const Json& taxes = source.at("taxes");
    for (const auto& [rate, account] : taxes.members()) {
        const std::string key = rate == kOtherRate ? kOtherRate : normal_rate(rate);
        if (!accounts.taxes.emplace(key, account_of(taxes, rate)).second)
            throw std::invalid_argument("accounts.taxes: the rate " + key + " is given twice");
    }
    return accounts;
}

Period period_of(const Json* source) {
    if (!source || source->text() == "month") return Period::month;
    return source->text() == "year" ? Period::year : Period::all;
}

}  // namespace

std::string normal_rate(std::string rate) {
    if (rate.find('.') != rate.npos) {
        rate.erase(rate.find_last_not_of('0') + 1);
        if (rate.ends_with('.')) rate.pop_back();
    }
    const std::size_t start = rate.find_first_not_of('0');
    if (start == rate.npos) return "0";
    rate.erase(0, start);
    return rate.starts_with('.') ? "0" + rate : rate;
}

Config read_config(const sdk::Document& source) {
    Config config;
    config.directory = source.at("directory").text();
    if (const Json* formats = source.find("formats")) {
        config.csv = config.ledger = false;
        for (const Json& format : formats->items())
            (format.text() == "csv" ? config.csv : config.ledger) = true;
    }
    config.period = period_of(source.find("period"));
    config.accounts = accounts_of(source.at("accounts"));
    return config;
}

}  // namespace orderhub::journal
