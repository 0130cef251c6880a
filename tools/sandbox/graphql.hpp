#pragma once

#include <boost/json.hpp>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// The part of GraphQL that clients of Vendure's and Shopify's Admin APIs need: one document with
// operations and fragments, variables, aliases, inline fragments, directives at fields.
// Subscriptions are refused.
namespace orderhub::sandbox::graphql {

namespace json = boost::json;

struct Selection {
    enum class Kind { Field, Inline, Spread };
    Kind kind = Kind::Field;
    std::string name;        ///< field or fragment name; for Inline the type condition
    std::string alias;       ///< key in the answer
    json::object arguments;  ///< variables already replaced; an absent variable is left out
    std::map<std::string, json::object> directives;  ///< arguments by name
    std::vector<Selection> children;
    int line = 1;
    int column = 1;
};

struct Fragment {
    std::string type;
    std::vector<Selection> selections;
};

struct Document {
    std::string operation = "query";  ///< "query" or "mutation"
    std::vector<Selection> roots;     ///< of the operation that was asked for
    std::map<std::string, Fragment> fragments;
};

/// Where and why a query was refused.
struct Refused : std::runtime_error {
    Refused(const std::string& what, std::string code_, int line_, int column_)
        : std::runtime_error(what), code(std::move(code_)), line(line_), column(column_) {}
    std::string code;
    int line;
    int column;
};

struct Token {
    enum class Kind { Punct, Name, Number, Text, End };
    Kind kind = Kind::End;
    std::string text;
    int line = 1;
    int column = 1;
};

/// Splits GraphQL source; comments and commas are dropped. Throws Refused.
std::vector<Token> tokenize(std::string_view source);

/// Reads `source`; picks `operation_name`, or the only operation. Throws Refused.
Document parse(std::string_view source, const json::object& variables,
               std::string_view operation_name);

}  // namespace orderhub::sandbox::graphql
