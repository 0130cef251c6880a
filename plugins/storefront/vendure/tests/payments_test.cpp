// Authorized money is taken, or given up, as a whole and once.
#include <gtest/gtest.h>

#include <orderhub/money.hpp>

#include "shop.hpp"

namespace orderhub::vendure {
namespace {

using testkit::Answer;
using testkit::Outcome;

struct Payments : testing::Test {
    Payments() {
        json::object order = recorded_order("12-authorized");
        order_id = order.at("id").as_string();
        order["payments"].at(0).as_object()["state"] = "Authorized";
        payment_id = order.at("payments").at(0).at("id").as_string();
        amount = sdk::to_decimal(order.at("payments").at(0).at("amount").as_int64(), "USD");
        bench.shop.add(std::move(order));
    }

    json::object payload(std::string_view wanted) const {
        return refund_payload(order_id, payment_id, wanted);
    }
    Outcome capture(std::uint32_t attempt = 1) {
        return bench.host.execute("payment.capture", "C1", payload(amount), attempt);
    }
    Outcome reverse(std::uint32_t attempt = 1) {
        return bench.host.execute("payment.reverse", "V1", payload(amount), attempt);
    }
    json::object& payment() {
        return bench.shop.orders.at(order_id).at("payments").at(0).as_object();
    }
    void lose_answer(std::string_view operation, Answer answer) {
        bench.shop.after = [=](std::string_view asked) {
            return asked == operation ? std::optional(answer) : std::nullopt;
        };
    }

    Bench bench;
    std::string order_id, payment_id, amount;
};

TEST_F(Payments, AreCapturedOnce) {
    const Outcome outcome = capture();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.result.at("state").as_string(), "succeeded");
    EXPECT_EQ(outcome.records.at(0).second.at("payments").at(0).at("state").as_string(),
              "captured");
    EXPECT_EQ(capture(2).outcome, OH_DONE);
    EXPECT_EQ(bench.shop.count("Settle"), 1U);
}

TEST_F(Payments, AreGivenUpOnce) {
    const Outcome outcome = reverse();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.result.at("state").as_string(), "succeeded");
    EXPECT_EQ(payment().at("state").as_string(), "Cancelled");
    EXPECT_EQ(reverse(2).outcome, OH_DONE);
    EXPECT_EQ(bench.shop.count("Void"), 1U);
}

TEST_F(Payments, WhoseAnswerIsLostAreFoundAtOnce) {
    for (const Answer& lost : {testkit::no_answer(), Answer{502, "<html>", {}},
                               Answer{200, R"({"data":{"settleP)", {}}}) {
        payment()["state"] = "Authorized";
        lose_answer("Settle", lost);
        EXPECT_EQ(capture().outcome, OH_DONE);
        payment()["state"] = "Authorized";
        lose_answer("Void", lost);
        EXPECT_EQ(reverse().outcome, OH_DONE);
    }
}

TEST_F(Payments, OfWhichNobodyKnowsAreUnknown) {
    bench.shop.before = [](std::string_view asked) {
        return asked == "Settle" ? std::optional(testkit::no_answer()) : std::nullopt;
    };
    EXPECT_EQ(capture().outcome, OH_UNKNOWN);
    EXPECT_EQ(payment().at("state").as_string(), "Authorized");
}

TEST_F(Payments, RefusedByTheProviderHaveFailedInItsWords) {
    bench.shop.provider_refuses = "The authorization has expired";
    const Outcome outcome = capture();
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_EQ(outcome.result.at("state").as_string(), "failed");
    EXPECT_EQ(outcome.result.at("message").as_string(), "The authorization has expired");
    EXPECT_EQ(capture(2).result, outcome.result);
}

TEST_F(Payments, RefusedButStillAuthorizedAreRejected) {
    bench.shop.provider_refuses = "Try after the weekend";
    bench.shop.refused_state = "Authorized";
    const Outcome outcome = capture();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "settle_payment_error");
    EXPECT_EQ(outcome.message, "Try after the weekend");
}

TEST_F(Payments, AreMovedAsAWholeOnly) {
    for (const char* kind : {"payment.capture", "payment.reverse"}) {
        const Outcome outcome = bench.host.execute(kind, "C1", payload("1.00"));
        EXPECT_EQ(outcome.outcome, OH_REJECTED);
        EXPECT_EQ(outcome.code, "whole_payment_only");
        EXPECT_EQ(outcome.message, "the shop captures and cancels a payment as a whole: " + amount +
                                       " USD, not a part");
    }
}

TEST_F(Payments, ThatAreCapturedAreNeverCancelled) {
    payment()["state"] = "Settled";
    const Outcome outcome = reverse();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.message, "the payment is Settled, not Authorized");
    payment()["state"] = "Declined";
    EXPECT_EQ(capture().code, "payment_not_authorized");
    EXPECT_EQ(bench.shop.count("Void") + bench.shop.count("Settle"), 0U);
}

TEST_F(Payments, AreExactWithoutAndWithThreeDecimals) {
    for (const auto& [currency, text, minor] :
         {std::tuple{"JPY", "1000", 1000}, std::tuple{"BHD", "1.005", 1005}}) {
        bench.shop.orders.at(order_id)["currencyCode"] = currency;
        payment()["state"] = "Authorized";
        payment()["amount"] = minor;
        const Outcome outcome = bench.host.execute(
            "payment.capture", "C1", refund_payload(order_id, payment_id, text, currency));
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    }
}

TEST(Managed, OrdersAreUnlessTheConfigurationSaysOtherwise) {
    for (const bool managed : {true, false}) {
        Bench bench({{"managed", managed}});
        bench.shop.add(recorded_order("17-plain"));
        const Outcome read = bench.host.receive(R"({"type":"order.changed","orderId":"17"})");
        const json::object& record = read.records.at(0).second;
        EXPECT_EQ(!record.contains("managed") || record.at("managed").as_bool(), managed);
    }
}

}  // namespace
}  // namespace orderhub::vendure
