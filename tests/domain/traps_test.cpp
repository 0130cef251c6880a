// Mistakes that other order systems' users have published, each by its figures. The name of a test
// says where it was published; what the hub does instead is the assertion.
#include <gtest/gtest.h>

#include "hub/domain/discount.hpp"
#include "hub/domain/exchange.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

/// Shipped and paid in full, no delivery charge.
Snapshot shipped(std::vector<SnapshotLine> lines, const char* code = "EUR") {
    Snapshot shown = three_mugs();
    shown.currency = *currency(code);
    shown.lines = std::move(lines);
    shown.totals = {};
    for (const SnapshotLine& line : shown.lines) {
        shown.totals += line.total;
        if (line.kind == LineKind::product)
            shown.fulfilments.push_back(shown_fulfilment(
                "f" + line.external_id, FulfilmentState::shipped, line.external_id, line.quantity));
    }
    shown.payments[0].amount = shown.totals.inc;
    return shown;
}

Order refunded_unit_by_unit(Order order, const std::string& line) {
    const std::int64_t units = find_line(order, line)->available_to_return();
    for (std::int64_t i = 0; i < units; ++i)
        order = returned(std::move(order), {{line, 1}}, "ac_" + std::to_string(i));
    return order;
}

Minor total_refund(const Plan& plan) {
    Minor sum;
    for (const Refund& each : refunds_of(plan))
        sum += each.amount;
    return sum;
}

// 10 x 23.90 with 25% off at 20% VAT included is 179.25; two parts rounded up separately make
// 179.26.
TEST(Traps, WooCommerce64668_FullRefundIsNotACentMoreThanPaid) {
    Snapshot shown = shipped({shown_line("a", 10, amount(14938, 2987))});
    shown.tax_locale = TaxLocale::gross;
    ASSERT_EQ(shown.totals.inc, Minor{17925});
    EXPECT_EQ(refunded(returned(imported(shown), {{"l1", 10}}, "ac")), Minor{17925});
    EXPECT_EQ(refunded(refunded_unit_by_unit(imported(shown), "l1")), Minor{17925});
}

// Two for 100 each, 20 off the order, 10% tax: a unit is worth 99.00, not 97.90.
TEST(Traps, Medusa15885_AnOrderDiscountIsTaxedOnce) {
    Snapshot shown = shipped({shown_line("a", 2, amount(18000, 1800))});
    shown.lines[0].list = amount(20000, 2000);
    shown.lines[0].adjustments = {{true, "20 off", amount(-2000, -200)}};
    const auto plan = plan_return(imported(shown), {.lines = {{"l1", 1}}, .reason = "r"}, {});
    EXPECT_EQ(total_refund(*plan), Minor{9900});
}

TEST(Traps, Medusa10760_ARefundHasItsTax) {
    const auto plan = plan_return(imported(shipped({shown_line("a", 1, amount(10000, 1900))})),
                                  {.lines = {{"l1", 1}}, .reason = "r"}, {});
    EXPECT_EQ(total_refund(*plan), Minor{11900});
}

TEST(Traps, Saleor19645_PendingRefundsCount) {
    Snapshot shown = shipped({shown_line("a", 2, amount(2000, 400))});
    shown.refunds = {{"r1", "p1", Minor{2000}, MoneyState::pending, "", "", "", 0, false}};
    const auto plan = plan_return(imported(shown), {.lines = {{"l1", 2}}, .reason = "r"}, {});
    EXPECT_EQ(total_refund(*plan), Minor{400});
}

TEST(Traps, Saleor14326_ThePaymentStatusIsOfAllPaymentsTogether) {
    Snapshot shown = shipped({shown_line("a", 1, amount(1000, 200))});
    shown.payments[0].amount = Minor{700};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].amount = Minor{500};
    shown.payments[1].state = PaymentState::authorized;
    EXPECT_EQ(payment_status(imported(shown)), PaymentStatus::partly_captured);
    shown.payments[1].state = PaymentState::declined;
    EXPECT_EQ(payment_status(imported(shown)), PaymentStatus::captured);
}

TEST(Traps, SaleorDashboard4349_PaidTwiceIsRefundedWithoutAChange) {
    Snapshot shown = shipped({shown_line("a", 1, amount(1000, 200))});
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    const Order order = imported(shown);
    EXPECT_EQ(excess_funds(order), Minor{1200});
    RefundInput input;
    input.reason = "paid twice";
    const auto plan = plan_refund(order, input, {});
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(total_refund(*plan), Minor{1200});
    EXPECT_TRUE(changes_of(*plan).empty());
}

// The discount that was 10% of both lines must not wander onto the line that is left.
TEST(Traps, Vendure4811_AnOrderDiscountIsNotSpreadAgainAfterACancel) {
    Snapshot shown = three_mugs();
    shown.lines = {shown_line("a", 1, amount(900, 180)), shown_line("b", 1, amount(1800, 360))};
    shown.totals = amount(2700, 540);
    shown.payments[0].amount = Minor{3240};
    const Order order = cancelled(imported(shown), {{"l2", 1}}, "ac");
    EXPECT_EQ(total(order), amount(900, 180));
    EXPECT_EQ(value(order.lines[0], order.tax_locale), amount(900, 180));
}

TEST(Traps, Vendure1753_ARefundLargerThanOnePaymentGoesOnToTheNext) {
    Snapshot shown = shipped({shown_line("a", 1, amount(3500, 700))});
    shown.payments[0].amount = Minor{1200};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].method = "gift";
    shown.payments[1].amount = Minor{3000};
    const auto plan = plan_return(imported(shown), {.lines = {{"l1", 1}}, .reason = "r"}, {});
    ASSERT_EQ(refunds_of(*plan).size(), 2U);
    EXPECT_EQ(total_refund(*plan), Minor{4200});
}

TEST(Traps, Vendure4013_RemovingAnUnpaidAddedItemRefundsNothing) {
    Order order = imported(three_mugs());
    Snapshot shown = three_mugs(2000);
    shown.lines.push_back(shown_line("b", 1, amount(1000, 200)));
    shown.totals = amount(4500, 900);
    apply_snapshot(order, shown);
    for (ChangeOrder& change : order.change_orders)
        change.id = "co_shop";
    const auto plan = plan_cancel(order, {.lines = {{"l3", 1}}, .reason = "r"}, {});
    ASSERT_TRUE(plan);
    EXPECT_TRUE(refunds_of(*plan).empty());
}

TEST(Traps, Vendure2393_ARefundUsesDiscountedPrices) {
    Snapshot shown = shipped({shown_line("a", 1, amount(750, 150))});
    shown.lines[0].list = amount(1000, 200);
    shown.lines[0].adjustments = {{false, "25% off", amount(-250, -50)}};
    const auto plan = plan_return(imported(shown), {.lines = {{"l1", 1}}, .reason = "r"}, {});
    EXPECT_EQ(total_refund(*plan), Minor{900});
}

TEST(Traps, Solidus512_RefundAfterRefundOfAWholeOrderDiscountEndsAtWhatWasPaid) {
    Snapshot shown =
        shipped({shown_line("a", 3, amount(2999, 570)), shown_line("b", 3, amount(1001, 190))});
    Order order = refunded_unit_by_unit(imported(shown), "l1");
    order = refunded_unit_by_unit(std::move(order), "l2");
    EXPECT_EQ(refunded(order), shown.totals.inc);
    EXPECT_TRUE(total(order).is_zero());
}

// A bundle for 10.00 of three like parts: 3.33 each is a cent short.
TEST(Traps, SolidusProductAssembly43_PartsOfABundleAddUpToIt) {
    Snapshot shown = shipped({shown_line("box", 1, amount(1000, 0)), shown_line("a", 1, {}),
                              shown_line("b", 1, {}), shown_line("c", 1, {})});
    for (std::size_t part = 1; part < 4; ++part)
        shown.lines[part].bundle = "box";
    Order order = imported(shown);
    for (const char* line : {"l2", "l3", "l4"})
        order = returned(std::move(order), {{line, 1}}, std::string("ac_") + line);
    EXPECT_EQ(refunded(order), Minor{1000});
}

TEST(Traps, Solidus1603_StoreCreditIsNotCreditedBeyondWhatItPaid) {
    Snapshot shown = three_mugs();
    shown.payments[0].method = "store-credit";
    shown.refunds = {{"r1", "p1", Minor{1200}, MoneyState::succeeded, "", "", "", 0, false}};
    Order order = imported(shown);
    order = cancelled(std::move(order), {{"l1", 3}}, "ac");
    EXPECT_LE(refunded(order), captured(order));
    EXPECT_EQ(available_to_refund(order, order.payments[0]), captured(order) - refunded(order));
}

// 3 sent back, 2 arrived, all 3 were refunded: 89.99 too much.
TEST(Traps, Spree14678_AReturnOrderRefundsWhatWasAccepted) {
    Order order = imported(shipped({shown_line("a", 3, amount(26997, 0))}));
    OpenReturnInput open;
    open.lines = {{"l1", 3}};
    open.reason = "r";
    order = accepted(plan_open_return(std::move(order), open, {}).value(), "ac_1");
    ReceiveInput receive;
    receive.return_order = order.return_orders.at(0).id;
    receive.receipts = {{"r1", 2, 0, "new", ""}};
    order = accepted(plan_receive_return(std::move(order), receive, {}).value(), "ac_2");
    CloseReturnInput close;
    close.return_order = receive.return_order;
    close.reason = "r";
    const auto plan = plan_close_return(order, close, {});
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(total_refund(*plan), Minor{17998});
    EXPECT_EQ(plan->order.lines[0].available_to_return(), 1);
}

// A credit of 1.03 over two equal lines: 2 x 0.52 is more than 1.03.
TEST(Traps, Spree14467_PartsOfACappedAmountDoNotExceedIt) {
    Snapshot shown =
        shipped({shown_line("a", 1, amount(5000, 0)), shown_line("b", 1, amount(5000, 0))});
    DiscountInput input;
    input.basis = DiscountBasis::amount_with_tax;
    input.value = 103;
    input.reason = "r";
    const auto plan = plan_discount(imported(shown), input, {});
    const auto change = changes_of(*plan).at(0);
    EXPECT_EQ(change.delta.inc, Minor{-103});
    EXPECT_EQ(change.lines[0].delta.inc, Minor{-52});
    EXPECT_EQ(change.lines[1].delta.inc, Minor{-51});
}

TEST(Traps, Magento2385_DeliveryIsALineWithALedgerOfItsOwn) {
    Snapshot shown =
        shipped({shown_line("a", 2, amount(2000, 400)), shown_line("d", 1, amount(500, 100))});
    shown.lines[1].kind = LineKind::delivery;
    shown.fulfilments.resize(1);
    Order order = imported(shown);
    RemovalInput input{.lines = {{"l1", 1}}, .reason = "r"};
    input.delivery = DeliveryRule::proportional;
    order = accepted(plan_return(std::move(order), input, {}).value(), "ac_1");
    EXPECT_EQ(value(order.lines[1], order.tax_locale), amount(250, 50));
    order = accepted(plan_return(std::move(order), input, {}).value(), "ac_2");
    EXPECT_TRUE(total(order).is_zero());
    EXPECT_EQ(refunded(order), Minor{3000});
}

// 19% on a delivery charge of 4.95 given back in three parts.
TEST(Traps, Magento39644_TheDeliverysTaxClosesToTheCent) {
    Snapshot shown =
        shipped({shown_line("a", 3, amount(3000, 570)), shown_line("d", 1, amount(416, 79))});
    shown.lines[1].kind = LineKind::delivery;
    Order order = imported(shown);
    Minor tax;
    for (int i = 0; i < 3; ++i) {
        RemovalInput input{.lines = {{"l1", 1}}, .reason = "r"};
        input.delivery = DeliveryRule::proportional;
        order =
            accepted(plan_return(std::move(order), input, {}).value(), "ac" + std::to_string(i));
        tax += order.credit_memos.back().total.tax;
    }
    EXPECT_EQ(tax, Minor{649});
    EXPECT_EQ(refunded(order), captured(order));
}

TEST(Traps, Magento23440_ABundleCanBeReturnedInParts) {
    Snapshot shown = shipped(
        {shown_line("box", 1, amount(3000, 600)), shown_line("a", 1, {}), shown_line("b", 1, {})});
    shown.lines[1].bundle = shown.lines[2].bundle = "box";
    shown.lines[1].unit_price = amount(1000, 200);
    shown.lines[2].unit_price = amount(2000, 400);
    const auto plan = plan_return(imported(shown), {.lines = {{"l2", 1}}, .reason = "r"}, {});
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(total_refund(*plan), Minor{1200});
}

// An order of SEK 318 after a discount: giving back all of it must give back 318, not 255.50.
TEST(Traps, OpenMage4396_DiscountAndPartialRefundEndAtThePaidSum) {
    Snapshot shown = shipped(
        {shown_line("a", 1, amount(12720, 3180)), shown_line("b", 1, amount(12720, 3180))}, "SEK");
    Order order = returned(imported(shown), {{"l1", 1}}, "ac_1");
    EXPECT_EQ(refunded(order), Minor{15900});
    order = returned(std::move(order), {{"l2", 1}}, "ac_2");
    EXPECT_EQ(refunded(order), Minor{31800});
}

TEST(Traps, Medusa4686_AReturnShippingFeeIsDeductedOnceAndCanBeWaived) {
    const Order order = imported(shipped({shown_line("a", 2, amount(2000, 400))}));
    RemovalInput input{.lines = {{"l1", 1}}, .reason = "r"};
    EXPECT_EQ(total_refund(*plan_return(order, input, {})), Minor{1200});
    input.fees = {{"Return shipping", FeeBasis::amount_with_tax, 499}};
    const auto plan = plan_return(order, input, {});
    EXPECT_EQ(total_refund(*plan), Minor{701});
    EXPECT_EQ(plan->order.invoices.at(0).total.inc, Minor{499});
}

TEST(Traps, StripeSfcc31_AYenIsAYenAndADinarHasThreeDecimals) {
    const Order yen = imported(shipped({shown_line("a", 1, amount(500, 50))}, "JPY"));
    const auto plan = plan_return(yen, {.lines = {{"l1", 1}}, .reason = "r"}, {});
    EXPECT_EQ(to_decimal(total_refund(*plan), yen.currency), "550");
    const Order dinar = imported(shipped({shown_line("a", 1, amount(500, 50))}, "BHD"));
    EXPECT_EQ(to_decimal(total(dinar).inc, dinar.currency), "0.550");
}

TEST(Traps, WooCommerce52338_ARefundCanStayPendingAndStillHoldsItsAmount) {
    Order order =
        returned(imported(shipped({shown_line("a", 2, amount(2000, 400))})), {{"l1", 1}}, "ac");
    order.refunds[0].state = MoneyState::pending;
    EXPECT_EQ(available_to_refund(order, order.payments[0]), Minor{1200});
    order.refunds[0].state = MoneyState::failed;
    EXPECT_EQ(available_to_refund(order, order.payments[0]), Minor{2400});
}

// Cash is rounded to 0.05 in the till: paid 12.05 for 12.03. What is over is excess, not lost.
TEST(Traps, Odoo161564_CashRoundingWithTwoTendersCloses) {
    Snapshot shown = shipped({shown_line("a", 1, amount(1003, 200))});
    shown.payments[0].amount = Minor{1000};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].method = "cash";
    shown.payments[1].amount = Minor{205};
    Order order = returned(imported(shown), {{"l1", 1}}, "ac");
    EXPECT_EQ(refunded(order), Minor{1203});
    EXPECT_EQ(excess_funds(order), Minor{2});
}

TEST(Traps, Hive7079_EachRefundNamesItsPaymentAndItsOwnAmount) {
    Snapshot shown = shipped({shown_line("a", 2, amount(2000, 400))});
    shown.payments[0].amount = Minor{1000};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].amount = Minor{1400};
    const auto plan = plan_return(imported(shown), {.lines = {{"l1", 1}}, .reason = "r"}, {});
    ASSERT_EQ(refunds_of(*plan).size(), 1U);
    EXPECT_EQ(refunds_of(*plan)[0].payment, "p2");
    EXPECT_EQ(refunds_of(*plan)[0].amount, Minor{1200});
}

TEST(Traps, Sterling_AGiftCardAndACardGetBackExactlyWhatEachPaid) {
    Snapshot shown = shipped({shown_line("a", 1, amount(10000, 1900))});
    shown.payments[0].amount = Minor{2500};
    shown.payments[0].method = "gift-card";
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].method = "card";
    shown.payments[1].amount = Minor{9400};
    Order order = returned(imported(shown), {{"l1", 1}}, "ac");
    for (const Payment& payment : order.payments)
        EXPECT_EQ(available_to_refund(order, payment), Minor{});
    EXPECT_EQ(refunded(order), Minor{11900});
}

// A published sample of an exchange: product -60.44, delivery +12.94, yet -47.49 in all.
TEST(Traps, SalesforceExchangeSample_TheTotalIsTheSumOfItsParts) {
    Snapshot shown =
        shipped({shown_line("a", 1, amount(6044, 448)), shown_line("d", 1, amount(1294, 95))});
    shown.lines[1].kind = LineKind::delivery;
    const Order order = returned(imported(shown), {{"l1", 1}}, "ac");
    EXPECT_EQ(total(order), amount(1294, 95));
    EXPECT_EQ(order.change_orders[0].delta, amount(-6044, -448));
}

// A memo of at most 500 lines overflows with a 130-line order; here a memo has as many as it needs.
TEST(Traps, SalesforceMemoCap_AMemoHasAllItsLines) {
    std::vector<SnapshotLine> lines;
    std::vector<UnitsOfLine> units;
    for (int i = 1; i <= 700; ++i) {
        lines.push_back(shown_line("a" + std::to_string(i), 1, amount(100, 7)));
        units.push_back({"l" + std::to_string(i), 1});
    }
    const Order order = returned(imported(shipped(std::move(lines))), units, "ac");
    EXPECT_EQ(order.credit_memos.at(0).lines.size(), 700U);
    EXPECT_EQ(order.credit_memos[0].total, amount(70000, 4900));
}

}  // namespace
}  // namespace orderhub::domain
