#include "declared/shape.hpp"

#include <gtest/gtest.h>

#include "declared/schemas.hpp"

namespace orderhub::declared {
namespace {

constexpr const char* kRule = R"({
  "source": {"external_id": "/no"}, "number": "/no", "currency": "/currency", "tax_locale": {"constant": "gross"},
  "state": {"constant": "open"}, "placed_at": "/at",
  "customer": {"email": "/mail", "account": {"external_id": "/company/id", "name": "/company/name"}},
  "lines": {"each": "/lines", "item": {
    "external_id": "/id", "kind": {"constant": "product"}, "name": "/name", "quantity": "/n",
    "list": {"inc": "/inc", "tax": "/tax"}, "total": {"inc": "/inc", "tax": "/tax"}}},
  "totals": {"inc": "/inc", "ex": "/ex"},
  "payments": {"each": "/payments", "item": {"external_id": "/id", "method": {"constant": "card"}, "state": "/state",
    "amount": {"pointer": "/minor", "minor": true}}}
})";

constexpr const char* kOrder =
    R"({"no": 17, "currency": "EUR", "at": "2026-11-23T11:00:00+01:00", "inc": 24.2, "ex": "20",
  "lines": [{"id": 1, "name": "Mug", "n": "2", "inc": 24.2, "tax": "4.20"}],
  "payments": [{"id": "p", "state": "captured", "minor": 2420}]})";

const Shape& order() {
    static const Shape shape(schema_text("records/order"));
    return shape;
}

Json record_of(Json document) {
    Documents documents;
    const Json& known = documents.put("document", std::move(document));
    const Rule rule = parse_rule(Json::parse(kRule), "record");
    order().check(rule);
    return order().make(rule, {documents, known});
}

/// The words of the error if `key` of the order, or of its first line or payment, is this.
std::string refusal(const char* part, const char* key, const char* value) {
    Json document = Json::parse(kOrder);
    if (part) {
        Json item = document[part].items()[0];
        item.set(key, Json::parse(value));
        document.set(part, Json::array({item}));
    } else {
        document.set(key, Json::parse(value));
    }
    try {
        return record_of(document).dump();
    } catch (const MappingError& thrown) {
        return std::string(thrown.what()).substr(18);
    }
}

std::string config_refusal(const char* rule) {
    try {
        order().check(parse_rule(Json::parse(rule), "record"));
        return "accepted";
    } catch (const ConfigError& thrown) {
        return thrown.what();
    }
}

TEST(Shapes, write_values_as_the_schema_wants_them) {
    const Json record = record_of(Json::parse(kOrder));
    EXPECT_EQ(record["number"].text(), "17");
    EXPECT_EQ(record["placed_at"].text(), "2026-11-23T10:00:00.000Z");
    EXPECT_EQ(record["totals"].dump(), R"({"ex":"20.00","tax":"4.20","inc":"24.20"})");
    EXPECT_EQ(record["lines"].items()[0]["quantity"].integer(), 2);
    EXPECT_EQ(record["lines"].items()[0]["total"]["ex"].text(), "20.00");
    EXPECT_EQ(record["payments"].items()[0]["amount"].text(), "24.20");
    EXPECT_FALSE(record.find("customer")) << "of which there is nothing";
}

TEST(Shapes, know_the_decimals_of_each_currency) {
    Json document = Json::parse(kOrder);
    document.set("currency", "JPY")
        .set("inc", Json::number("2420"))
        .set("ex", Json::number("2200"));
    document.set("lines", Json::array());
    EXPECT_EQ(record_of(document)["payments"].items()[0]["amount"].text(), "2420");
    EXPECT_EQ(record_of(document)["totals"]["tax"].text(), "220");
    document.set("currency", "BHD").set("inc", Json::number("0.302")).set("ex", "0.300");
    EXPECT_EQ(record_of(document)["totals"]["tax"].text(), "0.002");
    EXPECT_EQ(record_of(document)["payments"].items()[0]["amount"].text(), "2.420");
}

TEST(Shapes, name_key_pointer_and_what_was_found) {
    EXPECT_EQ(
        refusal("lines", "inc", R"("12,50")"),
        "record.lines.item.list.inc (/lines/0/inc): found '12,50'; expected an amount like 12.34");
    EXPECT_EQ(refusal("lines", "inc", "24.205"),
              "record.lines.item.list.inc (/lines/0/inc): found '24.205'; expected an amount in "
              "EUR (amount: more decimals than the currency has)");
    EXPECT_EQ(refusal("lines", "tax", "null"),
              "record.lines.item.list.tax (/lines/0/tax): found nothing; two of ex, tax and inc "
              "are needed");
    EXPECT_EQ(refusal("lines", "name", R"("")"),
              "record.lines.item.name (/lines/0/name): found nothing; it cannot be left out");
    EXPECT_EQ(
        refusal("lines", "n", "1.5"),
        "record.lines.item.quantity (/lines/0/n): found '1.5'; expected a whole number from 0");
    EXPECT_EQ(refusal("lines", "id", R"({"x":1})"),
              "record.lines.item.external_id (/lines/0/id): found an object; expected a text");
    EXPECT_EQ(refusal("payments", "state", R"("done")"),
              "record.payments.item.state (/payments/0/state): found 'done'; expected one of "
              "pending, authorized, captured, declined, failed, cancelled; say `table:` if they "
              "are called otherwise");
    EXPECT_EQ(refusal("payments", "minor", "24.2"),
              "record.payments.item.amount (/payments/0/minor): found '24.2'; expected an amount "
              "in EUR (expected a whole number, found 24.2)");
    EXPECT_EQ(refusal(nullptr, "at", R"("23.11.2026")"),
              "record.placed_at (/at): found '23.11.2026'; expected an instant like "
              "2026-11-23T10:00:00Z; say `date:` if it is written in another way");
    EXPECT_EQ(
        refusal(nullptr, "currency", R"("eur")"),
        "record.currency (/currency): found 'eur'; expected upper-case letters as ^[A-Z]{3}$ says");
    EXPECT_EQ(refusal(nullptr, "at", "null"),
              "record.placed_at (/at): found nothing; it cannot be left out");
    EXPECT_EQ(refusal(nullptr, "company", R"({"name":"Acme"})").find("found"), std::string::npos)
        << "an account needs no id";
}

TEST(Shapes, refuse_a_configuration_that_cannot_be_meant) {
    EXPECT_EQ(config_refusal("{}"),
              "configuration key record.source: is missing, and cannot be left out");
    EXPECT_EQ(config_refusal(R"({"source":{"external_id":"/a"},"nummer":"/a"})").substr(0, 70),
              "configuration key record.nummer: there is no such member; there are so");
    EXPECT_EQ(config_refusal(R"({"number":{"a":"/b"}})"),
              "configuration key record.number: gives an object, but none is wanted here");
    EXPECT_EQ(config_refusal(R"({"number":["/b"]})"),
              "configuration key record.number: gives a list, but none is wanted here");
    EXPECT_EQ(config_refusal(R"({"totals":{"inc":"/b"}})"),
              "configuration key record.totals: expected two of ex, tax and inc");
    EXPECT_EQ(config_refusal(R"({"lines":{"each":"/l","item":{"external_id":"/id"}}})"),
              "configuration key record.lines.item.kind: is missing, and cannot be left out");
}

TEST(Shapes, three_parts_of_an_amount_must_add_up) {
    Documents documents;
    const Json& known = documents.put(
        "document", Json::parse(R"({"m":{"ex":"10.00","tax":"2.10","inc":"12.11"}})"));
    const Shape result(schema_text("commands/credit_memo.post"), "result");
    const Rule rule = parse_rule(
        Json::parse(
            R"({"external_id":{"constant":"1"},"number":{"constant":"2"},"state":{"constant":"posted"},"totals":"/m"})"),
        "result");
    result.check(rule);
    try {
        result.make(rule, {documents, known}, "EUR");
        FAIL() << "accepted";
    } catch (const MappingError& thrown) {
        EXPECT_STREQ(thrown.what(),
                     "configuration key result.totals (/m): found ex 10.00 and tax 2.10, which do "
                     "not add up to inc 12.11");
    }
}

}  // namespace
}  // namespace orderhub::declared
