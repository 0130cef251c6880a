// Exact amounts: what stands in the document, not what a binary fraction makes of it.
#include "amounts.hpp"

#include <gtest/gtest.h>

#include "exact_json.hpp"
#include "mapping.hpp"

namespace orderhub::signed_orders::test {
namespace {

TEST(ExactJson, KeepsTheDigitsOfNumbers) {
    const boost::json::value value =
        parse_exact(R"({"a":12.30,"b":9007199254740993.1,"c":[0,-7],"d":"x","e":null,"f":true})");
    EXPECT_EQ(value.at("a"), "12.30");
    EXPECT_EQ(value.at("b"), "9007199254740993.1");
    EXPECT_EQ(value.at("c").at(0), "0");
    EXPECT_EQ(value.at("c").at(1), "-7");
    EXPECT_EQ(value.at("d"), "x");
    EXPECT_TRUE(value.at("e").is_null());
    EXPECT_EQ(value.at("f"), true);
}

TEST(Amounts, AreExactInTheirCurrency) {
    EXPECT_EQ(Money{"EUR"}.minor("12.30"), 1'230);
    EXPECT_EQ(Money{"JPY"}.minor("1200"), 1'200);
    EXPECT_EQ(Money{"BHD"}.minor("1.235"), 1'235);
    EXPECT_ANY_THROW(Money{"JPY"}.minor("1200.5"));
    EXPECT_EQ(boost::json::serialize(Money{"BHD"}.shown({1'298, 63})),
              R"({"ex":"1.235","tax":"0.063","inc":"1.298"})");
}

TEST(Amounts, ShareTheTaxOfTheWhole) {
    EXPECT_EQ(share({1'190, 190}, 119).tax, 19);
    EXPECT_EQ(share({1'190, 190}, -100).tax, -15);
    EXPECT_EQ(share({0, 0}, 100).tax, 0);
    EXPECT_EQ(share({9'000'000'000'000'000, 1'000'000'000'000'000}, 9'000'000'000'000).tax,
              1'000'000'000'000);
}

TEST(Amounts, FindTheTaxInside) {
    EXPECT_EQ(with_tax_inside(490, "19.0").tax, 78);
    EXPECT_EQ(with_tax_inside(1'190, "19").tax, 190);
    EXPECT_EQ(with_tax_inside(1'000, "0").tax, 0);
    EXPECT_EQ(with_tax_inside(10'550, "5.5").tax, 550);
}

TEST(Instant, IsWrittenInUtc) {
    EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(rfc3339(1'795'000'000'007), "2026-11-18T11:06:40.007Z");
}

TEST(Instant, IsKnownByItsFormAndDate) {
    for (const char* good :
         {"2026-11-18T11:06:40Z", "2028-02-29T23:59:59.1Z", "0001-01-01T00:00:00.123456Z"})
        EXPECT_TRUE(is_instant(good)) << good;
    for (const char* bad :
         {"", "Z", "2026-11-18", "2026-11-18T11:06:40", "2026-11-18T11:06:40+02:00",
          "2026-11-18 11:06:40Z", "2026-11-18T11:06:40.Z", "2026-11-18T11:06:40.1234567Z",
          "2026-11-18T11:06:40,5Z", "2026-02-29T11:06:40Z", "2026-13-01T11:06:40Z",
          "2026-11-18T24:00:00Z", "2026-11-18T11:60:40Z", "-026-11-18T11:06:40Z"})
        EXPECT_FALSE(is_instant(bad)) << bad;
}

}  // namespace
}  // namespace orderhub::signed_orders::test
