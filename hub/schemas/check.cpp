#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <optional>

#include "hub/domain/pointer.hpp"
#include "hub/schemas/node.hpp"

namespace orderhub::schemas {
namespace {

namespace json = boost::json;

struct Finding {
    std::string field;
    std::string expected;
};
using Check = std::optional<Finding>;

/// Of a pattern match: a document must not be able to make the hub search for long.
constexpr std::size_t kMaxMatchedBytes = 64 * 1024;

Check check(const Node& node, const json::value& value, const std::string& at);

bool is_integer(const json::value& value) {
    if (value.is_int64() || value.is_uint64()) return true;
    return value.is_double() && std::trunc(value.as_double()) == value.as_double();
}

bool has_type(const json::value& value, std::string_view type) {
    if (type == "integer") return is_integer(value);
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "boolean") return value.is_bool();
    return value.is_null();
}

/// Whether a < b, exact for integers.
bool less(const json::value& a, const json::value& b) {
    if (a.is_int64() && b.is_int64()) return a.as_int64() < b.as_int64();
    return a.to_number<double>() < b.to_number<double>();
}

std::string in_words(std::string_view type) {
    if (type == "string") return "text";
    if (type == "array") return "a list";
    if (type == "boolean") return "true or false";
    if (type == "object" || type == "integer") return "an " + std::string(type);
    if (type == "null") return "null";
    return "a " + std::string(type);
}

template <class Range, class Text>
std::string joined(const Range& range, std::string_view separator, Text&& text) {
    std::string all;
    for (const auto& entry : range) {
        if (!all.empty()) all += separator;
        all += text(entry);
    }
    return all;
}

std::string spelled(const json::value& value) {
    return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

Check check_limits(const Limits& limits, std::uint64_t count, std::string_view unit,
                   const std::string& at) {
    const auto words = [&](std::string_view bound, std::uint64_t number) {
        return Finding{at, "must have " + std::string(bound) + " " + std::to_string(number) + " " +
                               std::string(unit)};
    };
    if (limits.min && count < *limits.min) return words("at least", *limits.min);
    if (limits.max && count > *limits.max) return words("at most", *limits.max);
    return {};
}

std::uint64_t code_points(std::string_view text) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool matches(const boost::regex& regex, std::string_view text) {
    if (text.size() > kMaxMatchedBytes) return false;
    try {
        return boost::regex_search(text.begin(), text.end(), regex,
                                   boost::match_single_line | boost::match_not_dot_newline);
    } catch (const std::runtime_error&) {  // it gave up: too much backtracking
        return false;
    }
}

Check check_string(const Node& node, std::string_view text, const std::string& at) {
    if (auto found = check_limits(node.length, code_points(text), "characters", at)) return found;
    if (node.pattern && !matches(node.pattern->regex, text))
        return Finding{at, "must match " + node.pattern->text};
    return {};
}

Check check_number(const Node& node, const json::value& value, const std::string& at) {
    if (node.minimum && less(value, *node.minimum))
        return Finding{at, "must be at least " + json::serialize(*node.minimum)};
    if (node.maximum && less(*node.maximum, value))
        return Finding{at, "must be at most " + json::serialize(*node.maximum)};
    return {};
}

Check check_array(const Node& node, const json::array& list, const std::string& at) {
    if (auto found = check_limits(node.item_count, list.size(), "entries", at)) return found;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string here = pointer_below(at, std::to_string(i));
        if (node.items)
            if (auto found = check(*node.items, list[i], here)) return found;
        if (node.unique_items &&
            std::find(list.begin(), list.begin() + i, list[i]) != list.begin() + i)
            return Finding{here, "must not repeat an earlier entry"};
    }
    return {};
}

Check check_member(const Node& node, std::string_view name, const json::value& value,
                   const std::string& here) {
    if (node.property_names)
        if (auto found = check(*node.property_names, json::value(name), here))
            return Finding{here, "has a name that " + found->expected};
    const auto known = node.properties.find(name);
    if (known != node.properties.end()) return check(*known->second, value, here);
    if (!node.additional) return {};
    if (!node.additional->allows_nothing) return check(*node.additional, value, here);
    return Finding{here, "is not a known field; known are " +
                             joined(node.properties, ", ", [](const auto& p) { return p.first; })};
}

Check check_object(const Node& node, const json::object& object, const std::string& at) {
    for (const std::string& name : node.required)
        if (!object.contains(name)) return Finding{pointer_below(at, name), "is missing"};
    if (auto found = check_limits(node.property_count, object.size(), "fields", at)) return found;
    for (const auto& [name, value] : object)
        if (auto found = check_member(node, name, value, pointer_below(at, name))) return found;
    return {};
}

Check check_kind(const Node& node, const json::value& value, const std::string& at) {
    if (node.allows_nothing) return Finding{at, "must not be there"};
    const auto fits = [&](const std::string& type) { return has_type(value, type); };
    if (!node.types.empty() && std::ranges::none_of(node.types, fits))
        return Finding{at, "must be " + joined(node.types, " or ", in_words)};
    if (node.one_of_values &&
        std::ranges::find(*node.one_of_values, value) == node.one_of_values->end())
        return Finding{at, "must be one of " + joined(*node.one_of_values, ", ", spelled)};
    return {};
}

/// Recurses as deep as the schema and the document both go; the JSON parser limits the latter
/// to 32.
Check check(const Node& node, const json::value& value, const std::string& at) {
    if (auto found = check_kind(node, value, at)) return found;
    if (node.ref)
        if (auto found = check(*node.ref, value, at)) return found;
    if (!node.any_of.empty() &&
        std::ranges::none_of(node.any_of, [&](const Node* one) { return !check(*one, value, at); }))
        return check(*node.any_of.front(), value, at);
    if (value.is_string()) return check_string(node, value.as_string(), at);
    if (value.is_number()) return check_number(node, value, at);
    if (value.is_array()) return check_array(node, value.as_array(), at);
    if (value.is_object()) return check_object(node, value.as_object(), at);
    return {};
}

}  // namespace

Result<void> Schema::validate(const json::value& value) const {
    if (auto found = check(*root_, value, "")) {
        const std::string subject = found->field.empty() ? "the document" : found->field;
        return fail(ErrorKind::Invalid, "schema", subject + " " + found->expected, found->field);
    }
    return {};
}

}  // namespace orderhub::schemas
