// A document that must fit one of the hub's schemas, made by a rule: what goes where is said by the
// rule, how it is written by the schema. Amounts become decimals of the currency, one of ex, tax
// and inc follows from the other two.
#pragma once

#include <string>
#include <string_view>

#include "declared/scope.hpp"

namespace orderhub::declared {

class Shape {
public:
    /// A JSON Schema of sdk/schemas; `part` picks a member of its $defs, empty: all of it.
    explicit Shape(std::string_view schema, std::string_view part = {});

    /// Whether the rule can make such a document: throws ConfigError for members that are not known
    /// or that are missing.
    void check(const Rule& rule) const;

    /// Throws MappingError, ScriptError. `currency` counts where the document has none; empty:
    /// amounts stay as they are. source.observed_at is left to the caller.
    Json make(const Rule& rule, const Scope& scope, std::string currency = {}) const;

private:
    struct Filling;
    const Json& node(const Json& schema) const;
    void check(const Json& schema, const Rule& rule) const;
    void check_object(const Json& schema, const Rule& rule) const;

    Json schema_;
    const Json* root_;
};

}  // namespace orderhub::declared
