#include <gtest/gtest.h>

#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

const Context kContext{{}, "agent:ada", 7000};

Payment authorized_payment(std::string id, std::int64_t amount, std::int64_t at) {
    Payment payment;
    payment.external_id = std::move(id);
    payment.method = "card";
    payment.state = PaymentState::authorized;
    payment.amount = Minor{amount};
    payment.at = at;
    return payment;
}

/// Three mugs at 10.00 of which the shares do not come out even: 10.01 + 2.00, delivery 5.00
/// + 1.00.
Snapshot on_account(std::int64_t shipped) {
    Snapshot shown = three_mugs();
    shown.lines[0] = shown_line("a", 3, amount(1001, 200));
    shown.totals = amount(1501, 300);
    shown.payments = {authorized_payment("p1", 1801, 10)};
    if (shipped > 0)
        shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", shipped)};
    return shown;
}

Order ship(Order order, std::int64_t units, const std::string& id) {
    order = accepted(*plan_fulfil(std::move(order), {.lines = {{"l1", units}}}, kContext), id);
    const UpdateFulfilmentInput shipped{.fulfilment = order.fulfilments.back().id,
                                        .state = FulfilmentState::shipped};
    return accepted(*plan_update_fulfilment(std::move(order), shipped, kContext), id + "s");
}

std::vector<std::pair<std::string, std::int64_t>> operations(const Order& order,
                                                             OperationKind kind) {
    std::vector<std::pair<std::string, std::int64_t>> found;
    for (const Payment& payment : order.payments)
        for (const PaymentOperation& each : payment.operations)
            if (each.kind == kind) found.emplace_back(payment.external_id, each.amount.count());
    return found;
}

using Operations = std::vector<std::pair<std::string, std::int64_t>>;

TEST(Capture, TakesWhatWasShippedAndSumsUpToTheOrder) {
    Order order = imported(on_account(0));
    EXPECT_EQ(capture_due(order), Minor{});
    EXPECT_EQ(plan_capture(order, {}, kContext).error().code, "nothing_due");
    std::vector<std::int64_t> captures;
    for (int i = 1; i <= 3; ++i) {
        order = ship(std::move(order), 1, "s" + std::to_string(i));
        const auto plan = plan_capture(order, {}, kContext);
        ASSERT_TRUE(plan) << plan.error().message;
        const PaymentOperation& last = plan->order.payments[0].operations.back();
        EXPECT_EQ(last.state, MoneyState::intent);
        EXPECT_EQ(last.at, 7000);
        EXPECT_TRUE(last.id.empty());
        captures.push_back(last.amount.count());
        order = accepted(*plan, "c" + std::to_string(i));
        EXPECT_EQ(capture_due(order), Minor{});
    }
    // The first with the delivery charge; the units' shares differ by a cent.
    EXPECT_EQ(captures, (std::vector<std::int64_t>{401 + 600, 399, 401}));
    EXPECT_EQ(captured(order), total(order).inc);
    EXPECT_EQ(authorized(order), Minor{});
}

TEST(Capture, TheMoneyOfAReturnedUnitPaysForTheNext) {
    Order order = ship(imported(on_account(0)), 1, "s1");
    order = accepted(*plan_capture(order, {}, kContext), "c1");
    order = returned(std::move(order), {{"l1", 1}}, "r1");
    // Less than the rest costs is captured, so nothing goes back.
    EXPECT_EQ(refunded(order), Minor{});
    EXPECT_EQ(balance_due(order), Minor{1400 - 1001});
    order = ship(std::move(order), 2, "s2");
    EXPECT_EQ(capture_due(order), Minor{1400 - 1001});
}

TEST(Capture, UnitsOnTheirWayBackAreShipped) {
    Order order = imported(on_account(3));
    const Minor all = capture_due(order);
    EXPECT_EQ(all, Minor{1801});
    const OpenReturnInput input{.lines = {{"l1", 2}}, .reasons = {}, .reason = "r", .fees = {}};
    order = accepted(*plan_open_return(order, input, kContext), "o");
    EXPECT_EQ(capture_due(order), all);
}

TEST(Capture, WaitsForTheGroupsOwnDelivery) {
    Snapshot shown = on_account(1);
    shown.delivery_groups = {{"g1", {}, "post"}, {"g2", {}, "courier"}};
    shown.lines[0].delivery_group = "g1";
    shown.lines[1].delivery_group = "g2";
    EXPECT_EQ(capture_due(imported(shown)), Minor{401});
    shown.lines[1].delivery_group = "g1";
    EXPECT_EQ(capture_due(imported(shown)), Minor{1001});
}

TEST(Capture, TakesTheOldestPaymentFirstAndGoesOnToTheNext) {
    Snapshot shown = on_account(3);
    shown.payments = {authorized_payment("new", 1000, 30), authorized_payment("b", 400, 10),
                      authorized_payment("a", 401, 10)};
    const auto plan = plan_capture(imported(shown), {}, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(operations(plan->order, OperationKind::capture),
              (Operations{{"new", 1000}, {"b", 400}, {"a", 401}}));
    const auto part = plan_capture(imported(shown), {{}, Minor{500}, "r"}, kContext);
    EXPECT_EQ(operations(part->order, OperationKind::capture), (Operations{{"b", 99}, {"a", 401}}));
    const auto named = plan_capture(imported(shown), {"new", {}, "r"}, kContext);
    EXPECT_EQ(operations(named->order, OperationKind::capture), (Operations{{"new", 1000}}));
}

TEST(Capture, IsNeverMoreThanIsAuthorizedOrLacking) {
    Snapshot shown = on_account(1);
    shown.payments[0].amount = Minor{1500};
    const Order order = imported(shown);
    const auto over = plan_capture(order, {"p1", Minor{1501}, "r"}, kContext);
    EXPECT_EQ(over.error().code, "too_much");
    EXPECT_EQ(over.error().field, "/amount");
    EXPECT_TRUE(plan_capture(order, {{}, Minor{1500}, "r"}, kContext));
    shown.payments[0].amount = Minor{9000};
    EXPECT_TRUE(plan_capture(imported(shown), {{}, Minor{1801}, "r"}, kContext));
    EXPECT_EQ(plan_capture(imported(shown), {{}, Minor{1802}, "r"}, kContext).error().code,
              "too_much");
    EXPECT_EQ(plan_capture(order, {{}, Minor{0}, "r"}, kContext).error().code, "bad_amount");
    EXPECT_EQ(plan_capture(order, {"p9", {}, "r"}, kContext).error().field, "/payment");
}

// Published as Hive 7079: a refund took the first capture as its parent, whatever it held.
TEST(Capture, RefundsOfItKnowTheCaptureTheyAreFor) {
    Order order = ship(imported(on_account(0)), 1, "s1");
    order = accepted(*plan_capture(order, {}, kContext), "c1");
    order = ship(std::move(order), 2, "s2");
    order = accepted(*plan_capture(order, {}, kContext), "c2");
    const auto plan = plan_return(order, {.lines = {{"l1", 3}}, .reason = "r"}, kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    const auto refunds = refunds_of(*plan);
    ASSERT_EQ(refunds.size(), 2U);
    const auto& captures = order.payments[0].operations;
    EXPECT_EQ(refunds[0].amount + refunds[1].amount, Minor{1201});
    for (const Refund& each : refunds)
        for (const PaymentOperation& capture : captures)
            if (each.operation == capture.id) EXPECT_LE(each.amount, capture.amount);
    EXPECT_NE(refunds[0].operation, refunds[1].operation);
}

TEST(ReverseAuthorization, GivesUpWhatIsNotNeededYoungestFirst) {
    Snapshot shown = on_account(0);
    shown.payments = {authorized_payment("old", 1500, 10), authorized_payment("mid", 1000, 20),
                      authorized_payment("new", 300, 30)};
    // 28.00 is authorized, 18.01 lacks: 9.99 can go, of it the youngest whole.
    const auto plan = plan_reverse_authorization(imported(shown), {}, "r", kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(operations(plan->order, OperationKind::reverse),
              (Operations{{"mid", 699}, {"new", 300}}));
    EXPECT_EQ(authorized(plan->order), Minor{1801});
    EXPECT_EQ(plan_reverse_authorization(accepted(*plan, "1"), {}, "r", kContext).error().code,
              "nothing_to_reverse");
}

TEST(ReverseAuthorization, OfOnePaymentAlone) {
    Snapshot shown = on_account(0);
    shown.payments = {authorized_payment("old", 1801, 10), authorized_payment("new", 300, 30)};
    const Order order = imported(shown);
    const auto plan = plan_reverse_authorization(order, "old", "r", kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(operations(plan->order, OperationKind::reverse), (Operations{{"old", 300}}));
    EXPECT_EQ(plan_reverse_authorization(order, "p9", "r", kContext).error().field, "/payment");
}

TEST(ReverseAuthorization, AllOfItOnceTheOrderIsCancelled) {
    Snapshot shown = on_account(0);
    shown.lines.resize(1);
    shown.totals = amount(1001, 200);
    shown.payments[0].amount = Minor{1201};
    const Order order = imported(shown);
    EXPECT_EQ(plan_reverse_authorization(order, {}, "r", kContext).error().code,
              "nothing_to_reverse");
    const Order empty = cancelled(order, {{"l1", 3}}, "1");
    const auto plan = plan_reverse_authorization(empty, {}, "r", kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(operations(plan->order, OperationKind::reverse), (Operations{{"p1", 1201}}));
    EXPECT_EQ(payment_status(plan->order), PaymentStatus::none);
}

TEST(RecordPayment, ClosesTheBalanceAndNoMore) {
    Snapshot shown = three_mugs();
    shown.payments[0].amount = Minor{3000};
    const Order order = imported(shown);
    EXPECT_EQ(balance_due(order), Minor{1200});
    const auto over = plan_record_payment(order, {"cash", {}, Minor{1201}, "r"}, kContext);
    EXPECT_EQ(over.error().code, "too_much");
    EXPECT_EQ(over.error().field, "/amount");
    const auto first = plan_record_payment(order, {"cash", "T-7", Minor{200}, "r"}, kContext);
    ASSERT_TRUE(first) << first.error().message;
    const Payment& paid = first->order.payments.back();
    EXPECT_EQ(paid.external_id, "recorded:1");
    EXPECT_EQ(paid.method, "cash");
    EXPECT_EQ(paid.reference, "T-7");
    EXPECT_EQ(paid.state, PaymentState::captured);
    EXPECT_EQ(paid.at, 7000);
    EXPECT_EQ(balance_due(first->order), Minor{1000});
    const auto second = plan_record_payment(first->order, {"cash", {}, Minor{1000}, "r"}, kContext);
    EXPECT_EQ(second->order.payments.back().external_id, "recorded:2");
    EXPECT_EQ(balance_due(second->order), Minor{});
    EXPECT_EQ(plan_record_payment(order, {{}, {}, Minor{1}, "r"}, kContext).error().field,
              "/method");
    EXPECT_EQ(plan_record_payment(order, {"cash", {}, Minor{}, "r"}, kContext).error().field,
              "/amount");
}

TEST(BalanceDue, AsksForAChargebackButNotForGifts) {
    Snapshot shown = three_mugs();
    shown.refunds = {{"r1", "p1", Minor{500}, MoneyState::succeeded, "", "", "", 0}};
    EXPECT_EQ(balance_due(imported(shown)), Minor{});
    shown.refunds[0].chargeback = true;
    EXPECT_EQ(balance_due(imported(shown)), Minor{500});
    shown.refunds[0].state = MoneyState::failed;
    EXPECT_EQ(balance_due(imported(shown)), Minor{});
}

}  // namespace
}  // namespace orderhub::domain
