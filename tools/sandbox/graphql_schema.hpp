#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "graphql.hpp"

// Types, so that a query with a misspelt member is refused before anything is done, as the real
// server would, and the projection of a complete document onto what was asked for.
namespace orderhub::sandbox::graphql {

struct Argument {
    std::string type;
    bool required = false;
};

struct Field {
    std::string type;  ///< without list and non-null marks
    bool required = false;
    std::map<std::string, Argument> arguments;
};

struct Type {
    std::string kind;  ///< "type", "interface", "union" or "input"
    std::map<std::string, Field> fields;
    std::set<std::string> members;     ///< of a union
    std::set<std::string> interfaces;  ///< of a type
};

class Schema {
public:
    /// Reads schema definition language; throws Refused. Directives that are not named are refused
    /// in documents.
    explicit Schema(std::string_view source, std::set<std::string> directives = {});

    /// Throws Refused with code GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT.
    void validate(const Document& document) const;
    const Type* find(const std::string& name) const;
    /// Whether a value of type `actual` is matched by the condition `... on wanted`.
    bool matches(const std::string& actual, const std::string& wanted) const;

private:
    void check(const std::vector<Selection>& selections, const std::string& type,
               const Document& document, int depth) const;
    void check_field(const Selection& selection, const std::string& type, const Document& document,
                     int depth) const;
    void check_input(const json::value& value, const std::string& type, const Selection& at) const;

    std::map<std::string, Type> types_;
    std::set<std::string> directives_;
};

/// What was asked for of a complete value. Objects name their type in "__typename" when a
/// fragment's condition has to tell them apart. A list, or a connection with "nodes", that is asked
/// for with `first` (and `after`) gives that window of it.
json::value project(const json::value& value, const std::vector<Selection>& selections,
                    const Document& document, const Schema& schema);

}  // namespace orderhub::sandbox::graphql
