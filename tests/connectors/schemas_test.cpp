#include "hub/schemas/schemas.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "hub/schemas/schema.hpp"

namespace orderhub::schemas {
namespace {

Schema compiled(std::string_view text) {
    auto schema = Schema::compile(boost::json::parse(text));
    EXPECT_TRUE(schema) << schema.error().message;
    return *schema;
}

/// The message about `document`, or "fits".
std::string verdict(std::string_view schema, std::string_view document) {
    const auto outcome = compiled(schema).validate(boost::json::parse(document));
    return outcome ? "fits" : outcome.error().message;
}

std::string refusal(std::string_view schema) {
    const auto made = Schema::compile(boost::json::parse(schema));
    return made ? "compiles" : made.error().message;
}

TEST(Schema, names_the_field_and_what_was_expected) {
    const std::string_view schema = R"({"type": "object", "required": ["a"],
        "additionalProperties": false,
        "properties": {"a": {"type": "array", "items": {"type": "integer"}}, "b/c": true}})";
    EXPECT_EQ(verdict(schema, R"({"a": [1, 2], "b/c": null})"), "fits");
    EXPECT_EQ(verdict(schema, R"([])"), "the document must be an object");
    EXPECT_EQ(verdict(schema, R"({})"), "/a is missing");
    EXPECT_EQ(verdict(schema, R"({"a": [1, "x"]})"), "/a/1 must be an integer");
    EXPECT_EQ(verdict(schema, R"({"a": [], "x~y": 1})"),
              "/x~0y is not a known field; known are a, b/c");
    const auto error = compiled(schema).validate(boost::json::parse(R"({"a": [1, 2.5]})")).error();
    EXPECT_EQ(error.field, "/a/1");
    EXPECT_EQ(error.code, "schema");
}

TEST(Schema, checks_each_keyword) {
    EXPECT_EQ(verdict(R"({"type": ["string", "null"]})", "null"), "fits");
    EXPECT_EQ(verdict(R"({"type": ["string", "null"]})", "1"), "the document must be text or null");
    EXPECT_EQ(verdict(R"({"type": "integer"})", "3.0"), "fits");
    EXPECT_EQ(verdict(R"({"enum": ["net", 2]})", "2"), "fits");
    EXPECT_EQ(verdict(R"({"enum": ["net", 2]})", "3"), "the document must be one of net, 2");
    EXPECT_EQ(verdict(R"({"const": "x"})", R"("y")"), "the document must be one of x");
    EXPECT_EQ(verdict(R"({"minLength": 2})", R"("é")"),
              "the document must have at least 2 characters");
    EXPECT_EQ(verdict(R"({"maxLength": 1})", R"("é")"), "fits");
    EXPECT_EQ(verdict(R"({"minimum": 1})", "0"), "the document must be at least 1");
    EXPECT_EQ(verdict(R"({"maximum": 9007199254740992})", "9007199254740993"),
              "the document must be at most 9007199254740992");
    EXPECT_EQ(verdict(R"({"minItems": 1})", "[]"), "the document must have at least 1 entries");
    EXPECT_EQ(verdict(R"({"maxItems": 1})", "[1, 2]"), "the document must have at most 1 entries");
    EXPECT_EQ(verdict(R"({"uniqueItems": true})", "[1, 2, 1]"),
              "/2 must not repeat an earlier entry");
    EXPECT_EQ(verdict(R"({"minProperties": 1})", "{}"), "the document must have at least 1 fields");
    EXPECT_EQ(verdict(R"({"additionalProperties": {"type": "string"}})", R"({"k": 1})"),
              "/k must be text");
    EXPECT_EQ(verdict(R"({"anyOf": [{"type": "string"}, {"type": "null"}]})", "1"),
              "the document must be text");
    EXPECT_EQ(verdict(R"({"anyOf": [{"type": "string"}, {"type": "null"}]})", "null"), "fits");
}

TEST(Schema, checks_the_names_of_fields) {
    const std::string_view schema = R"({"propertyNames": {"pattern": "^[a-z]+$"}})";
    EXPECT_EQ(verdict(schema, R"({"ab": 1})"), "fits");
    EXPECT_EQ(verdict(schema, R"({"A": 1})"), "/A has a name that must match ^[a-z]+$");
}

TEST(Schema, anchors_of_a_pattern_mean_the_whole_text) {
    const std::string_view schema = R"({"pattern": "^[A-Z]{3}$"})";
    EXPECT_EQ(verdict(schema, R"("EUR")"), "fits");
    EXPECT_EQ(verdict(schema, R"("EUR\n")"), "the document must match ^[A-Z]{3}$");
    EXPECT_EQ(verdict(schema, R"("x\nEUR")"), "the document must match ^[A-Z]{3}$");
    EXPECT_EQ(verdict(schema, R"("\nEUR")"), "the document must match ^[A-Z]{3}$");
}

/// Whether a text matches, found without a search and with one: "(?:)" makes it another kind of
/// pattern.
std::string matches(const std::string& pattern, std::string_view text) {
    const auto ask = [&](const std::string& asked) {
        const boost::json::object schema{{"pattern", asked}};
        return Schema::compile(schema)->validate(boost::json::string(text)).has_value();
    };
    if (ask(pattern) != ask(pattern + "(?:)")) return "differs";
    return ask(pattern) ? "yes" : "no";
}

TEST(Schema, patterns_match_the_same_with_and_without_a_search) {
    const std::string decimal = "^-?[0-9]{1,15}(\\.[0-9]{1,4})?$";
    for (const char* text : {"0", "-1", "12.3450", "123456789012345", "-0.1"})
        EXPECT_EQ(matches(decimal, text), "yes") << text;
    for (const char* text : {"", "-", "1.", "1.23456", "1234567890123456", ".5", "1.2.3", "1 "})
        EXPECT_EQ(matches(decimal, text), "no") << text;
    const std::string instant = "^[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?Z$";
    EXPECT_EQ(matches(instant, "10:59Z"), "yes");
    EXPECT_EQ(matches(instant, "10:59.123Z"), "yes");
    EXPECT_EQ(matches(instant, "10:59.Z"), "no");
    EXPECT_EQ(matches("^https?://[^/?#]+/[^#]*$", "https://a.test/x?y"), "yes");
    EXPECT_EQ(matches("^https?://[^/?#]+/[^#]*$", "http:///x"), "no");
    EXPECT_EQ(matches("^[a-z][a-z0-9_]{1,62}$", "a_1"), "yes");
    EXPECT_EQ(matches("^[a-z][a-z0-9_]{1,62}$", "a"), "no");
    // Here two ways could go on, so these are searched.
    EXPECT_EQ(matches("^[a-z]{1,3}[a-c]$", "abc"), "yes");
    EXPECT_EQ(matches("^a?a$", "a"), "yes");
    EXPECT_EQ(matches("^(a)?ab$", "ab"), "yes");
    EXPECT_EQ(matches("^\\d+$", "12"), "yes");
    EXPECT_EQ(matches("^[]a]+$", "]a"), "yes");
}

TEST(Schema, a_costly_pattern_ends) {
    const std::string many(40, 'a');
    EXPECT_EQ(verdict(R"({"pattern": "^(a|a|aa)+$"})", '"' + many + "!\""),
              "the document must match ^(a|a|aa)+$");
    EXPECT_EQ(verdict(R"({"pattern": "^[0-9]+$"})", '"' + std::string(60'000, '1') + '"'), "fits");
}

TEST(Schema, follows_references_and_stops_at_circles) {
    const std::string_view tree =
        R"({"$defs": {"t": {"type": "object", "additionalProperties": false,
        "properties": {"next": {"$ref": "#/$defs/t"}}}}, "$ref": "#/$defs/t"})";
    EXPECT_EQ(verdict(tree, R"({"next": {"next": {}}})"), "fits");
    EXPECT_EQ(verdict(tree, R"({"next": {"next": 1}})"), "/next/next must be an object");
    EXPECT_EQ(refusal(R"({"$ref": "#"})"), ": a part of it refers to itself");
    EXPECT_EQ(refusal(R"({"anyOf": [{"$ref": "#"}]})"), ": a part of it refers to itself");
    EXPECT_EQ(refusal(R"({"$ref": "#/$defs/none"})"), "/$defs/none: refers to nothing");
    EXPECT_EQ(refusal(R"({"$ref": "other.json"})"), "/$ref: only references within the document");
}

TEST(Schema, refuses_what_it_does_not_understand) {
    EXPECT_EQ(refusal(R"({"properties": {"a": {"minLenght": 1}}})"),
              "/properties/a/minLenght: this keyword is not supported");
    EXPECT_EQ(refusal(R"({"type": "text"})"), "/type: no such type: text");
    EXPECT_EQ(refusal(R"({"pattern": "("})"), "/pattern: is not a regular expression");
    EXPECT_EQ(refusal(R"({"minLength": -1})"), "/minLength: must be an integer of at least 0");
}

TEST(PublishedSchemas, all_compile) {
    EXPECT_GE(names().size(), 8U);
    for (const std::string_view name : names())
        EXPECT_EQ(refusal(find(name)), "compiles") << name;
    EXPECT_EQ(find("records/none.schema.json"), "");
}

TEST(PublishedSchemas, check_a_part_of_one) {
    const auto result = boost::json::parse(R"({"external_id": "9", "state": "lost"})");
    const auto outcome = validate("commands/refund.create.schema.json#/$defs/result", result);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().message, "/state must be one of pending, succeeded, failed");
    EXPECT_EQ(validate("none.schema.json", result).error().code, "no_schema");
}

}  // namespace
}  // namespace orderhub::schemas
