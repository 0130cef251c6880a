// JSON Schema (2020-12), the part that our documents use, checked exactly.
//
// Written here and not taken from valijson because that ends at draft 7, skips keywords that it
// does not know (a misspelt rule would then allow everything), matches patterns by recursion
// (connectors run on small stacks) and does not say what it expected.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::schemas {

struct Node;

/// A compiled schema. Immutable: may be used on any thread, cheap to copy.
///
/// Understands type, enum, const, properties, required, additionalProperties, propertyNames,
/// minProperties, maxProperties, items, minItems, maxItems, uniqueItems, pattern, minLength,
/// maxLength, minimum, maximum, anyOf, and $ref to "#" or
/// "#/..." in the same document; $schema, $id, $comment, title, description, default, examples,
/// deprecated and format say nothing about validity. Patterns are searched for (anchor them); "."
/// does not match a line break.
class Schema {
public:
    /// Errors: Invalid "bad_schema"; `field` points into the schema (an unknown keyword, a
    /// reference to nothing ...). `fragment` picks a part of the document, such as "/$defs/result".
    static Result<Schema> compile(const boost::json::value& document,
                                  std::string_view fragment = {});

    /// Errors: Invalid "schema"; `field` is the JSON Pointer of the first offending value, the
    /// message says what was expected there. Values are never quoted: they may be personal.
    Result<void> validate(const boost::json::value& value) const;

private:
    struct Document;
    Schema(std::shared_ptr<const Document> document, const Node* root);

    std::shared_ptr<const Document> document_;
    const Node* root_;
};

}  // namespace orderhub::schemas
