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

/// Where a value stands. Its pointer is written down only if something is wrong with it.
struct Place {
    const Place* above = nullptr;
    std::string_view name = {};
    std::size_t index = 0;
    bool is_entry = false;

    std::string pointer() const {
        if (above == nullptr) return {};
        return is_entry ? pointer_below(above->pointer(), std::to_string(index))
                        : pointer_below(above->pointer(), name);
    }
};

Check check(const Node& node, const json::value& value, const Place& at);

bool is_integer(const json::value& value) {
    return value.is_double() && std::trunc(value.as_double()) == value.as_double();
}

/// The bits of all types that the value has.
unsigned types_of(const json::value& value) {
    enum : unsigned { null, boolean, integer, number, string, array, object };
    switch (value.kind()) {
        case json::kind::null:
            return 1U << null;
        case json::kind::bool_:
            return 1U << boolean;
        case json::kind::int64:
        case json::kind::uint64:
            return 1U << integer | 1U << number;
        case json::kind::double_:
            return 1U << number | (is_integer(value) ? 1U << integer : 0U);
        case json::kind::string:
            return 1U << string;
        case json::kind::array:
            return 1U << array;
        case json::kind::object:
            return 1U << object;
    }
    return 0;
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
                   const Place& at) {
    const auto words = [&](std::string_view bound, std::uint64_t number) {
        return Finding{at.pointer(), "must have " + std::string(bound) + " " +
                                         std::to_string(number) + " " + std::string(unit)};
    };
    if (limits.min && count < *limits.min) return words("at least", *limits.min);
    if (limits.max && count > *limits.max) return words("at most", *limits.max);
    return {};
}

std::uint64_t code_points(std::string_view text) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool matches(const Pattern& pattern, std::string_view text) {
    if (pattern.plain) return pattern.plain->matches(text);
    if (text.size() > kMaxMatchedBytes) return false;
    try {
        return boost::regex_search(text.begin(), text.end(), pattern.regex,
                                   boost::match_single_line | boost::match_not_dot_newline);
    } catch (const std::runtime_error&) {  // it gave up: too much backtracking
        return false;
    }
}

Check check_string(const Node& node, std::string_view text, const Place& at) {
    if (node.length.min || node.length.max)
        if (auto found = check_limits(node.length, code_points(text), "characters", at))
            return found;
    if (node.pattern && !matches(*node.pattern, text))
        return Finding{at.pointer(), "must match " + node.pattern->text};
    return {};
}

Check check_number(const Node& node, const json::value& value, const Place& at) {
    if (node.minimum && less(value, *node.minimum))
        return Finding{at.pointer(), "must be at least " + json::serialize(*node.minimum)};
    if (node.maximum && less(*node.maximum, value))
        return Finding{at.pointer(), "must be at most " + json::serialize(*node.maximum)};
    return {};
}

Check check_array(const Node& node, const json::array& list, const Place& at) {
    if (auto found = check_limits(node.item_count, list.size(), "entries", at)) return found;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Place here{&at, {}, i, true};
        if (node.items)
            if (auto found = check(*node.items, list[i], here)) return found;
        if (node.unique_items &&
            std::find(list.begin(), list.begin() + i, list[i]) != list.begin() + i)
            return Finding{here.pointer(), "must not repeat an earlier entry"};
    }
    return {};
}

Check check_member(const Node& node, std::string_view name, const json::value& value,
                   const Place& here) {
    if (node.property_names)
        if (auto found = check(*node.property_names, json::value(name), here))
            return Finding{here.pointer(), "has a name that " + found->expected};
    const auto known = node.properties.find(name);
    if (known != node.properties.end()) return check(*known->second, value, here);
    if (!node.additional) return {};
    if (!node.additional->allows_nothing) return check(*node.additional, value, here);
    return Finding{here.pointer(),
                   "is not a known field; known are " +
                       joined(node.properties, ", ", [](const auto& p) { return p.first; })};
}

Check check_object(const Node& node, const json::object& object, const Place& at) {
    for (const std::string& name : node.required)
        if (!object.contains(name)) return Finding{Place{&at, name}.pointer(), "is missing"};
    if (auto found = check_limits(node.property_count, object.size(), "fields", at)) return found;
    for (const auto& [name, value] : object)
        if (auto found = check_member(node, name, value, Place{&at, name})) return found;
    return {};
}

Check check_kind(const Node& node, const json::value& value, const Place& at) {
    if (node.allows_nothing) return Finding{at.pointer(), "must not be there"};
    if (node.type_bits != 0 && (node.type_bits & types_of(value)) == 0)
        return Finding{at.pointer(), "must be " + joined(node.types, " or ", in_words)};
    if (node.one_of_values &&
        std::ranges::find(*node.one_of_values, value) == node.one_of_values->end())
        return Finding{at.pointer(),
                       "must be one of " + joined(*node.one_of_values, ", ", spelled)};
    return {};
}

/// Recurses as deep as the schema and the document both go; the JSON parser limits the latter
/// to 32.
Check check(const Node& node, const json::value& value, const Place& at) {
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
    if (auto found = check(*root_, value, Place{})) {
        const std::string subject = found->field.empty() ? "the document" : found->field;
        return fail(ErrorKind::Invalid, "schema", subject + " " + found->expected, found->field);
    }
    return {};
}

}  // namespace orderhub::schemas
