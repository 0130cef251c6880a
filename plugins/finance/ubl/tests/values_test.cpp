// The small pure parts.
#include <gtest/gtest.h>

#include <orderhub/http.hpp>

#include "amount.hpp"
#include "codes.hpp"
#include "note.hpp"
#include "text.hpp"

namespace orderhub::ubl {
namespace {

TEST(Amounts, AreHundredthsInEveryCurrency) {
    EXPECT_EQ(to_hundredths("-12.34", "EUR", "x"), -1234);
    EXPECT_EQ(to_hundredths("1283", "JPY", "x"), 128300);
    EXPECT_EQ(to_hundredths("1.230", "BHD", "x"), 123);
    EXPECT_EQ(to_text(-1234, "EUR"), "-12.34");
    EXPECT_EQ(to_text(128300, "JPY"), "1283");
    EXPECT_EQ(to_text(1250, "JPY"), "12.50");
    EXPECT_EQ(to_text(123, "BHD"), "1.23");
    EXPECT_EQ(to_currency_text(123, "BHD"), "1.230");
    EXPECT_EQ(to_currency_text(128300, "JPY"), "1283");
}

TEST(Amounts, DoNotOverflow) {
    EXPECT_THROW(to_hundredths("999999999999999999", "JPY", "x"), sdk::Stop);
    EXPECT_THROW(sum(INT64_MAX, 1), sdk::Stop);
}

TEST(Rates, AreWrittenShort) {
    EXPECT_EQ(to_text(to_rate("19.00")), "19");
    EXPECT_EQ(to_text(to_rate("007.25")), "7.25");
    EXPECT_EQ(to_text(to_rate("0.0001")), "0.0001");
    EXPECT_EQ(to_rate("19"), to_rate("19.0000"));
    EXPECT_EQ(tax_on(5324, to_rate("19")), 1012);
    EXPECT_EQ(tax_on(-50, to_rate("1")), -1);
}

// The edges that the official rules have, as tried with them.
TEST(Tax, IsAcceptedLessThanOneUnitOff) {
    EXPECT_TRUE(is_tax_accepted(10000, to_rate("19"), 1900 + 99));
    EXPECT_FALSE(is_tax_accepted(10000, to_rate("19"), 1900 + 100));
    EXPECT_TRUE(is_tax_accepted(10000, to_rate("19"), 1900 - 99));
    EXPECT_FALSE(is_tax_accepted(10000, to_rate("19"), 1900 - 100));
    EXPECT_FALSE(is_tax_accepted(100000, to_rate("0.4"), 400));
    EXPECT_TRUE(is_tax_accepted(100000, to_rate("0.5"), 500));
    EXPECT_TRUE(is_tax_accepted(-10000, to_rate("19"), -1900));
}

TEST(Texts, AreFitForXml) {
    EXPECT_EQ(clean("  a\n\t b\x01 "), "a b");
    EXPECT_EQ(clean("\xc3\xa4\xff\xc3"), "\xc3\xa4??");
    EXPECT_EQ(clean("\xed\xa0\x80\xc0\x80"), "?????");
    EXPECT_EQ(clean(" \r\n "), "");
    EXPECT_EQ(clean_note("Item #XY1# returned"), "Item No.XY1No. returned");
}

TEST(Codes, AreThoseOfTheLists) {
    EXPECT_TRUE(is_currency("EUR") && is_currency("JPY") && is_currency("BHD"));
    EXPECT_FALSE(is_currency("BGN") || is_currency("EU") || is_currency("UR ") || is_currency(""));
    EXPECT_TRUE(is_country("DE") && is_country("XI"));
    EXPECT_FALSE(is_country("EL") || is_country("de"));
    EXPECT_TRUE(is_endpoint_scheme("0088") && is_endpoint_scheme("9930"));
    EXPECT_FALSE(is_endpoint_scheme("9901") || is_endpoint_scheme("EM"));
    EXPECT_TRUE(is_legal_scheme("0106"));
    EXPECT_FALSE(is_legal_scheme("0092") || is_legal_scheme("0249") || is_legal_scheme("0001"));
    EXPECT_TRUE(is_vat_id("EL123") && is_vat_id("DE123456789"));
    EXPECT_FALSE(is_vat_id("T123") || is_vat_id("DE"));
}

TEST(Codes, CheckDigits) {
    EXPECT_TRUE(is_well_formed("0088", "4000001000005"));
    EXPECT_FALSE(is_well_formed("0088", "4000001000006") || is_well_formed("0088", "40000010000"));
    EXPECT_TRUE(is_well_formed("0192", "974760673"));
    EXPECT_FALSE(is_well_formed("0192", "974760674"));
    EXPECT_TRUE(is_well_formed("0208", "0202239951"));
    EXPECT_FALSE(is_well_formed("0208", "0202239952"));
    EXPECT_TRUE(is_well_formed("0007", "2021005489"));
    EXPECT_FALSE(is_well_formed("0007", "2021005488"));
    EXPECT_TRUE(is_well_formed("0151", "51824753556"));
    EXPECT_FALSE(is_well_formed("0151", "51824753557"));
    EXPECT_TRUE(is_well_formed("0184", "DK12345678") && is_well_formed("9930", "anything"));
    EXPECT_FALSE(is_well_formed("0184", "1234567"));
}

}  // namespace
}  // namespace orderhub::ubl
