// A compiled schema: one node for each subschema. Internal to this folder.
#pragma once

#include <array>
#include <boost/json/value.hpp>
#include <boost/regex.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/schemas/plain_pattern.hpp"
#include "hub/schemas/schema.hpp"

namespace orderhub::schemas {

/// Each has the bit of its place.
inline constexpr std::array<std::string_view, 7> kTypes{"null",   "boolean", "integer", "number",
                                                        "string", "array",   "object"};

struct Limits {
    std::optional<std::uint64_t> min;
    std::optional<std::uint64_t> max;
};

struct Pattern {
    std::string text;
    std::optional<PlainPattern> plain;
    boost::regex regex;  ///< if it is not plain
};

struct Node {
    bool allows_nothing = false;  ///< the schema `false`
    const Node* ref = nullptr;

    std::vector<std::string> types;
    unsigned type_bits = 0;                                        ///< the same: kTypes
    std::optional<std::vector<boost::json::value>> one_of_values;  ///< enum and const

    std::map<std::string, const Node*, std::less<>> properties;
    std::vector<std::string> required;
    const Node* additional = nullptr;
    const Node* property_names = nullptr;
    Limits property_count;

    const Node* items = nullptr;
    Limits item_count;
    bool unique_items = false;

    std::optional<Pattern> pattern;
    Limits length;

    std::optional<boost::json::value> minimum;
    std::optional<boost::json::value> maximum;

    std::vector<const Node*> any_of;
};

struct Schema::Document {
    boost::json::value text;
    std::map<std::string, Node> nodes;  ///< by JSON Pointer; addresses are stable
};

}  // namespace orderhub::schemas
