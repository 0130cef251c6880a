#include "declared/scope.hpp"

#include <algorithm>
#include <orderhub/money.hpp>

#include "declared/dates.hpp"

namespace orderhub::declared {
namespace {

const Json& nothing() {
    static const Json null;
    return null;
}

const Json& step_into(const Json& from, const std::string& step) {
    if (from.is_object()) return from[step];
    if (!from.is_array() || step.empty() || step.size() > 9 ||
        sdk::count_digits(step) != step.size())
        return nothing();
    const auto index = static_cast<std::size_t>(std::stoul(step));
    return index < from.items().size() ? from.items()[index] : nothing();
}

const Json& follow(const Reference& reference, const Scope& scope) {
    const Json* at = reference.name.empty() ? &scope.current : scope.documents.find(reference.name);
    for (const std::string& step : reference.steps)
        at = &step_into(at ? *at : nothing(), step);
    return at ? *at : nothing();
}

Json run(const Script& script, const Scope& scope, const Json& value) {
    return scope.documents.lua().evaluate(script, [&](std::string_view name) -> const Json* {
        if (name == "item") return &scope.current;
        return name == "value" ? &value : nullptr;
    });
}

bool is_nothing(const Json& value) {
    return value.is_null() || (value.is_text() && value.text().empty());
}

std::string word_of(const Json& value) {
    if (value.is_bool()) return value.boolean() ? "true" : "false";
    return value.is_text() || value.is_number() ? value.text_or_digits() : std::string();
}

std::string words_of(const Json& table) {
    std::string words;
    for (const auto& [key, value] : table.members())
        words += (words.empty() ? "" : ", ") + key;
    return words;
}

Json translated(const Rule& rule, const Found& found) {
    const Conversion& conversion = rule.conversion;
    if (const Json* ours = conversion.table.find(word_of(found.value))) return *ours;
    if (conversion.otherwise) return *conversion.otherwise;
    throw wrong(rule.place, found.at,
                shown(found.value) + "; the table has " + words_of(conversion.table));
}

Json dated(const Rule& rule, const Found& found) {
    const Conversion& conversion = rule.conversion;
    const bool is_written = found.value.is_text() || found.value.is_number();
    // What the hub has: instants, and dates without a time.
    const std::string form = conversion.date.empty() ? "rfc3339" : conversion.date;
    const std::string text = is_written ? found.value.text_or_digits() : std::string();
    auto at = parse_date(text, form, conversion.offset);
    if (!at && conversion.date.empty()) at = parse_date(text, "%Y-%m-%d", "");
    if (!at)
        throw wrong(rule.place, found.at,
                    shown(found.value) + "; expected an instant written as " + form);
    return format_date(*at, conversion.format.empty() ? "rfc3339" : conversion.format);
}

/// What goes out in minor units or as a number.
Json counted(const Rule& rule, const Found& found, const Scope& scope) {
    const Conversion& conversion = rule.conversion;
    std::string why;
    try {
        const std::string digits = found.value.text_or_digits();
        if (!conversion.minor_currency) return Json::number(digits);
        return sdk::to_minor(digits, look_up(*conversion.minor_currency, scope).value.text());
    } catch (const std::exception& thrown) {
        why = thrown.what();
    }
    throw wrong(rule.place, found.at, shown(found.value) + "; " + why);
}

}  // namespace

// The state asks for the documents that are there by then.
Documents::Documents() : lua_([this](std::string_view name) { return find(name); }) {}

const Json& Documents::put(std::string_view name, Json document) {
    return all_.emplace_back(name, std::move(document)).second;
}

const Json* Documents::find(std::string_view name) const {
    for (const auto& [each, document] : all_)
        if (each == name) return &document;
    return nullptr;
}

Found look_up(const Reference& reference, const Scope& scope) {
    if (reference.script)
        return {run(*reference.script, scope, nothing()), reference.text.substr(0, 60)};
    const bool is_inner = reference.name.empty();
    return {follow(reference, scope), is_inner ? scope.at + reference.text : reference.text};
}

Found value_of(const Rule& rule, const Scope& scope) {
    Found found{rule.constant, rule.source()};
    for (const Reference& each : rule.from) {
        found = look_up(each, scope);
        if (!is_nothing(found.value)) break;
    }
    if (rule.script) found.value = run(*rule.script, scope, found.value);
    const Conversion& conversion = rule.conversion;
    // An empty text stays one: what goes out may have to empty a field.
    if (is_nothing(found.value)) {
        if (!conversion.fallback.is_null()) found.value = conversion.fallback;
        return found;
    }
    if (!conversion.table.is_null()) found.value = translated(rule, found);
    if (!conversion.date.empty() || !conversion.format.empty()) found.value = dated(rule, found);
    if (conversion.number || conversion.minor_currency) found.value = counted(rule, found, scope);
    return found;
}

Found list_of(const Rule& rule, const Scope& scope) {
    Found found = look_up(rule.from.front(), scope);
    if (found.value.is_null()) found.value = Json::array();
    // A script cannot tell an empty list from an empty object.
    if (rule.from.front().script && found.value.is_object() && found.value.members().empty())
        found.value = Json::array();
    if (!found.value.is_array())
        throw wrong(rule.place, found.at, shown(found.value) + "; expected a list");
    return found;
}

bool is_true(const Json& value) {
    return !value.is_null() && !(value.is_bool() && !value.boolean());
}

bool holds(const std::optional<Script>& when, const Scope& scope) {
    return !when || is_true(run(*when, scope, nothing()));
}

namespace {

Json make_list(const Rule& rule, const Scope& scope) {
    Json list = Json::array();
    for (const Rule& part : rule.parts) {
        Json made = make(part, scope);
        if (part.kind == Rule::Kind::each)
            for (const Json& item : made.items())
                list.push(item);
        else if (!made.is_null())
            list.push(std::move(made));
    }
    return list;
}

Json make_each(const Rule& rule, const Scope& scope) {
    const Found found = list_of(rule, scope);
    Json list = Json::array();
    for (std::size_t i = 0; i < found.value.items().size(); ++i) {
        const Scope inner{scope.documents, found.value.items()[i],
                          found.at + "/" + std::to_string(i)};
        if (!holds(rule.when, inner)) continue;
        if (Json made = make(rule.parts.front(), inner); !made.is_null())
            list.push(std::move(made));
    }
    return list;
}

Json make_object(const Rule& rule, const Scope& scope) {
    Json object = Json::object();
    for (std::size_t i = 0; i < rule.parts.size(); ++i)
        if (Json made = make(rule.parts[i], scope); !made.is_null())
            object.set(rule.keys[i], std::move(made));
    return object;
}

}  // namespace

Json make(const Rule& rule, const Scope& scope) {
    if (rule.kind == Rule::Kind::each) return make_each(rule, scope);
    if (!holds(rule.when, scope)) return nullptr;
    if (rule.kind == Rule::Kind::object) return make_object(rule, scope);
    if (rule.kind == Rule::Kind::list) return make_list(rule, scope);
    return value_of(rule, scope).value;
}

std::string shown(const Json& value) {
    constexpr std::size_t kLongest = 40;
    if (value.is_null()) return "found nothing";
    if (value.is_object()) return "found an object";
    if (value.is_array()) return "found a list";
    const std::string text = word_of(value);
    const bool is_code = text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
                             return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                    (c >= 'A' && c <= 'Z') ||
                                    std::string_view(" .,:+-/_%").find(c) != std::string_view::npos;
                         });
    return is_code ? "found '" + text + "'"
                   : "found a text of " + std::to_string(text.size()) + " bytes";
}

MappingError wrong(const std::string& place, const std::string& at, const std::string& words) {
    return MappingError("configuration key " + place + (at.empty() ? "" : " (" + at + ")") + ": " +
                        words);
}

}  // namespace orderhub::declared
