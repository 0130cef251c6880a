#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// The part of TicketSQL that a hub needs: comparisons joined by AND, OR and parentheses.
namespace orderhub::sandbox::rt {

struct BadQuery : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Value {
    enum class Kind { Text, Number, Instant };
    Kind kind = Kind::Text;
    std::vector<std::string> texts;  ///< any of them may match
    std::int64_t number = 0;         ///< of Number, and of Instant in whole seconds
};

/// A row's value for a field name; throws BadQuery for a field that does not exist.
using Lookup = std::function<Value(const std::string&)>;

class Query {
public:
    /// Throws BadQuery.
    static Query parse(std::string_view text);
    bool matches(const Lookup& row) const;

private:
    struct Node {
        std::string op;  ///< "AND", "OR" or a comparison
        std::string field;
        std::string value;
        std::vector<Node> children;
    };
    friend class QueryParser;
    static bool holds(const Node& node, const Lookup& row);
    Node root_;
};

}  // namespace orderhub::sandbox::rt
