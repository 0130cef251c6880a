// The SDK's own JSON, instants and sums of money.
#include <gtest/gtest.h>

#include <orderhub/instant.hpp>
#include <orderhub/json.hpp>
#include <orderhub/money.hpp>
#include <string>

namespace orderhub::sdk {
namespace {

std::string complaint(std::string_view text) {
    try {
        Json::parse(text);
    } catch (const JsonError& wrong) {
        return wrong.what();
    }
    return "none";
}

TEST(Json, keeps_numbers_as_they_were_written) {
    const Json read = Json::parse(R"({"amount": 12.340, "big": 123456789012345678901234567890})");
    EXPECT_EQ(read["amount"].text_or_digits(), "12.340");
    EXPECT_EQ(read.dump(), R"({"amount":12.340,"big":123456789012345678901234567890})");
    EXPECT_THROW(read["amount"].integer(), JsonError);
    EXPECT_THROW(read["big"].integer(), JsonError);
    EXPECT_EQ(Json::parse("-9223372036854775808").integer(), INT64_MIN);
}

TEST(Json, says_where_a_document_is_wrong) {
    EXPECT_EQ(complaint("{\"a\" 1}"), "not JSON: expected ':' at byte 5");
    EXPECT_EQ(complaint("[1,]"), "not JSON: expected a value at byte 3");
    EXPECT_EQ(complaint("[1] x"), "not JSON: expected nothing more at byte 4");
    EXPECT_EQ(complaint("01"), "not JSON: expected a value at byte 0");
    EXPECT_EQ(complaint("\"\\ud800\""),
              "not JSON: expected the second half of a surrogate pair at byte 7");
    EXPECT_EQ(complaint("\"\xc3\""), "the document is not UTF-8");
    EXPECT_EQ(complaint(""), "not JSON: expected a value at byte 0");
    EXPECT_NE(complaint(std::string(100'000, '[')), "none");
}

TEST(Json, texts_survive_both_ways) {
    const std::string text = "\"\\\b\f\n\r\t\x01/\xc3\xa4\xf0\x9f\x98\x80";
    EXPECT_EQ(Json::parse(Json(text).dump()).text(), text);
    EXPECT_EQ(Json::parse(R"("\u00e4\ud83d\ude00\/")").text(), "\xc3\xa4\xf0\x9f\x98\x80/");
}

TEST(Json, what_is_not_there_is_null_or_named) {
    const Json read = Json::parse(R"({"order": {"id": 7, "note": null}})");
    EXPECT_TRUE(read["customer"]["email"].is_null());
    EXPECT_EQ(read["order"]["id"].integer(), 7);
    EXPECT_THROW(read["order"].at("note"), JsonError);
    EXPECT_THROW(read["order"]["id"].text(), JsonError);
    EXPECT_EQ(Json::object({{"a", 1}}).set("a", "b").set("c", nullptr).dump(),
              R"({"a":"b","c":null})");
}

TEST(Json, a_loop_over_a_document_without_a_name_is_safe) {
    std::string seen;
    for (const Json& each :
         Json::parse(R"({"list": ["a long enough text to live on the heap", "b"]})")
             .at("list")
             .items())
        seen += each.text();
    EXPECT_EQ(seen, "a long enough text to live on the heapb");
}

TEST(Instant, reads_every_form_and_writes_one) {
    constexpr std::int64_t kThen = 1'795'428'000'500;
    EXPECT_EQ(to_rfc3339(kThen), "2026-11-23T10:00:00.500Z");
    EXPECT_EQ(from_rfc3339("2026-11-23T10:00:00.5Z"), kThen);
    EXPECT_EQ(from_rfc3339("2026-11-23T11:00:00.500999+01:00"), kThen);
    EXPECT_EQ(from_rfc3339("2026-11-23 02:30:00,5-0730"), kThen);
    EXPECT_EQ(from_rfc3339("2026-11-23T10:00:00"), std::nullopt);
    EXPECT_EQ(from_rfc3339("2026-02-30T10:00:00Z"), std::nullopt);
    EXPECT_EQ(from_http_date("Mon, 23 Nov 2026 10:00:00 GMT"), kThen - 500);
    EXPECT_EQ(from_http_date("in a minute"), std::nullopt);
}

TEST(Amount, adds_up_exactly_or_not_at_all) {
    const Amount price("19.99", "EUR");
    EXPECT_EQ((price * 3 - Amount("0.07", "EUR")).text(), "59.90");
    EXPECT_EQ((-price).text(), "-19.99");
    EXPECT_EQ(Amount("500", "JPY").minor(), 500);
    EXPECT_THROW(price + Amount("1", "USD"), std::invalid_argument);
    EXPECT_THROW(Amount::of_minor(INT64_MAX, "EUR") + price, std::invalid_argument);
    EXPECT_THROW(Amount("1.234", "EUR"), std::invalid_argument);
}

}  // namespace
}  // namespace orderhub::sdk
