#include "tryton_store.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "http_types.hpp"
#include "text.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox::tryton {
namespace {

const std::map<std::string, std::string> kTargets = {
    {"account.invoice.company", "company.company"},
    {"account.invoice.currency", "currency.currency"},
    {"account.invoice.party", "party.party"},
    {"account.invoice.invoice_address", "party.address"},
    {"account.invoice.journal", "account.journal"},
    {"account.invoice.account", "account.account"},
    {"account.invoice.payment_term", "account.invoice.payment_term"},
    {"account.invoice.move", "account.move"},
    {"account.invoice.lines", "account.invoice.line"},
    {"account.invoice.taxes", "account.invoice.tax"},
    {"account.invoice.line.invoice", "account.invoice"},
    {"account.invoice.line.account", "account.account"},
    {"account.invoice.line.currency", "currency.currency"},
    {"account.invoice.line.company", "company.company"},
    {"account.invoice.line.taxes", "account.tax"},
    {"account.invoice.tax.account", "account.account"},
    {"account.invoice.tax.tax", "account.tax"},
    {"account.invoice.tax.invoice", "account.invoice"},
    {"account.move.line.move", "account.move"},
    {"account.move.line.account", "account.account"},
    {"account.move.line.second_currency", "currency.currency"},
    {"party.party.addresses", "party.address"},
    {"party.party.contact_mechanisms", "party.contact_mechanism"},
    {"party.address.party", "party.party"},
    {"party.address.country", "country.country"},
    {"party.contact_mechanism.party", "party.party"},
    {"company.company.party", "party.party"},
    {"company.company.currency", "currency.currency"},
};

const std::set<std::string> kModels = {"account.invoice",
                                       "account.invoice.line",
                                       "account.invoice.tax",
                                       "account.invoice.payment_term",
                                       "account.account",
                                       "account.tax",
                                       "account.journal",
                                       "account.move",
                                       "account.move.line",
                                       "account.fiscalyear",
                                       "party.party",
                                       "party.address",
                                       "party.contact_mechanism",
                                       "currency.currency",
                                       "company.company",
                                       "product.product",
                                       "product.uom",
                                       "res.user",
                                       "country.country"};

std::string record_name(const json::object& record) {
    const std::string number = text_of(record, "number");
    const std::string reference = text_of(record, "reference");
    if (!number.empty() || !reference.empty()) {
        return reference.empty()
                   ? number
                   : fmt::format("{}{}[{}]", number, number.empty() ? "" : " ", reference);
    }
    return text_of(record, "name", text_of(record, "id"));
}

std::string timestamp(const json::object& record) {
    const auto* written = record.if_contains("write_date");
    const auto at = read_instant(
        written != nullptr && !written->is_null() ? *written : record.at("create_date"));
    return fmt::format("{}.{:06}", at.value_or(0) / 1'000'000, at.value_or(0) % 1'000'000);
}

/// A member that is stored, or one of the two computed for every record.
json::value member(const json::object& record, const std::string& name) {
    if (const auto* found = record.if_contains(name)) return *found;
    if (name == "rec_name") return json::value(record_name(record));
    if (name == "_timestamp") return json::value(timestamp(record));
    bare_error("'" + name + "'");
}

}  // namespace

void user_error(const std::string& text) {
    throw RpcError({"UserError", json::array{text, "", nullptr}});
}

void domain_error(const std::string& field, const std::string& model_name) {
    const std::string text =
        fmt::format("The value for field \"{}\" in \"{}\" is not valid according to its domain.",
                    field, model_name);
    json::object definitions;
    for (int i = 0; i < 60; ++i) {
        definitions[fmt::format("member_{}", i)] =
            json::object{{"context", "{}"},   {"loading", "eager"}, {"depends", json::array{}},
                         {"readonly", false}, {"required", true},   {"type", "many2one"}};
    }
    throw RpcError(
        {"UserError", json::array{text, "",
                                  json::array{json::array{json::array{"company", "=", 1}},
                                              std::move(definitions)}}});
}

void bare_error(const std::string& text) {
    throw RpcError({text, ""});
}

bool known_model(const std::string& model) {
    return kModels.contains(model);
}

std::string target_of(const std::string& model, const std::string& name) {
    const auto found = kTargets.find(model + "." + name);
    return found == kTargets.end() ? "" : found->second;
}

const json::object* find_record(const State& state, const std::string& model, std::int64_t id) {
    const auto records = state.records.find(model);
    if (records == state.records.end()) return nullptr;
    for (const auto& record : records->second) {
        if (int_of(record.as_object(), "id") == id) return &record.as_object();
    }
    return nullptr;
}

json::object* find_record(State& state, const std::string& model, std::int64_t id) {
    return const_cast<json::object*>(find_record(std::as_const(state), model, id));
}

std::int64_t add_record(State& state, const std::string& model, json::object record) {
    const std::int64_t id = ++state.last_id[model];
    record["id"] = id;
    record["create_date"] = datetime_value(now_us());
    record["write_date"] = nullptr;
    state.records[model].emplace_back(std::move(record));
    return id;
}

std::vector<json::value> reach(const State& state, const std::string& model,
                               const json::object& record, const std::string& path) {
    const auto dot = path.find('.');
    const std::string name = path.substr(0, dot);
    const json::value value = member(record, name);
    if (dot == std::string::npos) return {value};
    const std::string target = target_of(model, name);
    if (target.empty()) bare_error("'" + name + "'");
    const json::array ids = value.is_array() ? value.get_array() : json::array{value};
    std::vector<json::value> out;
    for (const auto& id : ids) {
        if (!id.is_int64()) continue;
        const auto* other = find_record(state, target, id.get_int64());
        if (other == nullptr) continue;
        for (auto& one : reach(state, target, *other, path.substr(dot + 1)))
            out.push_back(one);
    }
    return out;
}

json::object read_record(const State& state, const std::string& model, const json::object& record,
                         const json::array& members) {
    json::object out{{"id", record.at("id")}};
    for (const auto& wanted : members) {
        const std::string path = scalar_text(wanted);
        const auto dot = path.find('.');
        if (dot == std::string::npos) {
            out[path] = member(record, path);
            continue;
        }
        const std::string name = path.substr(0, dot);
        const std::string target = target_of(model, name);
        const json::value id = member(record, name);
        if (target.empty()) bare_error("'" + name + "'");
        const auto* other = id.is_int64() ? find_record(state, target, id.get_int64()) : nullptr;
        json::value& into = out[name + "."];
        if (other == nullptr) continue;
        if (!into.is_object()) into = json::object{{"id", id}};
        const auto nested = read_record(state, target, *other, {path.substr(dot + 1)});
        for (const auto& [key, value] : nested)
            into.as_object()[key] = value;
    }
    return out;
}

}  // namespace orderhub::sandbox::tryton
