// What rules see: named documents, and the one that pointers without a name are about.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "declared/lua.hpp"
#include "declared/rule.hpp"

namespace orderhub::declared {

/// Documents by name. What was put stays where it is.
class Documents {
public:
    Documents();

    /// Once for each name, before an expression asks for it.
    const Json& put(std::string_view name, Json document);
    const Json* find(std::string_view name) const;
    Lua& lua() { return lua_; }

private:
    std::deque<std::pair<std::string, Json>> all_;
    Lua lua_;
};

struct Scope {
    Documents& documents;
    const Json& current;
    std::string at = {};  ///< where `current` stands in its document: "", "/lines/2"
};

/// What a value rule gave and where it was read. The value is null for nothing.
struct Found {
    Json value;
    std::string at;  ///< "/lines/2/net", "= expression"
};

/// What it refers to, or null. Throws ScriptError.
Found look_up(const Reference& reference, const Scope& scope);

/// A rule of kind value or constant, converted (but for minor units, which need a currency). Throws
/// MappingError, ScriptError.
Found value_of(const Rule& rule, const Scope& scope);

/// The items of an `each`; none if there is no list. Throws MappingError if it is no list.
Found list_of(const Rule& rule, const Scope& scope);

bool holds(const std::optional<Script>& when, const Scope& scope);
/// Anything but null and false.
bool is_true(const Json& value);

/// The document that the rule makes; null for nothing. Throws MappingError, ScriptError.
Json make(const Rule& rule, const Scope& scope);

/// What was found, for a person: quoted only if it is short and looks like a code, since it might
/// be personal.
std::string shown(const Json& value);

/// The error that names the rule's key and what it read.
MappingError wrong(const std::string& place, const std::string& at, const std::string& words);

}  // namespace orderhub::declared
