// Refunds in the form that Stripe documents, the records that they become, and amounts in every
// kind of currency.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "amounts.hpp"
#include "bank.hpp"
#include "testing/documents.hpp"

namespace orderhub::stripe::testing {
namespace {

using orderhub::testing::document_at;

TEST(Mapping, GivesTheExpectedRecords) {
    int cases = 0;
    for (const auto& folder : std::filesystem::directory_iterator(STRIPE_CASES)) {
        ++cases;
        const auto record = to_record(document_at(folder.path() / "input.json"),
                                      to_settings(config()), "2026-11-23T10:00:00.000Z");
        ASSERT_TRUE(record) << folder.path();
        EXPECT_EQ(sdk::to_json(*record).dump(), document_at(folder.path() / "expected.json").dump())
            << folder.path();
    }
    EXPECT_GT(cases, 10);
}

TEST(Mapping, WhatTheHubDidNotAskForIsNoRecord) {
    Json refund = document_at(std::filesystem::path(STRIPE_CASES) / "pending" / "input.json");
    refund.set("metadata", Json::object({{"case", "42"}}));
    EXPECT_FALSE(to_record(refund, to_settings(config()), "2026-11-23T10:00:00.000Z"));
    EXPECT_EQ(to_result(refund).external_id, "re_3Qx1");
}

TEST(Mapping, APaymentRemembersWhatCapturedIt) {
    Json payment = Json::parse(R"({"metadata": {"orderhub_captures": "po_1 po_2"}})");
    EXPECT_TRUE(is_captured_by(payment, "po_1"));
    EXPECT_TRUE(is_captured_by(payment, "po_2"));
    EXPECT_FALSE(is_captured_by(payment, "po_"));
    EXPECT_FALSE(is_captured_by(Json::parse("{}"), "po_1"));
    EXPECT_EQ(captures_with(payment, "po_3"), "po_1 po_2 po_3");
    EXPECT_EQ(captures_with(Json::parse("{}"), "po_3"), "po_3");
    for (int i = 0; i < 20; ++i)
        payment.set(
            "metadata",
            Json::object({{"orderhub_captures",
                           captures_with(payment, std::string(40, 'a') + std::to_string(i))}}));
    const std::string kept = payment["metadata"]["orderhub_captures"].text();
    EXPECT_LE(kept.size(), 500U);
    EXPECT_TRUE(is_captured_by(payment, std::string(40, 'a') + "19"));
    EXPECT_EQ(kept.find("po_"), std::string::npos);
}

/// What goes out, or the code of the refusal.
std::string sent(std::string_view amount, std::string_view currency,
                 std::optional<int> ugx = std::nullopt) {
    try {
        return std::to_string(to_stripe(amount, currency, ugx));
    } catch (const sdk::Stop& stop) {
        EXPECT_EQ(stop.outcome, OH_REJECTED);
        return stop.code;
    }
}

TEST(Amounts, GoOutWithStripesDecimals) {
    EXPECT_EQ(sent("12.34", "EUR"), "1234");
    EXPECT_EQ(sent("12", "USD"), "1200");
    EXPECT_EQ(sent("12.3400", "EUR"), "1234");
    EXPECT_EQ(sent("500", "JPY"), "500");
    EXPECT_EQ(sent("500.00", "JPY"), "500");
    EXPECT_EQ(sent("5.120", "KWD"), "5120");
    EXPECT_EQ(sent("5.1", "BHD"), "5100");
    EXPECT_EQ(sent("5", "ISK"), "500");
    EXPECT_EQ(sent("5.00", "MGA"), "5");
    EXPECT_EQ(sent("12.34", "HUF"), "1234");
    EXPECT_EQ(sent("999999999999999.99", "EUR"), "99999999999999999");
}

TEST(Amounts, ThatStripeCannotMoveExactlyAreRefused) {
    EXPECT_EQ(sent("5.124", "KWD"), "amount_not_possible");
    EXPECT_EQ(sent("12.345", "EUR"), "amount_not_possible");
    EXPECT_EQ(sent("500.5", "JPY"), "amount_not_possible");
    EXPECT_EQ(sent("5.20", "MGA"), "amount_not_possible");
    EXPECT_EQ(sent("1.234", "IQD"), "amount_not_possible");
    EXPECT_EQ(sent("0.00", "EUR"), "amount_not_possible");
    EXPECT_EQ(sent("-1.00", "EUR"), "amount_not_possible");
    EXPECT_EQ(sent("999999999999999.9999", "CLF"), "amount_not_possible");
    EXPECT_EQ(sent("", "EUR"), "amount_not_possible");
}

TEST(Amounts, OfUgandaNeedAWordOfTheOperator) {
    EXPECT_EQ(sent("5", "UGX"), "ugx_decimals");
    EXPECT_EQ(sent("5", "UGX", 2), "500");
    EXPECT_EQ(sent("5", "UGX", 0), "5");
    EXPECT_EQ(from_stripe(500, "UGX", std::nullopt), std::nullopt);
    EXPECT_EQ(from_stripe(500, "UGX", 2), "5");
}

TEST(Amounts, ComeBackWithThoseOfTheHub) {
    for (const char* currency : {"EUR", "JPY", "KWD", "ISK", "MGA", "BHD", "XAF", "USD"})
        for (const char* amount : {"7", "10", "123"}) {
            const auto back = from_stripe(to_stripe(amount, currency, 2), currency, 2);
            ASSERT_TRUE(back) << currency;
            EXPECT_EQ(sdk::to_minor(*back, currency), sdk::to_minor(amount, currency)) << currency;
        }
    EXPECT_EQ(from_stripe(5, "EUR", 2), "0.05");
    EXPECT_EQ(from_stripe(550, "ISK", 2), std::nullopt);
}

}  // namespace
}  // namespace orderhub::stripe::testing
