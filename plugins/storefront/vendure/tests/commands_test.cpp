// Refunds and cancellations happen once, whatever becomes of the answers.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::vendure {
namespace {

using testkit::Answer;
using testkit::Outcome;

/// Order 17 (payment 20, lines 56 and 57 of 1 and 5 units), no refund and no cancellation yet.
struct Commands : testing::Test {
    Commands() { bench.shop.add(recorded_order("17-plain")); }

    Outcome refund(std::uint32_t attempt = 1, std::string_view amount = "10.00") {
        return bench.host.execute("refund.create", "key-1", refund_payload("17", "20", amount),
                                  attempt);
    }
    Outcome cancel(std::uint32_t attempt = 1, int quantity = 2) {
        return bench.host.execute("order.cancel", "key-2", cancel_payload("17", "57", quantity),
                                  attempt);
    }
    const json::array& refunds() {
        return bench.shop.orders.at("17").at("payments").at(0).at("refunds").as_array();
    }
    std::int64_t units_left() {
        return bench.shop.orders.at("17").at("lines").at(1).at("quantity").as_int64();
    }
    void answer_instead(std::string_view operation, Answer answer) {
        bench.shop.before = [=](std::string_view asked) {
            return asked == operation ? std::optional(answer) : std::nullopt;
        };
    }
    void lose_answer(std::string_view operation, Answer answer = testkit::no_answer()) {
        bench.shop.after = [=](std::string_view asked) {
            return asked == operation ? std::optional(answer) : std::nullopt;
        };
    }

    Bench bench;
};

TEST_F(Commands, RefundSendsTheExactAmountWithItsKey) {
    const Outcome outcome = refund();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(refunds().size(), 1U);
    EXPECT_EQ(refunds().at(0).at("total"), 1000);
    EXPECT_EQ(refunds().at(0).at("reason").as_string(), "Late delivery [orderhub:key-1]");
    EXPECT_EQ(outcome.result.at("state").as_string(), "pending");
    EXPECT_EQ(outcome.result.at("external_id"), refunds().at(0).at("id"));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("refunds").at(0).at("key").as_string(), "key-1");
}

TEST_F(Commands, RefundIsExactWithoutAndWithThreeDecimals) {
    for (const auto& [currency, amount, minor] :
         {std::tuple{"JPY", "1000", 1000}, std::tuple{"BHD", "1.005", 1005}}) {
        bench.shop.add(recorded_order("17-plain"));
        bench.shop.orders.at("17")["currencyCode"] = currency;
        const Outcome outcome =
            bench.host.execute("refund.create", "k", refund_payload("17", "20", amount, currency));
        ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_EQ(refunds().at(0).at("total"), minor);
        EXPECT_EQ(outcome.records.at(0).second.at("refunds").at(0).at("amount").as_string(),
                  amount);
    }
}

TEST_F(Commands, RefundAskedTwiceHappensOnce) {
    const Outcome first = refund();
    const Outcome second = refund(2);
    EXPECT_EQ(second.outcome, OH_DONE);
    EXPECT_EQ(second.result, first.result);
    EXPECT_EQ(second.records.size(), 1U);
    EXPECT_EQ(refunds().size(), 1U);
}

TEST_F(Commands, RefundWhoseAnswerIsLostIsFoundAtOnce) {
    lose_answer("Refund");
    const Outcome outcome = refund();
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.result.at("state").as_string(), "pending");
    EXPECT_EQ(refunds().size(), 1U);
    EXPECT_EQ(bench.shop.count("Refund"), 1U);
}

TEST_F(Commands, RefundThatMayStillArriveIsUnknown) {
    answer_instead("Refund", testkit::no_answer());
    const Outcome outcome = refund();
    EXPECT_EQ(outcome.outcome, OH_UNKNOWN);
    EXPECT_EQ(outcome.code, "no_answer");
    EXPECT_TRUE(outcome.records.empty());
}

TEST_F(Commands, RefundIsUnknownWhenTheLookFailsToo) {
    lose_answer("Refund");
    int reads = 0;
    bench.shop.before = [&](std::string_view asked) -> std::optional<Answer> {
        if (asked == "Order" && ++reads == 2) return testkit::not_sent();
        return std::nullopt;
    };
    EXPECT_EQ(refund().outcome, OH_UNKNOWN);
    EXPECT_EQ(refund(2).outcome, OH_DONE);
    EXPECT_EQ(refunds().size(), 1U);
}

TEST_F(Commands, RefundIsDoneThoughTheOrderCannotBeReadAfterwards) {
    int reads = 0;
    bench.shop.before = [&](std::string_view asked) -> std::optional<Answer> {
        if (asked == "Order" && ++reads == 2) return testkit::no_answer();
        return std::nullopt;
    };
    const Outcome outcome = refund();
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_EQ(outcome.result.at("state").as_string(), "pending");
    EXPECT_TRUE(outcome.records.empty());
}

TEST_F(Commands, RefundThatTheShopOnlyClaimsIsUnknown) {
    answer_instead("Refund", {200, R"({"data":{"refundOrder":{"id":"1","state":"Settled"}}})", {}});
    const Outcome outcome = refund();
    EXPECT_EQ(outcome.outcome, OH_UNKNOWN);
    EXPECT_EQ(outcome.code, "effect_missing");
}

TEST_F(Commands, RefundRowLeftBehindByAnErrorCounts) {
    bench.shop.refund_state = "Failed";
    lose_answer("Refund", {200,
                           R"({"data":{"refundOrder":{"__typename":"RefundStateTransitionError",)"
                           R"("errorCode":"REFUND_STATE_TRANSITION_ERROR","message":"key",)"
                           R"("transitionError":"from Pending to Pending"}}})",
                           {}});
    const Outcome outcome = refund();
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_EQ(outcome.result.at("state").as_string(), "failed");
}

TEST_F(Commands, RefundTooLargeIsRejectedWithTheShopsWords) {
    const Outcome outcome = refund(1, "99999.00");
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "refund_amount_error");
    EXPECT_EQ(outcome.message, "The amount is too large (at most 12219 minor units are left)");
}

TEST_F(Commands, RefundThatMakesNoSenseIsNotSent) {
    const auto code = [&](const json::object& payload) {
        return bench.host.execute("refund.create", "k", payload).code;
    };
    EXPECT_EQ(code(refund_payload("17", "20", "10.001")), "bad_amount");
    EXPECT_EQ(code(refund_payload("17", "20", "0.00")), "bad_amount");
    EXPECT_EQ(code(refund_payload("17", "20", "-1.00")), "bad_amount");
    EXPECT_EQ(code(refund_payload("17", "20", "10.00", "EUR")), "wrong_currency");
    EXPECT_EQ(code(refund_payload("17", "21", "10.00")), "payment_not_found");
    EXPECT_EQ(code(refund_payload("18", "20", "10.00")), "order_not_found");
    EXPECT_EQ(bench.shop.count("Refund"), 0U);
}

TEST_F(Commands, RefundInsideAFailingShopIsUnknownUnlessADatabaseGaveWay) {
    answer_instead("Refund", graphql_error("INTERNAL_SERVER_ERROR", "boom"));
    EXPECT_EQ(refund().outcome, OH_UNKNOWN);
    answer_instead("Refund",
                   graphql_error("", "could not serialize access due to concurrent update"));
    const Outcome conflict = refund();
    EXPECT_EQ(conflict.outcome, OH_RETRY);
    EXPECT_EQ(conflict.code, "lock_conflict");
}

TEST_F(Commands, CancelTakesUnitsAndTellsItsHistoryEntry) {
    const Outcome outcome = cancel();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(units_left(), 3);
    ASSERT_EQ(outcome.records.size(), 1U);
    const json::value& cancellation = outcome.records[0].second.at("cancellations").at(0);
    EXPECT_EQ(cancellation.at("key").as_string(), "key-2");
    EXPECT_EQ(cancellation.at("reason").as_string(), "Out of stock");
    EXPECT_EQ(cancellation.at("external_id"), outcome.result.at("external_id"));
}

TEST_F(Commands, CancelAskedTwiceHappensOnce) {
    cancel();
    const Outcome again = cancel(2, 2);
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(units_left(), 3);
    EXPECT_EQ(bench.shop.count("Cancel"), 1U);
}

TEST_F(Commands, CancelWhoseAnswerIsLostIsFoundAtOnce) {
    for (const Answer& lost : {testkit::no_answer(), Answer{502, "<html>", {}},
                               Answer{200, R"({"data":{"cancelOrd)", {}}}) {
        bench.shop.add(recorded_order("17-plain"));
        lose_answer("Cancel", lost);
        const Outcome outcome = cancel();
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_EQ(units_left(), 3);
    }
}

TEST_F(Commands, CancelOfMoreThanThereIsIsRejected) {
    const Outcome outcome = cancel(1, 6);
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "quantity_too_great_error");
    EXPECT_EQ(units_left(), 5);
}

TEST_F(Commands, CancelOfADeliveryIsNotSent) {
    const Outcome outcome =
        bench.host.execute("order.cancel", "k", cancel_payload("17", "shipping:17", 1));
    EXPECT_EQ(outcome.code, "line_not_found");
    EXPECT_EQ(bench.shop.count("Cancel"), 0U);
}

}  // namespace
}  // namespace orderhub::vendure
