#include "declared/rule.hpp"

#include <algorithm>
#include <array>

#include "declared/dates.hpp"

namespace orderhub::declared {
namespace {

constexpr std::string_view kForms =
    "expected a JSON Pointer (\"/a/b\"), a name (\"$key\"), an expression (\"= ...\") or "
    "{constant: ...}";
constexpr std::array<std::string_view, 5> kSources{"pointer", "lua", "constant", "object", "each"};
constexpr std::array<std::string_view, 10> kModifiers{
    "item", "when", "table", "otherwise", "default", "date", "format", "offset", "minor", "number"};

/// The tokens of a JSON Pointer that begins with "/", or none for "".
std::vector<std::string> steps_of(std::string_view pointer, const std::string& place) {
    std::vector<std::string> steps;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        std::string& step = steps.emplace_back();
        for (std::size_t i = 0; i < token.size(); ++i) {
            if (token[i] != '~') {
                step += token[i];
                continue;
            }
            if (++i == token.size() || (token[i] != '0' && token[i] != '1'))
                throw ConfigError(place, "in a JSON Pointer ~ is followed by 0 or 1");
            step += token[i] == '0' ? '~' : '/';
        }
    }
    return steps;
}

bool is_name(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

const std::string& text_of(const Json& json, const std::string& place) {
    if (!json.is_text()) throw ConfigError(place, "expected a text");
    return json.text();
}

bool is_true(const Json& json, const std::string& place) {
    if (!json.is_bool()) throw ConfigError(place, "expected true or false");
    return json.boolean();
}

std::vector<Reference> references(const Json& json, const std::string& place) {
    std::vector<Reference> all;
    if (!json.is_array()) return {parse_reference(text_of(json, place), place)};
    for (const Json& each : json.items())
        all.push_back(parse_reference(text_of(each, place), place));
    return all;
}

void read_table(const Json& json, const std::string& place, Conversion& conversion) {
    conversion.table = json["table"];
    if (!conversion.table.is_null() && !conversion.table.is_object())
        throw ConfigError(place + ".table", "expected an object: their words and ours");
    if (const Json* otherwise = json.find("otherwise")) conversion.otherwise = *otherwise;
    if (conversion.otherwise && conversion.table.is_null())
        throw ConfigError(place + ".otherwise", "stands beside table only");
    conversion.fallback = json["default"];
}

void read_dates(const Json& json, const std::string& place, Conversion& conversion) {
    for (const auto& [key, into] :
         {std::pair{"date", &conversion.date}, {"format", &conversion.format}})
        if (const Json* word = json.find(key)) {
            *into = text_of(*word, place + "." + key);
            if (!is_date_format(*into))
                throw ConfigError(place + "." + key,
                                  "expected rfc3339, unix, unix_ms, or a form like %d.%m.%Y %H:%M");
        }
    if (const Json* offset = json.find("offset"))
        conversion.offset = text_of(*offset, place + ".offset");
    if (!conversion.offset.empty() && !sdk::detail::offset_minutes(conversion.offset))
        throw ConfigError(place + ".offset", "expected an offset like +01:00 or Z");
}

Conversion conversion_of(const Json& json, const std::string& place) {
    Conversion conversion;
    read_table(json, place, conversion);
    read_dates(json, place, conversion);
    if (const Json* minor = json.find("minor")) {
        if (minor->is_text())
            conversion.minor_currency = parse_reference(minor->text(), place + ".minor");
        conversion.minor = conversion.minor_currency || is_true(*minor, place + ".minor");
    }
    if (const Json* number = json.find("number"))
        conversion.number = is_true(*number, place + ".number");
    return conversion;
}

void check_members(const Json& json, const std::string& place) {
    int sources = 0;
    for (const auto& [key, value] : json.members()) {
        if (std::ranges::find(kSources, key) != kSources.end())
            ++sources;
        else if (std::ranges::find(kModifiers, key) == kModifiers.end())
            throw ConfigError(
                place + "." + key,
                "a rule with pointer, lua, constant, object or each has no such member");
    }
    // lua works on what pointer gave
    if (sources > 1 && !(sources == 2 && json.find("pointer") && json.find("lua")))
        throw ConfigError(place, "expected only one of pointer, lua, constant, object and each");
}

Rule parse_members(const Json& json, const std::string& place) {
    Rule rule;
    rule.kind = Rule::Kind::object;
    rule.place = place;
    for (const auto& [key, value] : json.members()) {
        rule.keys.push_back(key);
        rule.parts.push_back(parse_rule(value, place + "." + key));
    }
    return rule;
}

Rule parse_list(const Json& json, const std::string& place) {
    Rule rule;
    rule.kind = Rule::Kind::list;
    rule.place = place;
    for (const Json& each : json.items())
        rule.parts.push_back(
            parse_rule(each, place + "[" + std::to_string(rule.parts.size()) + "]"));
    return rule;
}

Rule parse_each(const Json& json, const std::string& place) {
    Rule rule;
    rule.kind = Rule::Kind::each;
    rule.place = place;
    rule.from = {parse_reference(text_of(json["each"], place + ".each"), place + ".each")};
    if (!json.find("item")) throw ConfigError(place + ".item", "is missing: the rule for one item");
    rule.parts.push_back(parse_rule(json["item"], place + ".item"));
    return rule;
}

Rule parse_value(const Json& json, const std::string& place) {
    Rule rule;
    rule.place = place;
    if (const Json* constant = json.find("constant")) {
        rule.kind = Rule::Kind::constant;
        rule.constant = *constant;
    }
    if (const Json* pointer = json.find("pointer"))
        rule.from = references(*pointer, place + ".pointer");
    if (const Json* lua = json.find("lua")) rule.script = parse_script(*lua, place + ".lua");
    rule.conversion = conversion_of(json, place);
    return rule;
}

Rule parse_operator(const Json& json, const std::string& place) {
    check_members(json, place);
    Rule rule = json.find("each")     ? parse_each(json, place)
                : json.find("object") ? parse_rule(json["object"], place + ".object")
                                      : parse_value(json, place);
    if (const Json* when = json.find("when")) rule.when = parse_script(*when, place + ".when");
    return rule;
}

Rule parse_text(const std::string& text, const std::string& place) {
    Rule rule;
    rule.place = place;
    rule.from.push_back(parse_reference(text, place));
    return rule;
}

}  // namespace

std::string Rule::source() const {
    if (kind == Kind::constant) return "constant";
    if (script) return "= " + script->text.substr(0, 60);
    std::string words;
    for (const Reference& each : from)
        words += (words.empty() ? "" : " or ") + each.text;
    return words;
}

Script parse_script(const Json& json, const std::string& place) {
    std::string_view text = text_of(json, place);
    if (text.starts_with('=')) text.remove_prefix(1);
    Script script{std::string(text), place};
    try {
        Lua::check(script);
    } catch (const ScriptError& wrong) {
        throw ConfigError(place, std::string(wrong.what()).substr(place.size() + 2));
    }
    return script;
}

Reference parse_reference(std::string_view text, const std::string& place) {
    Reference made{std::string(text), {}, {}, {}};
    if (text.starts_with('=')) {
        made.script = parse_script(Json(text), place);
        return made;
    }
    if (text.starts_with('$')) {
        const std::size_t end = std::min(text.find('/'), text.size());
        made.name = text.substr(1, end - 1);
        if (!is_name(made.name)) throw ConfigError(place, std::string(kForms));
        text.remove_prefix(end);
    }
    if (!text.empty() && !text.starts_with('/')) throw ConfigError(place, std::string(kForms));
    made.steps = steps_of(text, place);
    return made;
}

Rule parse_rule(const Json& json, const std::string& place) {
    if (json.is_text()) return parse_text(json.text(), place);
    if (json.is_array()) return parse_list(json, place);
    if (!json.is_object()) {
        Rule rule;
        rule.kind = Rule::Kind::constant;
        rule.place = place;
        rule.constant = json;
        return rule;
    }
    for (const std::string_view source : kSources)
        if (json.find(source)) return parse_operator(json, place);
    return parse_members(json, place);
}

}  // namespace orderhub::declared
