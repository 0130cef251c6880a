// The small pure pieces: instants, reasons, templates, shares of tax, digests, cursors,
// configuration.
#include <gtest/gtest.h>

#include <stdexcept>

#include "config.hpp"
#include "cursor.hpp"
#include "digest.hpp"
#include "instant.hpp"
#include "lines.hpp"
#include "reason.hpp"
#include "shop.hpp"
#include "template.hpp"

namespace orderhub::vendure {
namespace {

TEST(Instant, GoesThereAndBack) {
    EXPECT_EQ(format_instant(parse_instant("2026-11-22T18:42:32.278Z")),
              "2026-11-22T18:42:32.278Z");
    EXPECT_EQ(parse_instant("1970-01-01T00:00:01Z"), 1000);
    EXPECT_EQ(parse_instant("2024-02-29T00:00:00.5Z"),
              parse_instant("2024-02-29T00:00:00.500999Z"));
}

TEST(Instant, RefusesWhatIsNone) {
    for (const char* text :
         {"", "2026-11-22", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-22T24:00:00Z",
          "2026-11-22T18:42:32", "2026-11-22T18:42:32.Z", "2026-11-22T18:42:32+01:00"})
        EXPECT_THROW(parse_instant(text), std::invalid_argument) << text;
}

TEST(Reason, CarriesTheKey) {
    const Reason split = split_reason(with_key("Late [again]", "k-1_A"));
    EXPECT_EQ(split.text, "Late [again]");
    EXPECT_EQ(split.key, "k-1_A");
    EXPECT_EQ(with_key("", "k"), "[orderhub:k]");
}

TEST(Reason, IsOnlyTextWhereNoKeyEndsIt) {
    for (const char* text : {"", "Late", "[orderhub:k] and more", "[orderhub:]", "[orderhub:a b]",
                             "[orderhub:k", "orderhub:k]"}) {
        EXPECT_EQ(split_reason(text).key, "") << text;
        EXPECT_EQ(split_reason(text).text, text);
    }
}

TEST(Template, FillsAndEncodes) {
    EXPECT_EQ(fill("https://t/{tracking}?q={tracking}", {{"tracking", "A B/1"}}),
              "https://t/A%20B%2F1?q=A%20B%2F1");
    EXPECT_EQ(fill("https://t/{tracking}", {{"tracking", ""}}), "");
    EXPECT_EQ(fill("", {{"tracking", "1"}}), "");
}

TEST(ShareTax, KeepsTheSumAndGivesTheRestToTheLargestRemainder) {
    EXPECT_EQ(share_tax(100, {1, 1, 1}), (std::vector<std::int64_t>{34, 33, 33}));
    EXPECT_EQ(share_tax(-125, {82500, 42500}), (std::vector<std::int64_t>{-83, -42}));
    EXPECT_EQ(share_tax(7, {0, 0}), (std::vector<std::int64_t>{7, 0}));
    EXPECT_EQ(share_tax(0, {82500}), (std::vector<std::int64_t>{0}));
}

TEST(Fields, CutsAtCharactersNotBytes) {
    EXPECT_EQ(fit("Größe", 3), "Grö");
    EXPECT_EQ(fit("Größe", 5), "Größe");
}

TEST(Fields, RendersRatesAsDecimals) {
    const json::object rates{{"a", 8.25}, {"b", 20}, {"c", 0.0}, {"d", 4.125}};
    EXPECT_EQ(rate_text(rates, "a"), "8.25");
    EXPECT_EQ(rate_text(rates, "b"), "20");
    EXPECT_EQ(rate_text(rates, "c"), "0");
    EXPECT_EQ(rate_text(rates, "d"), "4.125");
}

TEST(Digest, SeesWhatUpdatedAtDoesNotTell) {
    const json::object order = recorded_order("18-shipped");
    const std::string digest = digest_of(order);
    EXPECT_EQ(digest, digest_of(order));
    json::object settled = order;
    settled["payments"].at(0).as_object()["state"] = "Cancelled";
    json::object delivered = order;
    delivered["fulfillments"].at(0).as_object()["state"] = "Delivered";
    json::object noted = order;
    noted["history"].as_object()["totalItems"] = 11;
    for (const json::object& changed : {settled, delivered, noted})
        EXPECT_NE(digest, digest_of(changed));
}

TEST(Cursor, GoesThereAndBack) {
    Cursor cursor;
    cursor.updated = {5, Position{4, {{"1", 4}, {"2", 3}}}};
    cursor.placed = {6, std::nullopt};
    cursor.sweep_number = 7;
    cursor.sweep = Position{8, {}};
    cursor.leavers = 9;
    cursor.closed = Position{10, {}};
    const std::string text = write_cursor(cursor);
    EXPECT_EQ(write_cursor(read_cursor(text, 0)), text);
    const std::string backfill = write_cursor(read_cursor(R"({"from":"2026-01-01T00:00:00Z"})", 0));
    EXPECT_EQ(write_cursor(read_cursor(backfill, 0)), backfill);
}

TEST(Position, ForgetsRowsOlderThanTheLastTwoMilliseconds) {
    Position position{10, {}};
    position.advance("a", 10);
    position.advance("b", 11);
    EXPECT_TRUE(position.has_seen("a", 10));
    position.advance("c", 12);
    EXPECT_FALSE(position.has_seen("a", 10));
    EXPECT_TRUE(position.has_seen("b", 11));
    EXPECT_FALSE(position.has_seen("b", 12));
}

TEST(Config, WantsOneKindOfCredentials) {
    EXPECT_THROW(read_config({{"base_url", "http://x/a"}}), std::invalid_argument);
    EXPECT_THROW(read_config({{"base_url", "http://x/a"}, {"username", "u"}}),
                 std::invalid_argument);
    EXPECT_THROW(
        read_config(
            {{"base_url", "http://x/a"}, {"username", "u"}, {"password", "p"}, {"api_key", "k"}}),
        std::invalid_argument);
    EXPECT_FALSE(read_config({{"base_url", "http://x/a"}, {"api_key", "k"}}).logs_in());
}

}  // namespace
}  // namespace orderhub::vendure
