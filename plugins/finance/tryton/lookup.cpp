#include "lookup.hpp"

#include <chrono>
#include <orderhub/money.hpp>
#include <string>
#include <utility>

#include "notation.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

/// One thing that the configuration names: where it stands there, and how Tryton calls it.
struct Wanted {
    std::string_view key;
    std::string_view model;
    std::string_view name_field;
    json::array fields;
    bool of_company = false;
};

json::object find_one(Client& client, sdk::Call& call, const Config& config, const Wanted& wanted,
                      const Reference& reference) {
    json::array domain = list(reference.id != 0 ? equal("id", reference.id)
                                                : equal(wanted.name_field, reference.text));
    if (wanted.of_company) domain.push_back(equal("company", config.company));
    const json::array found = search(client, call, wanted.model, std::move(domain), wanted.fields);
    const std::string named = std::string(wanted.key) + ": " + reference.shown();
    if (found.empty())
        throw sdk::rejected("not_configured", named +
                                                  " is not in Tryton, is closed, or is not of "
                                                  "the configured company");
    if (found.size() > 1)
        throw sdk::rejected("not_configured",
                            named + " is in Tryton more than once; give its id instead");
    return found.at(0).as_object();
}

std::int64_t id_of(const json::object& record) {
    return record.at("id").to_number<std::int64_t>();
}

std::string text_of(const json::object& record, std::string_view key) {
    const json::value* found = record.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

Tax find_tax(Client& client, sdk::Call& call, const Config& config, const std::string& rate,
             const Reference& reference) {
    const std::string key = "taxes." + rate;
    const Wanted wanted{key,
                        "account.tax",
                        "name",
                        {"description", "legal_notice", "type", "update_unit_price",
                         "invoice_account", "credit_note_account"},
                        true};
    const json::object record = find_one(client, call, config, wanted, reference);
    // Tryton computes other rows than ours for these, and ours would be thrown away.
    if (text_of(record, "type") == "none" || record.at("update_unit_price") == true)
        throw sdk::rejected("not_configured",
                            key + ": " + reference.shown() +
                                " is a group of taxes or changes the unit price; name a plain tax");
    return {id_of(record), text_of(record, "description"), text_of(record, "legal_notice"),
            record.at("invoice_account").to_number<std::int64_t>(),
            record.at("credit_note_account").to_number<std::int64_t>()};
}

Party find_fixed_party(Client& client, sdk::Call& call, const Config& config) {
    const json::object record =
        find_one(client, call, config, {"party_code", "party.party", "code", {"addresses"}, false},
                 {0, config.party_code});
    const json::array& addresses = record.at("addresses").as_array();
    if (addresses.empty())
        throw sdk::rejected("not_configured", "party_code: the party \"" + config.party_code +
                                                  "\" has no address in Tryton");
    return {id_of(record), addresses.at(0).to_number<std::int64_t>()};
}

}  // namespace

json::array search(Client& client, sdk::Call& call, std::string_view model, json::array domain,
                   json::array fields, int limit) {
    const std::string method = "model." + std::string(model) + ".search_read";
    json::value found =
        client.call(call, method, {std::move(domain), 0, limit, nullptr, std::move(fields)});
    if (!found.is_array()) throw sdk::retry("bad_answer", "Tryton's search answered no list");
    return std::move(found.get_array());
}

Books find_books(Client& client, sdk::Call& call, const Config& config) {
    const auto find = [&](std::string_view key, std::string_view model, std::string_view name_field,
                          bool of_company, const Reference& reference) {
        return id_of(find_one(client, call, config, {key, model, name_field, {"id"}, of_company},
                              reference));
    };
    Books books;
    books.company = find("company", "company.company", "id", false, {config.company, {}});
    books.journal = find("journal", "account.journal", "code", false, config.journal);
    const auto account = [&](std::string_view key, const Reference& reference) {
        return find(key, "account.account", "code", true, reference);
    };
    books.receivable = account("accounts.receivable", config.receivable);
    books.revenue = account("accounts.revenue", config.revenue);
    books.shipping = account("accounts.shipping", config.shipping);
    books.fee = account("accounts.fee", config.fee);
    if (config.payment_term)
        books.payment_term = find("payment_term", "account.invoice.payment_term", "name", false,
                                  *config.payment_term);
    for (const auto& [rate, reference] : config.taxes)
        books.taxes[rate] = find_tax(client, call, config, rate, reference);
    books.party = find_fixed_party(client, call, config);
    return books;
}

std::int64_t find_currency(Client& client, sdk::Call& call, const std::string& code) {
    const json::array found =
        search(client, call, "currency.currency", list(equal("code", code)), {"code", "digits"});
    if (found.size() != 1)
        throw sdk::rejected("no_currency", "Tryton has no active currency " + code);
    const json::object& currency = found.at(0).as_object();
    if (currency.at("digits").to_number<int>() < sdk::currency_exponent(code))
        throw sdk::rejected("no_currency",
                            "Tryton keeps fewer decimals of " + code + " than the document has");
    return id_of(currency);
}

std::string find_today(Client& client, sdk::Call& call) {
    bool told = true;
    json::value day;
    try {
        day = client.call(call, "model.ir.date.today", {});
    } catch (const sdk::Stop& stop) {
        if (stop.outcome != OH_REJECTED) throw;
        told = false;
    }
    if (told) return date_text(day);
    const std::chrono::sys_time<std::chrono::milliseconds> now{
        std::chrono::milliseconds(call.now_ms())};
    const std::chrono::year_month_day utc{std::chrono::floor<std::chrono::days>(now)};
    return date_text({{"__class__", "date"},
                      {"year", static_cast<int>(utc.year())},
                      {"month", static_cast<unsigned>(utc.month())},
                      {"day", static_cast<unsigned>(utc.day())}});
}

}  // namespace orderhub::tryton
