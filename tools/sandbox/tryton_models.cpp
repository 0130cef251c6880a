#include "tryton_models.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "http_types.hpp"
#include "text.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox::tryton {
namespace {

constexpr std::string_view kReadMethods[] = {"read", "search", "search_read", "search_count"};

const json::object& context_of(const json::array& params, std::size_t expected,
                               const std::string& method) {
    if (params.size() != expected || !params.back().is_object()) {
        bare_error(fmt::format("ModelStorage.{}() takes {} positional arguments but {} were given",
                               method, expected, params.size()));
    }
    return params.back().get_object();
}

std::size_t bound(const json::value& value, std::size_t fallback) {
    return value.is_int64() ? static_cast<std::size_t>(std::max<std::int64_t>(value.get_int64(), 0))
                            : fallback;
}

const json::object& record_or_error(const State& state, const std::string& model,
                                    const json::value& id) {
    if (!id.is_int64()) {
        bare_error(
            "int() argument must be a string, a bytes-like object or a real number, not "
            "'NoneType'");
    }
    const auto* record = find_record(state, model, id.get_int64());
    if (record == nullptr) {
        user_error(
            fmt::format("You are not allowed to read records \"{}\" of \"{}\" because of at "
                        "least one of these rules:\nUser in companies",
                        id.get_int64(), model == "account.invoice" ? "Invoice" : model));
    }
    return *record;
}

json::value read_many(const State& state, const std::string& model, const json::array& ids,
                      const json::array& members) {
    json::array out;
    for (const auto& id : ids) {
        out.push_back(read_record(state, model, record_or_error(state, model, id), members));
    }
    return out;
}

json::array found_ids(const State& state, const std::string& model, const json::array& params,
                      const json::object& context) {
    const auto all =
        search(state, model, params[0], params[3], bool_of(context, "active_test", true));
    const std::size_t offset = std::min(bound(params[1], 0), all.size());
    const std::size_t limit = std::min(bound(params[2], all.size()), all.size() - offset);
    json::array out;
    for (std::size_t i = offset; i < offset + limit; ++i)
        out.emplace_back(all[i]);
    return out;
}

json::value read_method(const State& state, const std::string& model, const std::string& method,
                        const json::array& params) {
    if (method == "read") {
        context_of(params, 3, method);
        return read_many(state, model, params[0].as_array(), params[1].as_array());
    }
    if (method == "search_count") {
        const auto& context = context_of(params, 2, method);
        return search(state, model, params[0], nullptr, bool_of(context, "active_test", true))
            .size();
    }
    if (method == "search") return found_ids(state, model, params, context_of(params, 5, method));
    const auto& context = context_of(params, 6, method);
    const json::array ids = found_ids(state, model, params, context);
    return read_many(state, model, ids, params[4].as_array());
}

json::array added_records(State& state, const std::string& model, const json::value& commands,
                          std::int64_t party) {
    json::array ids;
    for (const auto& value : created_in(commands)) {
        json::object record{{"party", party}};
        const bool address = model == "party.address";
        const std::initializer_list<const char*> names =
            address ? std::initializer_list<const char*>{"street", "postal_code", "city", "country",
                                                         "party_name"}
                    : std::initializer_list<const char*>{"type", "value", "name", "comment"};
        for (const char* name : names)
            record[name] = nullptr;
        for (const auto& [name, member] : value.as_object()) {
            if (!record.contains(name)) bare_error("'" + std::string(name) + "'");
            record[name] = member;
        }
        ids.emplace_back(add_record(state, model, std::move(record)));
    }
    return ids;
}

std::int64_t create_party(World& world, const json::object& values) {
    State& state = world.tryton;
    static const json::object kDefaults = {{"name", nullptr},
                                           {"code", nullptr},
                                           {"addresses", json::array{}},
                                           {"contact_mechanisms", json::array{}},
                                           {"account_receivable", nullptr},
                                           {"customer_payment_term", nullptr},
                                           {"credit_amount", decimal_value("0.0")},
                                           {"credit_limit_amount", nullptr},
                                           {"active", true},
                                           {"lang", nullptr}};
    json::object record = kDefaults;
    for (const auto& [name, value] : values) {
        if (!kDefaults.contains(name)) bare_error("'" + std::string(name) + "'");
        record[name] = value;
    }
    if (record["code"].is_null()) {
        record["code"] = std::to_string(state.last_id["party.party"] + 1);
    }
    const json::array same = {json::array{"code", "=", record["code"]}};
    if (!search(state, "party.party", same, nullptr, false).empty()) {
        user_error("The code on party must be unique.");
    }
    record["addresses"] = record["contact_mechanisms"] = json::array{};
    const std::string code = text_of(record, "code");
    const std::int64_t id = add_record(state, "party.party", std::move(record));
    auto addresses = values.contains("addresses") ? values.at("addresses") : json::value{};
    auto contacts =
        values.contains("contact_mechanisms") ? values.at("contact_mechanisms") : json::value{};
    json::array address_ids = added_records(state, "party.address", addresses, id);
    json::array contact_ids = added_records(state, "party.contact_mechanism", contacts, id);
    json::object* stored = find_record(state, "party.party", id);
    (*stored)["addresses"] = std::move(address_ids);
    (*stored)["contact_mechanisms"] = std::move(contact_ids);
    world.record({"tryton", "party.create", fmt::format("party.party/{}", id), "", "", code});
    return id;
}

/// Refuses when a record changed since the caller read it, if the caller said what he had read.
void check_timestamps(const State& state, const std::string& model, const json::object& context) {
    for (const auto& [key, seen] : object_of(context, "_timestamp")) {
        const std::string text(key);
        const auto comma = text.find(',');
        if (text.substr(0, comma) != model || comma == std::string::npos) continue;
        const json::value id = json::parse(text.substr(comma + 1));
        const auto now =
            read_record(state, model, record_or_error(state, model, id), {"_timestamp"});
        if (now.at("_timestamp") != seen) {
            throw RpcError({"ConcurrencyException", "Records were modified in the meanwhile"});
        }
    }
}

json::value invoice_method(World& world, const std::string& method, const json::array& params) {
    const std::size_t expected = method == "write" ? 3 : 2;
    check_timestamps(world.tryton, "account.invoice", context_of(params, expected, method));
    const auto& first = params[0].as_array();
    if (method == "create") return create_invoices(world, first);
    for (const auto& id : first)
        record_or_error(world.tryton, "account.invoice", id);
    if (method == "post") {
        post_invoices(world, first);
    } else if (method == "delete") {
        delete_invoices(world, first);
    } else if (method == "write") {
        write_invoices(world, first, params[1].as_object());
    } else {
        throw NotCallable();
    }
    return nullptr;
}

/// What belongs to no record: preferences, today, the caller's rights. Null for anything else.
json::value about_server(const std::string& method, const json::array& params) {
    if (method == "model.res.user.get_preferences") {
        return json::object{{"company", 1},
                            {"company.rec_name", "Example Trading Ltd"},
                            {"language", "en"},
                            {"groups", json::array{6, 9, 3, 13}}};
    }
    if (method == "model.ir.date.today") return date_value(now_us());
    if (method != "model.ir.model.access.get_access") return nullptr;
    json::object rights;
    for (const auto& model : params[0].as_array()) {
        const bool may = known_model(scalar_text(model));
        rights[scalar_text(model)] =
            json::object{{"read", may}, {"write", may}, {"create", may}, {"delete", may}};
    }
    return rights;
}

}  // namespace

json::array created_in(const json::value& commands) {
    json::array out;
    if (!commands.is_array()) return out;
    for (const auto& command : commands.get_array()) {
        if (scalar_text(command.as_array()[0]) != "create") continue;
        for (const auto& one : command.as_array()[1].as_array())
            out.push_back(one);
    }
    return out;
}

json::array added_in(const json::value& commands) {
    json::array out;
    if (!commands.is_array()) return out;
    for (const auto& command : commands.get_array()) {
        if (scalar_text(command.as_array()[0]) != "add") continue;
        for (const auto& one : command.as_array()[1].as_array())
            out.push_back(one);
    }
    return out;
}

json::value call_model(World& world, const std::string& full, const json::array& params) {
    if (json::value told = about_server(full, params); !told.is_null()) return told;
    const auto dot = full.rfind('.');
    if (!full.starts_with("model.") || dot <= 6) throw NotCallable();
    const std::string model = full.substr(6, dot - 6);
    const std::string method = full.substr(dot + 1);
    if (model.starts_with("ir.")) user_error("You are not allowed to access \"Cron\".");
    if (!known_model(model)) bare_error("'" + model + "'");
    if (std::find(std::begin(kReadMethods), std::end(kReadMethods), method) !=
        std::end(kReadMethods)) {
        return read_method(world.tryton, model, method, params);
    }
    if (model == "account.invoice") return invoice_method(world, method, params);
    if (model != "party.party" || method != "create") throw NotCallable();
    context_of(params, 2, method);
    json::array ids;
    for (const auto& values : params[0].as_array()) {
        ids.emplace_back(create_party(world, values.as_object()));
    }
    return ids;
}

}  // namespace orderhub::sandbox::tryton
