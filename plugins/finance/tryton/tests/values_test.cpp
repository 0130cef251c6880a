#include <gtest/gtest.h>

#include <orderhub/http.hpp>
#include <string>

#include "answer.hpp"
#include "client.hpp"
#include "config.hpp"
#include "mapping.hpp"
#include "notation.hpp"
#include "stub_tryton.hpp"

namespace orderhub::tryton {
namespace {

namespace json = boost::json;

TEST(ExactUnitPrice, IsGivenOnlyIfItMultipliesBack) {
    EXPECT_EQ(exact_unit_price(999, 3, "EUR"), "3.33");
    EXPECT_EQ(exact_unit_price(1001, 4, "EUR"), "2.5025");
    EXPECT_EQ(exact_unit_price(1000, 3, "EUR"), std::nullopt);
    EXPECT_EQ(exact_unit_price(1001, 8, "EUR"), std::nullopt);  // 1.25125
    EXPECT_EQ(exact_unit_price(1, 100, "EUR"), "0.0001");
    EXPECT_EQ(exact_unit_price(-1, 4, "EUR"), "-0.0025");
    EXPECT_EQ(exact_unit_price(-1001, 4, "EUR"), "-2.5025");
    EXPECT_EQ(exact_unit_price(0, 7, "EUR"), "0.00");
}

TEST(ExactUnitPrice, FollowsTheCurrencysDecimals) {
    EXPECT_EQ(exact_unit_price(1000, 8, "JPY"), "125");
    EXPECT_EQ(exact_unit_price(1001, 8, "JPY"), "125.1250");
    EXPECT_EQ(exact_unit_price(1001, 3, "JPY"), std::nullopt);
    EXPECT_EQ(exact_unit_price(1235, 2, "BHD"), "0.6175");
    EXPECT_EQ(exact_unit_price(1235, 4, "BHD"), std::nullopt);
}

TEST(NormalRate, HasOneSpelling) {
    EXPECT_EQ(normal_rate("20"), "20");
    EXPECT_EQ(normal_rate("20.00"), "20");
    EXPECT_EQ(normal_rate("05.50"), "5.5");
    EXPECT_EQ(normal_rate("0.0"), "0");
    EXPECT_EQ(normal_rate("0.125"), "0.125");
    EXPECT_EQ(normal_rate("100"), "100");
}

TEST(Notation, ReadsDecimalsExactly) {
    EXPECT_EQ(minor_of(decimal("-2.01"), "EUR"), -201);
    EXPECT_EQ(minor_of(decimal("0"), "EUR"), 0);
    EXPECT_EQ(minor_of(decimal("0E-7"), "BHD"), 0);
    EXPECT_EQ(minor_of(decimal("1.235000"), "BHD"), 1235);
    EXPECT_THROW(minor_of(decimal("1E+3"), "JPY"), std::invalid_argument);
    EXPECT_THROW(minor_of(decimal("1.5"), "JPY"), std::invalid_argument);
}

TEST(Notation, DatesGoThereAndBack) {
    EXPECT_EQ(date_text(date("2026-01-02")), "2026-01-02");
    EXPECT_THROW(date("22.11.2026"), std::invalid_argument);
}

TEST(Base64, PadsAndWrapsNothing) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64(std::string(90, 'a')).size(), 120U);
}

TEST(Shortened, CutsBetweenCharacters) {
    EXPECT_EQ(shortened("short\n"), "short");
    EXPECT_EQ(shortened(std::string(600, 'a')).size(), 500U);
    EXPECT_EQ(shortened("ab\xC3\xA9", 3), "ab");
}

std::string refusal(const json::object& payload) {
    try {
        read_document(payload);
    } catch (const sdk::Stop& stop) {
        EXPECT_EQ(stop.outcome, OH_REJECTED);
        EXPECT_EQ(stop.code, "invalid_document");
        return stop.message;
    }
    return "accepted";
}

TEST(Document, SumsMustAgree) {
    json::object payload = test::memo("CM-1");
    EXPECT_EQ(refusal(payload), "accepted");
    payload["memo"].at("totals").at("ex") = "10.01";
    EXPECT_NE(refusal(payload).find("ex and tax are not inc"), std::string::npos);
    payload["memo"].at("totals").at("inc") = "12.01";
    EXPECT_NE(refusal(payload).find("do not add up"), std::string::npos);
    payload["memo"].at("lines").as_array().clear();
    EXPECT_NE(refusal(payload).find("no lines"), std::string::npos);
}

TEST(Document, AmountsHaveTheCurrencysDecimals) {
    EXPECT_EQ(refusal(test::memo("CM-1", "JPY", "1001", "100", "1101")), "accepted");
    EXPECT_NE(refusal(test::memo("CM-1", "JPY", "10.5", "1.5", "12")).find("more decimals"),
              std::string::npos);
}

TEST(Document, TheLinesOwnTaxCounts) {
    json::object payload = test::memo("CM-1");
    payload["memo"].at("lines").at(0).at("taxes") = {
        {{"label", "State"}, {"rate", "6"}, {"amount", "1.20"}},
        {{"label", "County"}, {"rate", "4"}, {"amount", "0.79"}}};
    const Document memo = read_document(payload);
    EXPECT_EQ(memo.lines.at(0).taxes.at(0).amount, 120);
    EXPECT_EQ(memo.lines.at(0).taxes.at(1).amount, 80);
}

Books books_with(std::map<std::string, Tax> taxes) {
    return {1, 1, 5, 6, 8, 9, 2, std::move(taxes), {4, 40}};
}

TEST(InvoiceValues, OtherRatesNeedOther) {
    const Document memo = read_document(test::memo("CM-1", "EUR", "10.00", "1.90", "11.90", "19"));
    const Posting posting{{4, 40}, 1, "2026-11-22"};
    EXPECT_THROW(invoice_values(memo, books_with({}), posting), sdk::Stop);
    const json::object values =
        invoice_values(memo, books_with({{kOtherRate, {3, "Export", "notice", 7, 17}}}), posting);
    const json::value& row = values.at("taxes").at(0).at(1).at(0);
    EXPECT_EQ(row.at("tax"), 3);
    EXPECT_EQ(row.at("account"), 17);
    EXPECT_EQ(row.at("legal_notice"), "notice");
    EXPECT_EQ(row.at("amount"), json::value(decimal("-1.90")));
}

TEST(InvoiceValues, ATermRunsFromThePostingDay) {
    const Document memo = read_document(test::memo("CM-1", "EUR", "10.00", "0.00", "10.00", "0"));
    const json::object values = invoice_values(memo, books_with({}), {{4, 40}, 1, "2026-11-22"});
    EXPECT_EQ(values.at("payment_term"), 2);
    EXPECT_EQ(values.at("payment_term_date"), json::value(date("2026-11-22")));
    EXPECT_EQ(values.at("invoice_date"), json::value(date("2026-11-20")));
    EXPECT_FALSE(values.contains("taxes"));
}

TEST(InvoiceValues, OneTaxTwiceOnALineIsOneRow) {
    json::object payload = test::memo("CM-1");
    payload["memo"].at("lines").at(0).at("taxes") = {
        {{"label", "A"}, {"rate", "20"}, {"amount", "1.50"}},
        {{"label", "B"}, {"rate", "20.0"}, {"amount", "0.50"}}};
    const json::object values =
        invoice_values(read_document(payload), books_with({{"20", {1, "VAT", "", 7, 17}}}),
                       {{4, 40}, 1, "2026-11-22"});
    const json::array& rows = values.at("taxes").at(0).at(1).as_array();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.at(0).at("base"), json::value(decimal("-10.00")));
    EXPECT_EQ(rows.at(0).at("amount"), json::value(decimal("-2.00")));
}

}  // namespace
}  // namespace orderhub::tryton
