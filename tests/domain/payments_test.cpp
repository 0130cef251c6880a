#include "hub/domain/payments.hpp"

#include <gtest/gtest.h>

#include "hub/domain/exchange.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

const Context kContext{{}, "agent:ada", 7000};

Snapshot shipped_mugs() {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    return shown;
}

void pay_again(Snapshot& shown, std::int64_t amount) {
    shown.payments.push_back(shown.payments[0]);
    shown.payments.back().external_id = "p2";
    shown.payments.back().at = 10;
    shown.payments.back().amount = Minor{amount};
}

RefundInput goodwill(std::int64_t amount) {
    return {RefundKind::goodwill, Minor{amount}, "late", {}};
}

Context with_limit(std::int64_t hundredths) {
    Context context = kContext;
    context.policy.goodwill_limit = hundredths;
    return context;
}

// Published as Saleor dashboard 4349: who paid twice can be paid back without a change of the
// order.
TEST(ExcessFunds, AreRefundedWithoutAChangeOfTheOrder) {
    Snapshot shown = shipped_mugs();
    pay_again(shown, 4200);
    const Order order = imported(shown);
    EXPECT_EQ(excess_funds(order), Minor{4200});
    const auto plan = plan_refund(order, {RefundKind::excess, {}, "paid twice", {}}, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_TRUE(changes_of(*plan).empty());
    EXPECT_TRUE(plan->order.credit_memos.empty());
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    const Refund refund = refunds_of(*plan)[0];
    EXPECT_EQ(refund.payment, "p1");
    EXPECT_EQ(refund.amount, Minor{4200});
    EXPECT_EQ(refund.kind, RefundKind::excess);
    EXPECT_EQ(refund.state, MoneyState::intent);
    EXPECT_EQ(refund.reason, "paid twice");
    EXPECT_EQ(total(plan->order), plan->before);
    EXPECT_EQ(excess_funds(plan->order), Minor{});
}

TEST(ExcessFunds, AreNeverRefundedBeyondWhatIsLeftOver) {
    Snapshot shown = shipped_mugs();
    pay_again(shown, 1000);
    const Order order = imported(shown);
    const auto more = plan_refund(order, {RefundKind::excess, Minor{1001}, "r", {}}, kContext);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, "too_much");
    EXPECT_EQ(more.error().field, "/amount");
    const auto part = plan_refund(order, {RefundKind::excess, Minor{400}, "r", {}}, kContext);
    ASSERT_TRUE(part);
    EXPECT_EQ(excess_funds(part->order), Minor{600});
    const auto none =
        plan_refund(imported(shipped_mugs()), {RefundKind::excess, {}, "r", {}}, kContext);
    EXPECT_EQ(none.error().code, "nothing_due");
}

TEST(ExcessFunds, GoWhereAPersonSays) {
    Snapshot shown = shipped_mugs();
    pay_again(shown, 1000);
    const Order order = imported(shown);
    const TenderWish wish{{{"p2", {}, Minor{300}}}, true};
    const auto plan = plan_refund(order, {RefundKind::excess, {}, "r", wish}, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    EXPECT_EQ(refunds_of(*plan)[0].payment, "p2");
    EXPECT_EQ(refunds_of(*plan)[0].amount, Minor{300});
    EXPECT_EQ(excess_funds(plan->order), Minor{700});
    const auto nobody = plan_refund(order, {RefundKind::excess, {}, "r", {{}, true}}, kContext);
    EXPECT_EQ(nobody.error().field, "/tenders");
}

// Published as Saleor 19645: pending refunds were ignored.
TEST(ExcessFunds, PendingRefundsAndThoseOfOthersCount) {
    Snapshot shown = shipped_mugs();
    pay_again(shown, 1000);
    shown.refunds = {{"r1", "p2", Minor{900}, MoneyState::pending, "", "", "", 0}};
    const Order order = imported(shown);
    EXPECT_EQ(excess_funds(order), Minor{100});
}

TEST(ExcessFunds, AFailedRefundIsOwedAgain) {
    Order order = cancelled(imported(three_mugs()), {{"l1", 1}}, "1");
    EXPECT_EQ(excess_funds(order), Minor{});
    order.refunds[0].state = MoneyState::failed;
    EXPECT_EQ(excess_funds(order), Minor{1200});
}

TEST(Goodwill, IsAGiftOnTopOfWhatIsOwedLater) {
    Order order = accepted(*plan_refund(imported(shipped_mugs()), goodwill(200), kContext), "1");
    EXPECT_EQ(total(order), amount(3500, 700));
    EXPECT_EQ(excess_funds(order), Minor{});
    EXPECT_EQ(balance_due(order), Minor{});
    const auto first = plan_return(order, {.lines = {{"l1", 1}}, .reason = "r"}, kContext);
    ASSERT_TRUE(first);
    EXPECT_EQ(refunds_of(*first)[0].amount, Minor{1200});
    order = accepted(*first, "2");
    EXPECT_EQ(excess_funds(order), Minor{});
    EXPECT_EQ(balance_due(order), Minor{});
}

TEST(Goodwill, IsNeverGivenBackASecondTime) {
    Snapshot shown = shipped_mugs();
    shown.lines.resize(1);
    shown.totals = amount(3000, 600);
    shown.payments[0].amount = Minor{3600};
    Order order = accepted(*plan_refund(imported(shown), goodwill(200), kContext), "1");
    order = returned(order, {{"l1", 3}}, "2");
    EXPECT_EQ(refunded(order), Minor{3600});
    EXPECT_EQ(excess_funds(order), Minor{});
    EXPECT_EQ(plan_refund(order, {RefundKind::excess, {}, "r", {}}, kContext).error().code,
              "nothing_due");
}

TEST(Goodwill, StaysWithinThePolicysPartOfTheOriginalTotal) {
    const Context context = with_limit(1'250);  // 12.5 % of 42.00 is 5.25
    const Order order = imported(shipped_mugs());
    const auto over = plan_refund(order, goodwill(526), context);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().kind, ErrorKind::Denied);
    EXPECT_EQ(over.error().code, "over_limit");
    EXPECT_EQ(over.error().field, "/amount");
    EXPECT_NE(over.error().message.find("5.25 EUR"), std::string::npos);
    const Order given = accepted(*plan_refund(order, goodwill(500), context), "1");
    EXPECT_NE(plan_refund(given, goodwill(26), context).error().message.find("0.25 EUR"),
              std::string::npos);
    EXPECT_TRUE(plan_refund(given, goodwill(25), context));
    Order failed = given;
    failed.refunds[0].state = MoneyState::failed;
    EXPECT_TRUE(plan_refund(failed, goodwill(525), context));
    EXPECT_TRUE(plan_refund(returned(order, {{"l1", 1}}, "2"), goodwill(525), context));
}

// Published as Saleor 19645: grants above the charged amount were accepted.
TEST(Goodwill, IsNeverMoreThanThePaymentsHold) {
    Snapshot shown = shipped_mugs();
    shown.payments[0].amount = Minor{1000};
    const auto plan = plan_refund(imported(shown), goodwill(1001), kContext);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(plan.error().code, "too_much");
    EXPECT_NE(plan.error().message.find("10.00 EUR"), std::string::npos);
}

TEST(Refund, NamesTheFieldThatIsWrong) {
    const Order order = imported(shipped_mugs());
    const auto field = [&](RefundInput input) {
        return plan_refund(order, input, kContext).error().field;
    };
    EXPECT_EQ(field({RefundKind::goodwill, {}, "r", {}}), "/amount");
    EXPECT_EQ(field(goodwill(0)), "/amount");
    EXPECT_EQ(field(goodwill(-5)), "/amount");
    EXPECT_EQ(field({RefundKind::foreign, Minor{1}, "r", {}}), "/kind");
    EXPECT_EQ(field({RefundKind::goodwill, Minor{5}, "r", {{{"p9", {}, Minor{5}}}, false}}),
              "/tenders/0/payment");
}

/// One mug returned and its refund of 12.00 failed; a second payment holds 10.00.
Order failed_refund() {
    Snapshot shown = shipped_mugs();
    shown.payments[0].amount = Minor{3200};
    pay_again(shown, 1000);
    Order order = returned(imported(shown), {{"l1", 1}}, "1");
    order.refunds[0].state = MoneyState::failed;
    ProcessException exception;
    exception.id = "px_1";
    exception.code = "refund_failed";
    exception.subject = order.refunds[0].id;
    raise_exception(order, exception);
    return order;
}

TEST(RetryRefund, StandsInTheFailedOnesPlace) {
    const Order order = failed_refund();
    const Refund& failed = order.refunds[0];
    const auto plan = plan_retry_refund(order, failed.id, {}, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->subject, failed.id);
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    const Refund again = refunds_of(*plan)[0];
    EXPECT_EQ(again.amount, Minor{1200});
    EXPECT_EQ(again.payment, "p1");
    EXPECT_EQ(again.kind, RefundKind::change);
    EXPECT_EQ(again.reason, failed.reason);
    EXPECT_EQ(again.replaces, failed.id);
    EXPECT_TRUE(again.key.empty());
    EXPECT_EQ(plan->order.refunds[0].state, MoneyState::failed);
    EXPECT_EQ(plan->order.exceptions[0].state, ExceptionState::resolved);
    EXPECT_EQ(plan->order.exceptions[0].resolved_by, "agent:ada");
    EXPECT_EQ(plan_retry_refund(accepted(*plan, "2"), failed.id, {}, kContext).error().code,
              "already_replaced");
}

TEST(RetryRefund, GoesToOtherTendersOnWish) {
    const Order order = failed_refund();
    const TenderWish wish{{{"p2", {}, Minor{1000}}}, false};
    const auto plan = plan_retry_refund(order, order.refunds[0].id, wish, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    const auto refunds = refunds_of(*plan);
    ASSERT_EQ(refunds.size(), 2U);
    EXPECT_EQ(refunds[0].payment, "p2");
    EXPECT_EQ(refunds[0].amount, Minor{1000});
    EXPECT_EQ(refunds[1].payment, "p1");
    EXPECT_EQ(refunds[1].amount, Minor{200});
    EXPECT_EQ(refunds[1].replaces, order.refunds[0].id);
}

TEST(RetryRefund, IsRefusedOnceTheMoneyWentBackAnotherWay) {
    const Order order = failed_refund();
    const Order repaid =
        accepted(*plan_refund(order, {RefundKind::excess, {}, "r", {}}, kContext), "2");
    const auto plan = plan_retry_refund(repaid, order.refunds[0].id, {}, kContext);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "too_much");
    EXPECT_EQ(plan.error().field, "/refund");
}

TEST(RetryRefund, IsRefusedWhenItsPaymentHoldsTooLittle) {
    Order order = failed_refund();
    order.payments[0].amount = Minor{1100};
    order.payments[1].amount = Minor{3100};
    const auto plan = plan_retry_refund(order, order.refunds[0].id, {}, kContext);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "too_much");
    const TenderWish wish{{{"p2", {}, Minor{1200}}}, false};
    EXPECT_TRUE(plan_retry_refund(order, order.refunds[0].id, wish, kContext));
}

TEST(RetryRefund, IsForFailedOnesOfTheHubAlone) {
    Order order = failed_refund();
    const std::string id = order.refunds[0].id;
    EXPECT_EQ(plan_retry_refund(order, "rf_9", {}, kContext).error().field, "/refund");
    EXPECT_EQ(plan_retry_refund(order, "", {}, kContext).error().field, "/refund");
    // Its outcome is to be looked up, not repeated.
    order.refunds[0].state = MoneyState::unknown;
    EXPECT_EQ(plan_retry_refund(order, id, {}, kContext).error().code, "bad_state");
    order.refunds[0].state = MoneyState::failed;
    order.refunds[0].kind = RefundKind::foreign;
    EXPECT_EQ(plan_retry_refund(order, id, {}, kContext).error().code, "bad_state");
}

TEST(RetryRefund, AGiftIsStillHeldToTheLimit) {
    const Context context = with_limit(1'000);
    Order order = accepted(*plan_refund(imported(shipped_mugs()), goodwill(400), context), "1");
    order.refunds[0].state = MoneyState::failed;
    EXPECT_TRUE(plan_retry_refund(order, order.refunds[0].id, {}, context));
    order = accepted(*plan_refund(order, goodwill(400), context), "2");
    EXPECT_EQ(plan_retry_refund(order, order.refunds[0].id, {}, context).error().code,
              "over_limit");
}

}  // namespace
}  // namespace orderhub::domain
