#include <gtest/gtest.h>

#include "declared/dates.hpp"
#include "declared/decimal.hpp"
#include "declared/schemas.hpp"
#include "declared/shape.hpp"
#include "declared/text_template.hpp"

namespace orderhub::declared {
namespace {

Json made(const char* rule, const char* document) {
    Documents documents;
    const Json& known = documents.put("document", Json::parse(document));
    documents.put("key", "k1");
    return make(parse_rule(Json::parse(rule), "record"), {documents, known});
}

/// What the rule gives, or the words of the error.
std::string outcome(const char* rule, const char* document) {
    try {
        return made(rule, document).dump();
    } catch (const std::exception& thrown) {
        return thrown.what();
    }
}

TEST(Decimals, are_exact) {
    EXPECT_EQ(to_text(*add(*to_decimal("0.1"), *to_decimal("0.2"))), "0.3");
    EXPECT_EQ(to_text(*multiply(*to_decimal("19.99"), *to_decimal("3"))), "59.97");
    EXPECT_EQ(to_text(*divide(*to_decimal("10"), *to_decimal("3"), 2)), "3.33");
    EXPECT_EQ(to_text(*round(*to_decimal("2.345"), 2)), "2.35");
    EXPECT_EQ(to_text(*round(*to_decimal("-2.345"), 2)), "-2.35");
    EXPECT_EQ(compare(*to_decimal("1.50"), *to_decimal("1.5")), 0);
    EXPECT_EQ(to_text(*number_to_decimal("2.42E1")), "24.2");
    EXPECT_EQ(to_text(*number_to_decimal("5e-2")), "0.05");
    EXPECT_EQ(to_text(*number_to_decimal("-1.5e3")), "-1500");
    EXPECT_FALSE(number_to_decimal("1e400"));
    EXPECT_FALSE(divide(*to_decimal("1"), *to_decimal("0.00"), 2));
    EXPECT_FALSE(multiply(*to_decimal("999999999999"), *to_decimal("999999999999")));
    for (const char* text :
         {"", "-", ".", "1.", ".5", "1e3", "1,5", "0x10", "1.0.0", "9999999999999999999"})
        EXPECT_FALSE(to_decimal(text)) << text;
}

TEST(Dates, are_read_and_written_in_the_system_s_own_form) {
    constexpr std::int64_t kAt = 1'795'428'000'000;  // 2026-11-23T10:00:00Z
    EXPECT_EQ(parse_date("2026-11-23T11:00:00+01:00", "rfc3339", ""), kAt);
    EXPECT_EQ(parse_date("2026-11-23 11:00:00", "rfc3339", "+01:00"), kAt);
    EXPECT_EQ(parse_date("1795428000", "unix", ""), kAt);
    EXPECT_EQ(parse_date("1795428000.25", "unix", ""), kAt + 250);
    EXPECT_EQ(parse_date("1795428000000", "unix_ms", ""), kAt);
    EXPECT_EQ(parse_date("23.11.2026 11:00", "%d.%m.%Y %H:%M", "+01:00"), kAt);
    EXPECT_EQ(parse_date("23 Nov 2026 10:00:00 Z", "%d %b %Y %H:%M:%S %z", ""), kAt);
    EXPECT_FALSE(parse_date("31.02.2026 11:00", "%d.%m.%Y %H:%M", ""));
    EXPECT_FALSE(parse_date("2026-11-23 11:00:00", "rfc3339", ""));
    EXPECT_FALSE(parse_date("-1", "unix", ""));
    EXPECT_EQ(format_date(kAt, "%Y%m%d-%H%M%S").text(), "20261123-100000");
    EXPECT_EQ(format_date(kAt, "unix").integer(), 1'795'428'000);
    EXPECT_FALSE(is_date_format("%Q"));
    EXPECT_FALSE(is_date_format("yyyy-mm-dd"));
}

TEST(Expressions, work_on_documents_exactly) {
    EXPECT_EQ(
        outcome(R"~("= item.a .. '-' .. document.b[2].c")~", R"({"a":"x","b":[1,{"c":"y"}]})"),
        R"("x-y")");
    EXPECT_EQ(outcome(R"~("= mul(item.price, item.n)")~", R"({"price":19.99,"n":3})"),
              R"("59.97")");
    EXPECT_EQ(outcome(R"~("= round(div(item.price, '1.21', 6), 2)")~", R"({"price":"24.20"})"),
              R"("20.00")");
    EXPECT_EQ(
        outcome(R"~("= sum(item.lines, 'net')")~", R"({"lines":[{"net":0.1},{"net":0.2},{}]})"),
        R"("0.3")");
    EXPECT_EQ(outcome(R"~("= string.split(item.t, ',')")~", R"({"t":"a,b,,c"})"),
              R"(["a","b","","c"])");
    EXPECT_EQ(outcome(R"~("= item.t:replace('-', ''):trim():upper()")~", R"({"t":" a-b-c "})"),
              R"("ABC")");
    EXPECT_EQ(
        outcome(R"~("= local t = {} for i, l in ipairs(item.l) do t[i] = l.id end return t")~",
                R"({"l":[{"id":1},{"id":2}]})"),
        "[1,2]");
    EXPECT_EQ(outcome(R"~("= item.missing")~", "{}"), "null");
    EXPECT_EQ(outcome(R"({"pointer":"/a","lua":"value + 1"})", R"({"a":41})"), "42");
}

TEST(Expressions, reach_nothing_and_end) {
    for (const char* name :
         {"os", "io", "require", "load", "dofile", "pcall", "string.rep", "string.format", "debug",
          "collectgarbage", "getmetatable", "rawset", "setmetatable", "_G", "coroutine", "print"})
        EXPECT_EQ(outcome(("\"= " + std::string(name) + "\"").c_str(), "{}"), "null") << name;
    EXPECT_EQ(outcome(R"~("= while true do end")~", "{}"), "record: it does too much");
    EXPECT_EQ(
        outcome(
            R"~("= local t = {} for i = 1, 100000 do t[i] = 'x' .. i end local s = table.concat(t) return s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s")~",
            "{}"),
        "record: it does too much");
    EXPECT_EQ(outcome(R"~("= local s = 'x' for i = 1, 40 do s = s .. s end return s")~", "{}"),
              "record: it needs too much memory");
    EXPECT_NE(outcome(R"~("= 1 / 3")~", "{}").find("not exact"), std::string::npos);
    EXPECT_NE(outcome(R"~("= add(0.5, 1)")~", "{}").find("write it as a text"), std::string::npos);
    EXPECT_NE(outcome(R"~("= item.price * 2")~", R"({"price":"1.50"})").find("arithmetic"),
              std::string::npos);
    EXPECT_NE(outcome(R"~("= x = 1")~", "{}").find("not local"), std::string::npos);
    EXPECT_NE(outcome(R"~("= error()")~", "{}").find("without a message"), std::string::npos);
    EXPECT_NE(outcome(R"~("= print")~", "{}").find("null"), std::string::npos);
    EXPECT_NE(outcome(R"~("= next")~", "{}").find("function"), std::string::npos);
}

TEST(Rules, make_documents) {
    constexpr const char* kOrder =
        R"({"no":7,"lines":[{"sku":"A","n":2},{"sku":"B","n":0}],"free":null,"note":""})";
    EXPECT_EQ(
        outcome(
            R"({"id":"/no","key":"$key","n":1,"gone":"/free","note":{"pointer":["/note","/no"]}})",
            kOrder),
        R"({"id":7,"key":"k1","n":1,"note":7})");
    EXPECT_EQ(
        outcome(R"([{"each":"/lines","when":"item.n > 0","item":{"s":"/sku","no":"$document/no"}},
                          {"when":"document.no == 8","object":{"s":{"constant":"extra"}}},
                          {"when":"document.no == 7","object":{"s":{"constant":"kept"}}}])",
                kOrder),
        R"([{"s":"A","no":7},{"s":"kept"}])");
    EXPECT_EQ(outcome(R"({"pointer":"/no","table":{"7":"seven"}})", kOrder), R"("seven")");
    EXPECT_EQ(outcome(R"({"pointer":"/no","table":{"8":"eight"},"otherwise":"many"})", kOrder),
              R"("many")");
    EXPECT_EQ(outcome(R"({"pointer":"/free","default":"none"})", kOrder), R"("none")");
    EXPECT_EQ(outcome(R"({"emptied":"/note","gone":"/free"})", kOrder), R"({"emptied":""})");
    EXPECT_EQ(outcome(R"({"pointer":"/a~1b/m~0n"})", R"({"a/b":{"m~n":1}})"), "1");
    EXPECT_EQ(outcome(R"({"pointer":"/a","minor":"/c"})", R"({"a":"12.5","c":"EUR"})"), "1250");
    EXPECT_EQ(outcome(R"({"pointer":"/a","minor":"/c"})", R"({"a":"12.5","c":"BHD"})"), "12500");
    EXPECT_EQ(outcome(R"({"pointer":"/a","number":true})", R"({"a":"12.50"})"), "12.50");
    EXPECT_EQ(outcome(R"({"pointer":"/a","format":"%d/%m/%Y"})", R"({"a":"2026-11-23"})"),
              R"("23/11/2026")");
}

TEST(Rules, say_what_was_found_where) {
    EXPECT_EQ(outcome(R"({"state":{"pointer":"/s","table":{"a":"b","c":"d"}}})", R"({"s":"x"})"),
              "configuration key record.state (/s): found 'x'; the table has a, c");
    EXPECT_EQ(outcome(R"({"each":"/l","item":{"at":{"pointer":"/t","date":"unix"}}})",
                      R"({"l":[{"t":1},{"t":"now"}]})"),
              "configuration key record.item.at (/l/1/t): found 'now'; expected an instant written "
              "as unix");
    EXPECT_EQ(outcome(R"({"each":"/l","item":"/a"})", R"({"l":{"a":1}})"),
              "configuration key record (/l): found an object; expected a list");
    EXPECT_EQ(outcome(R"({"a":{"pointer":"/m","minor":"/c"}})", R"({"m":"1.234","c":"EUR"})"),
              "configuration key record.a (/m): found '1.234'; amount: more decimals than the "
              "currency has");
    EXPECT_EQ(outcome(R"({"pointer":"/s","table":{"a":"b"}})", R"({"s":"ada@example.test"})"),
              "configuration key record (/s): found a text of 16 bytes; the table has a");
}

TEST(Rules, are_refused_with_the_key_that_is_wrong) {
    const auto refused = [](const char* rule) { return outcome(rule, "{}"); };
    EXPECT_NE(refused(R"({"a":{"b":"no"}})")
                  .find("configuration key record.a.b: expected a JSON Pointer"),
              std::string::npos);
    EXPECT_EQ(refused(R"({"a":"/x~2"})"),
              "configuration key record.a: in a JSON Pointer ~ is followed by 0 or 1");
    EXPECT_EQ(refused(R"({"a":{"pointer":"/x","tabel":{}}})"),
              "configuration key record.a.tabel: a rule with pointer, lua, constant, object or "
              "each has no such member");
    EXPECT_EQ(
        refused(R"({"a":{"pointer":"/x","constant":1}})"),
        "configuration key record.a: expected only one of pointer, lua, constant, object and each");
    EXPECT_EQ(refused(R"({"a":{"each":"/x"}})"),
              "configuration key record.a.item: is missing: the rule for one item");
    EXPECT_NE(refused(R"({"a":"= 1 +"})").find("configuration key record.a: "), std::string::npos);
    EXPECT_NE(refused(R"({"a":{"pointer":"/x","date":"soon"}})")
                  .find("configuration key record.a.date: expected"),
              std::string::npos);
}

TEST(Templates, encode_what_they_fill_in) {
    Documents documents;
    const Json& known = documents.put(
        "document", Json::parse(R"({"no":"A/1 &","bad":"a\r\nb","ask":"{{secret:token}}"})"));
    const Scope scope{documents, known};
    EXPECT_EQ(TextTemplate("/o/{/no}?x={= 'a' .. 'b'}", "url").address(scope),
              "/o/A%2F1%20%26?x=ab");
    EXPECT_EQ(TextTemplate("{{{/no}}}", "h").header(scope), "{A/1 &}");
    EXPECT_FALSE(TextTemplate("{/none}", "query.q").text(scope));
    EXPECT_THROW(TextTemplate("x{/none}", "url").address(scope), MappingError);
    EXPECT_THROW(TextTemplate("{/bad}", "h").header(scope), MappingError);
    EXPECT_THROW(TextTemplate("{/ask}", "h").header(scope), MappingError);
    EXPECT_THROW(TextTemplate("{/open", "url"), ConfigError);
}

}  // namespace
}  // namespace orderhub::declared
