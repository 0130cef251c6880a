#include "declared/shape.hpp"

#include <algorithm>

#include "declared/conform.hpp"

namespace orderhub::declared {
namespace {

constexpr std::string_view kGivenByUs = "observed_at";

bool is_required(const Json& schema, std::string_view key) {
    if (key == kGivenByUs || !schema["required"].is_array()) return false;
    for (const Json& each : schema["required"].items())
        if (each.text() == key) return true;
    return false;
}

std::string members_of(const Json& schema) {
    std::string words;
    for (const auto& [key, member] : schema["properties"].members())
        words += (words.empty() ? "" : ", ") + key;
    return words;
}

}  // namespace

Shape::Shape(std::string_view schema, std::string_view part)
    : schema_(Json::parse(schema)), root_(part.empty() ? &schema_ : &schema_["$defs"][part]) {}

const Json& Shape::node(const Json& schema) const {
    constexpr std::string_view kLocal = "#/$defs/";
    const Json* reference = schema.find("$ref");
    return reference ? schema_["$defs"][std::string_view(reference->text()).substr(kLocal.size())]
                     : schema;
}

void Shape::check(const Rule& rule) const {
    check(*root_, rule);
}

void Shape::check(const Json& raw, const Rule& rule) const {
    const Json& schema = node(raw);
    const bool is_list = schema["items"].is_object();
    if (rule.kind == Rule::Kind::value || rule.kind == Rule::Kind::constant) return;
    if (rule.kind == Rule::Kind::object) return check_object(schema, rule);
    if (!is_list) throw ConfigError(rule.place, "gives a list, but none is wanted here");
    for (const Rule& part : rule.parts) {
        if (part.kind == Rule::Kind::each && rule.kind == Rule::Kind::list)
            check(schema, part);
        else
            check(schema["items"], part);
    }
}

void Shape::check_object(const Json& schema, const Rule& rule) const {
    if (!schema["properties"].is_object())
        throw ConfigError(rule.place, "gives an object, but none is wanted here");
    for (std::size_t i = 0; i < rule.keys.size(); ++i) {
        const Json* member = schema["properties"].find(rule.keys[i]);
        if (!member)
            throw ConfigError(rule.parts[i].place,
                              "there is no such member; there are " + members_of(schema));
        check(*member, rule.parts[i]);
    }
    if (is_money(schema)) {
        if (rule.keys.size() < 2) throw ConfigError(rule.place, "expected two of ex, tax and inc");
        return;
    }
    for (const auto& [key, member] : schema["properties"].members())
        if (is_required(schema, key) && std::ranges::find(rule.keys, key) == rule.keys.end())
            throw ConfigError(rule.place + "." + key, "is missing, and cannot be left out");
}

/// One document in the making.
struct Shape::Filling {
    const Shape& shape;
    std::string currency;

    Json fill(const Json& raw, const Rule& rule, const Scope& scope) const {
        const Json& schema = shape.node(raw);
        if (rule.kind == Rule::Kind::each) return fill_each(schema, rule, scope);
        if (!holds(rule.when, scope)) return nullptr;
        if (rule.kind == Rule::Kind::object) return fill_object(schema, rule, scope);
        if (rule.kind == Rule::Kind::list) return fill_list(schema, rule, scope);
        Found found = value_of(rule, scope);
        const bool is_minor = rule.conversion.minor && !rule.conversion.minor_currency;
        return conformed(schema, std::move(found.value),
                         {rule.place, std::move(found.at), is_minor});
    }

    Json fill_list(const Json& schema, const Rule& rule, const Scope& scope) const {
        Json list = Json::array();
        for (const Rule& part : rule.parts) {
            const bool is_each = part.kind == Rule::Kind::each;
            const Json made = fill(is_each ? schema : schema["items"], part, scope);
            if (is_each)
                for (const Json& item : made.items())
                    list.push(item);
            else if (!made.is_null())
                list.push(made);
        }
        return list;
    }

    Json fill_each(const Json& schema, const Rule& rule, const Scope& scope) const {
        const Found found = list_of(rule, scope);
        Json list = Json::array();
        for (std::size_t i = 0; i < found.value.items().size(); ++i) {
            const Scope inner{scope.documents, found.value.items()[i],
                              found.at + "/" + std::to_string(i)};
            if (!holds(rule.when, inner)) continue;
            const Rule& part = rule.parts.front();
            Json made = fill(schema["items"], part, inner);
            // Nothing at all is rather a name that is wrong than an item that does not count.
            if (made.is_null() && part.kind == Rule::Kind::object && holds(part.when, inner))
                throw wrong(part.place, inner.at, "found nothing of it");
            if (!made.is_null()) list.push(std::move(made));
        }
        return list;
    }

    /// Null if there is nothing of it but constants.
    Json fill_object(const Json& schema, const Rule& rule, const Scope& scope) const {
        Json object = Json::object();
        const Rule* missing = nullptr;
        bool has_any = std::ranges::all_of(
            rule.parts, [](const Rule& part) { return part.kind == Rule::Kind::constant; });
        for (std::size_t i = 0; i < rule.parts.size(); ++i) {
            Json made = fill(schema["properties"][rule.keys[i]], rule.parts[i], scope);
            const bool is_there = !made.is_null();
            has_any = has_any || (is_there && rule.parts[i].kind != Rule::Kind::constant);
            if (!is_there && !missing && is_required(schema, rule.keys[i]))
                missing = &rule.parts[i];
            if (is_there) object.set(rule.keys[i], std::move(made));
        }
        if (!has_any) return nullptr;
        if (is_money(schema) && missing && object.members().size() == 1)
            throw wrong(missing->place, place_of(*missing, scope),
                        "found nothing; two of ex, tax and inc are needed");
        if (is_money(schema))
            return completed(std::move(object), {rule.place, {}, false}, currency);
        if (missing)
            throw wrong(missing->place, place_of(*missing, scope),
                        "found nothing; it cannot be left out");
        return object;
    }

    static std::string place_of(const Rule& rule, const Scope& scope) {
        const bool is_inner = rule.from.size() == 1 && rule.from[0].name.empty() &&
                              !rule.from[0].script && !rule.script;
        return (is_inner ? scope.at : "") + rule.source();
    }

    /// What a value rule gave, by the schema; it may be a whole object or list.
    Json conformed(const Json& raw, Json value, const Where& where) const {
        const Json& schema = shape.node(raw);
        if (value.is_null()) return value;
        if (schema["items"].is_object()) return conformed_list(schema, value, where);
        if (schema["properties"].is_object()) return conformed_object(schema, value, where);
        return conformed_scalar(schema, value, where, currency);
    }

    Json conformed_list(const Json& schema, const Json& value, const Where& where) const {
        if (value.is_object() && value.members().empty())
            return Json::array();  // an empty table of Lua
        if (!value.is_array())
            throw wrong(where.place, where.at, shown(value) + "; expected a list");
        Json list = Json::array();
        for (const Json& item : value.items())
            list.push(
                conformed(schema["items"], item, where.below(std::to_string(list.items().size()))));
        return list;
    }

    Json conformed_object(const Json& schema, const Json& value, const Where& where) const {
        if (!value.is_object())
            throw wrong(where.place, where.at, shown(value) + "; expected an object");
        Json object = Json::object();
        for (const auto& [key, member] : value.members()) {
            const Json* wanted = schema["properties"].find(key);
            if (!wanted)
                throw wrong(where.place, where.at,
                            "found the member " + key + "; there are " + members_of(schema));
            if (Json made = conformed(*wanted, member, where.below(key)); !made.is_null())
                object.set(key, std::move(made));
        }
        if (is_money(schema)) return completed(std::move(object), where, currency);
        for (const auto& [key, member] : schema["properties"].members())
            if (is_required(schema, key) && !object.find(key))
                throw wrong(where.place, where.at, "found no " + key + "; it cannot be left out");
        return object;
    }
};

Json Shape::make(const Rule& rule, const Scope& scope, std::string currency) const {
    Filling filling{*this, std::move(currency)};
    // Amounts need to know their currency first.
    for (std::size_t i = 0; i < rule.keys.size(); ++i)
        if (rule.keys[i] == "currency")
            if (const Json code =
                    filling.fill((*root_)["properties"]["currency"], rule.parts[i], scope);
                code.is_text())
                filling.currency = code.text();
    Json made = filling.fill(*root_, rule, scope);
    if (made.is_null()) throw wrong(rule.place, {}, "found nothing at all");
    return made;
}

}  // namespace orderhub::declared
