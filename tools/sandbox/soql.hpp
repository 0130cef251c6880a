#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// SOQL, as far as a connector needs it: SELECT fields, parents' fields and sub-queries FROM one
// object WHERE ... ORDER BY ... LIMIT ... OFFSET.
namespace orderhub::sandbox::salesforce {

/// A refusal in the platform's own form.
struct Refusal : std::runtime_error {
    Refusal(int status, std::string code, const std::string& message)
        : std::runtime_error(message), status(status), code(std::move(code)) {}
    int status;
    std::string code;
};

struct Literal {
    enum class Kind { Text, Number, Boolean, Instant, Null };
    Kind kind = Kind::Null;
    std::string text;  ///< without quotes; of an instant as written
};

struct Condition {
    enum class Kind { And, Or, Not, Compare };
    Kind kind = Kind::Compare;
    std::vector<Condition> parts;  ///< of And, Or, Not
    std::string field;
    std::string op;  ///< = != < <= > >= like in "not in"
    std::vector<Literal> values;
};

struct Order {
    std::string field;
    bool descending = false;
};

struct Query {
    std::vector<std::string> fields;  ///< "Id", "Contact.Name"
    std::vector<Query> children;      ///< sub-queries; their `from` is a relation's name
    std::string from;
    std::vector<Condition> where;  ///< none or one
    std::vector<Order> order;
    std::int64_t limit = -1;
    std::int64_t offset = 0;
};

/// Throws Refusal (400 MALFORMED_QUERY).
Query parse_soql(std::string_view text);

}  // namespace orderhub::sandbox::salesforce
