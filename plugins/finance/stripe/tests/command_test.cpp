// What the commands ask Stripe for, and what they leave alone.
#include <gtest/gtest.h>

#include "bank.hpp"

namespace orderhub::stripe::testing {
namespace {

class Commands : public ::testing::Test {
protected:
    Commands() { start(config()); }
    void start(const Json& settings) {
        host_ = std::make_unique<FakeHost>(settings);
        bank_.attach(*host_);
    }
    Outcome run(const char* kind, const Json& wanted, const char* key = "rf_1",
                std::uint32_t attempt = 1) {
        return host_->execute(kind, key, wanted, attempt);
    }
    const Request& last() const { return host_->requests.back(); }

    Bank bank_;
    std::unique_ptr<FakeHost> host_;
};

TEST_F(Commands, ARefundNamesPaymentAmountKeyAndOrder) {
    const Outcome done = run("refund.create", payload());
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    EXPECT_EQ(done.result.dump(), R"({"external_id":"re_1","state":"succeeded"})");
    EXPECT_EQ(last().url, "https://api.stripe.test/v1/refunds");
    EXPECT_EQ(header_of(last(), "Idempotency-Key"), "rf_1");
    EXPECT_EQ(header_of(last(), "Stripe-Version"), "2026-10-28.endive");
    EXPECT_EQ(header_of(last(), "content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(last().body,
              "payment_intent=pi_1&amount=1200&metadata%5Borderhub_key%5D=rf_1&metadata%5Borderhub_"
              "order%5D=B-1001"
              "&reason=requested_by_customer");
    EXPECT_EQ(last().flags, 0U);
}

TEST_F(Commands, ARefundOfAChargeOfOldNamesTheCharge) {
    ASSERT_EQ(run("refund.create", payload("12.00", "EUR", "ch_3")).outcome, OH_DONE);
    EXPECT_EQ(value_of(last().body, "charge"), "ch_3");
    EXPECT_EQ(value_of(last().body, "payment_intent"), "");
}

TEST_F(Commands, SettingsOfTheOperatorGoAlong) {
    Json settings = config();
    settings.set("account", "acct_7");
    settings.set("refund_reason", "none");
    settings.set("api_version", "2027-01-01.fig");
    start(settings);
    ASSERT_EQ(run("refund.create", payload()).outcome, OH_DONE);
    EXPECT_EQ(header_of(last(), "Stripe-Account"), "acct_7");
    EXPECT_EQ(header_of(last(), "Stripe-Version"), "2027-01-01.fig");
    EXPECT_EQ(last().body.find("reason"), std::string::npos);
}

TEST_F(Commands, WhatStripeDoesNotKnowMovesNothing) {
    EXPECT_EQ(run("refund.create", payload("1.00", "EUR", "tx-1")).code, "bad_reference");
    EXPECT_EQ(run("refund.create", payload("1.00", "EUR", "pi_1/../x")).code, "bad_reference");
    EXPECT_EQ(run("refund.create", payload("1.00", "USD")).code, "currency_differs");
    EXPECT_EQ(run("refund.create", payload("1.00", "EUR", "pi_9")).code, "resource_missing");
    Json nameless = payload();
    nameless.set("payment", Json::object({{"external_id", "p1"}}));
    EXPECT_EQ(run("refund.create", nameless).outcome, OH_REJECTED);
    EXPECT_EQ(bank_.writes, 0);
}

TEST_F(Commands, AfterTheKeysDayTheRefundIsFoundByItsMark) {
    for (int other = 0; other < 5; ++other)
        bank_.add_refund("re_other" + std::to_string(other), "rf_other" + std::to_string(other));
    bank_.add_refund("re_ours", "rf_1", "pending");
    for (int other = 5; other < 10; ++other)
        bank_.add_refund("re_other" + std::to_string(other), "");
    const Outcome done = run("refund.create", payload(), "rf_1", 2);
    EXPECT_EQ(done.result["external_id"].text(), "re_ours");
    EXPECT_EQ(done.result["state"].text(), "pending");
    EXPECT_EQ(bank_.writes, 0);
}

TEST_F(Commands, ACaptureTakesWhatIsAuthorized) {
    ASSERT_EQ(run("payment.capture", payload("50.00", "EUR", "pi_2"), "po_1").outcome, OH_DONE);
    EXPECT_EQ(last().body, "amount_to_capture=5000&metadata%5Borderhub_captures%5D=po_1");
    EXPECT_EQ(bank_.payments["pi_2"]["status"].text(), "succeeded");
    EXPECT_EQ(run("payment.capture", payload("50.00", "EUR", "pi_2"), "po_1", 2).outcome, OH_DONE);
    EXPECT_EQ(bank_.writes, 1);
    EXPECT_EQ(run("payment.capture", payload("1.00", "EUR", "pi_2"), "po_2").code, "too_much");
}

TEST_F(Commands, APartIsCapturedOnlyWhereTheRestIsNotLost) {
    const Json part = payload("20.00", "EUR", "pi_2");
    EXPECT_EQ(run("payment.capture", part, "po_1").code, "captured_once");
    EXPECT_EQ(bank_.writes, 0);
    bank_.payments["pi_2"].set("latest_charge", Json::parse(R"({"payment_method_details":
        {"card": {"multicapture": {"status": "available"}}}})"));
    ASSERT_EQ(run("payment.capture", part, "po_1").outcome, OH_DONE);
    EXPECT_EQ(value_of(last().body, "final_capture"), "false");
    ASSERT_EQ(run("payment.capture", payload("30.00", "EUR", "pi_2"), "po_2").outcome, OH_DONE);
    EXPECT_EQ(value_of(last().body, "final_capture"), "");
    EXPECT_EQ(run("payment.capture", part, "po_1", 2).outcome, OH_DONE);
    EXPECT_EQ(bank_.writes, 2);
}

TEST_F(Commands, ThatTheRestIsLostCanBeAllowed) {
    Json settings = config();
    settings.set("partial_capture", "release_rest");
    start(settings);
    ASSERT_EQ(run("payment.capture", payload("20.00", "EUR", "pi_2"), "po_1").outcome, OH_DONE);
    EXPECT_EQ(bank_.payments["pi_2"]["status"].text(), "succeeded");
    ASSERT_EQ(run("payment.capture", payload("20.00", "EUR", "ch_3"), "po_2").outcome, OH_DONE);
    EXPECT_EQ(last().body, "amount=2000");
}

TEST_F(Commands, WhatTheBankRefusesHasFailed) {
    bank_.faults.push_back(
        {"POST", "/capture", error(402, "card_error", "card_declined", "Your card was declined.")});
    const Outcome declined = run("payment.capture", payload("50.00", "EUR", "pi_2"), "po_1");
    EXPECT_EQ(declined.outcome, OH_DONE);
    EXPECT_EQ(declined.result["state"].text(), "failed");
    EXPECT_NE(declined.result["message"].text().find("card_declined"), std::string::npos);
    bank_.payments["pi_2"].set("status", "canceled");
    bank_.payments["pi_2"].set("cancellation_reason", "expired");
    const Outcome expired = run("payment.capture", payload("50.00", "EUR", "pi_2"), "po_2");
    EXPECT_EQ(expired.result["message"].text(), "the payment is canceled (expired)");
    EXPECT_EQ(bank_.writes, 0);
}

TEST_F(Commands, ACaptureThatStripeStillWorksOnIsAskedForAgain) {
    bank_.payments["pi_2"].set("status", "processing");
    bank_.payments["pi_2"].set("metadata", Json::object({{"orderhub_captures", "po_0 po_1"}}));
    EXPECT_EQ(run("payment.capture", payload("50.00", "EUR", "pi_2"), "po_1", 2).outcome,
              OH_UNKNOWN);
    bank_.payments["pi_2"].set("status", "succeeded");
    EXPECT_EQ(run("payment.capture", payload("50.00", "EUR", "pi_2"), "po_1", 3).outcome, OH_DONE);
}

TEST_F(Commands, AnAuthorizationIsGivenUpAsAWhole) {
    EXPECT_EQ(run("payment.reverse", payload("20.00", "EUR", "pi_2"), "po_1").code, "only_whole");
    EXPECT_EQ(run("payment.reverse", payload("20.00"), "po_1").code, "not_authorized");
    ASSERT_EQ(run("payment.reverse", payload("50.00", "EUR", "pi_2"), "po_1").outcome, OH_DONE);
    EXPECT_EQ(last().body, "cancellation_reason=requested_by_customer");
    EXPECT_EQ(run("payment.reverse", payload("50.00", "EUR", "pi_2"), "po_1", 2).outcome, OH_DONE);
    EXPECT_EQ(run("payment.reverse", payload("50.00", "EUR", "pi_2"), "po_2").outcome, OH_DONE);
    EXPECT_EQ(bank_.writes, 1);
}

TEST_F(Commands, AChargeOfOldIsGivenUpByARefund) {
    ASSERT_EQ(run("payment.reverse", payload("50.00", "EUR", "ch_3"), "po_1").outcome, OH_DONE);
    EXPECT_EQ(last().url, "https://api.stripe.test/v1/refunds");
    EXPECT_EQ(run("payment.reverse", payload("50.00", "EUR", "ch_3"), "po_1", 2).outcome, OH_DONE);
    EXPECT_EQ(bank_.writes, 1);
}

}  // namespace
}  // namespace orderhub::stripe::testing
