// Rules of a configuration: how a document is made from another. A rule is
//
//   "/a/b"                      JSON Pointer (RFC 6901) into the current document: the whole one,
//   or an item of `each`
//   "$name/a/b"                 the same into a named document: $document, $command, $key, $answer
//   ...
//   "= expression"              Lua
//   12, true                    itself
//   [rule, ...]                 a list; what is nothing is left out, an `each` in it gives all its
//   items {member: rule, ...}         an object; what is nothing is left out {pointer | lua |
//   constant | object | each: ..., ...}   one of them, with conversions
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "declared/lua.hpp"

namespace orderhub::declared {

/// A configuration that cannot be meant. Its words name the key.
struct ConfigError : std::invalid_argument {
    ConfigError(const std::string& place, const std::string& words)
        : std::invalid_argument("configuration key " + place + ": " + words) {}
};

/// A document that does not give what a rule asks for. Its words name the key, what was read and
/// what was found.
struct MappingError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Where a value stands. Without `script`: in the named document, or in the current one if there is
/// no name.
struct Reference {
    std::string text;  ///< as written
    std::string name;
    std::vector<std::string> steps;
    std::optional<Script> script;
};

struct Conversion {
    Json table;                               ///< an object: their words and ours; null: none
    std::optional<Json> otherwise;            ///< for a word that the table does not have
    Json fallback;                            ///< for nothing
    std::string date;                         ///< how their instants are written; see dates.hpp
    std::string format;                       ///< how an instant is to be written
    std::string offset;                       ///< of instants that name none
    std::optional<Reference> minor_currency;  ///< amounts in minor units of this currency
    bool minor = false;                       ///< amounts in minor units of the document's currency
    bool number = false;                      ///< a decimal is written as a number
};

struct Rule {
    enum class Kind { value, constant, object, list, each } kind = Kind::value;
    std::string place;            ///< its configuration key
    std::vector<Reference> from;  ///< value: the first that gives something counts; each: the list
    std::optional<Script>
        script;  ///< value: an expression, which knows what `from` gave as `value`
    Json constant;
    std::vector<std::string> keys;  ///< object: names of its parts
    std::vector<Rule> parts;        ///< object, list; each: the one for an item
    std::optional<Script> when;     ///< object, each: only if this holds
    Conversion conversion;

    /// What it reads, for a person: "/lines/net".
    std::string source() const;
};

/// Throws ConfigError.
Rule parse_rule(const Json& json, const std::string& place);
Reference parse_reference(std::string_view text, const std::string& place);
/// "= ..." or plain Lua.
Script parse_script(const Json& json, const std::string& place);

}  // namespace orderhub::declared
