#include "hub/domain/exchange.hpp"

#include <gtest/gtest.h>

#include "hub/domain/payments.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

const Context kContext{{}, "agent:ada", 7000};

/// An order of three units of one line, shipped as far as `shipped`, paid by one card.
Snapshot three_units(const char* code, TaxLocale locale, const Amount& total,
                     std::int64_t shipped = 3) {
    Snapshot shown = three_mugs();
    shown.currency = *currency(code);
    shown.tax_locale = locale;
    shown.lines = {shown_line("a", 3, total)};
    shown.totals = total;
    shown.payments[0].amount = total.inc;
    if (shipped > 0)
        shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", shipped)};
    return shown;
}

ExchangeInput exchange_of(std::int64_t units, std::vector<ExchangeItem> items) {
    ExchangeInput input;
    input.lines = {{"l1", units}};
    input.items = std::move(items);
    input.reason = "wrong size";
    return input;
}

Plan planned(const Snapshot& shown, const ExchangeInput& input) {
    auto plan = plan_exchange(imported(shown), input, kContext);
    EXPECT_TRUE(plan) << plan.error().field << ": " << plan.error().message;
    return plan ? *std::move(plan) : Plan{};
}

/// What was moved to the new order, and what goes back to the customer.
std::pair<Minor, Minor> moved_and_refunded(const Plan& plan) {
    Minor moved, back;
    for (const Refund& each : refunds_of(plan))
        (each.kind == RefundKind::transfer ? moved : back) += each.amount;
    return {moved, back};
}

TEST(EvenExchange, CostsExactlyWhatIsGivenBack) {
    const Plan plan = planned(three_units("EUR", TaxLocale::net, amount(3000, 600)),
                              exchange_of(2, {{"MUG-RED", "Red mug", 3, {}}}));
    const Order& made = *plan.exchange;
    ASSERT_EQ(made.lines.size(), 1U);
    const Line& line = made.lines[0];
    EXPECT_EQ(line.id, "l1");
    EXPECT_EQ(line.sku, "MUG-RED");
    EXPECT_EQ(line.name, "Red mug");
    EXPECT_EQ(line.ordered, 3);
    EXPECT_EQ(line.original, amount(2000, 400));
    EXPECT_EQ(line.list, amount(2000, 400));
    EXPECT_EQ(line.unit_price, amount(667, 133));
    ASSERT_EQ(line.pools.size(), 1U);
    ASSERT_EQ(line.pools[0].taxes.size(), 1U);
    EXPECT_EQ(line.pools[0].taxes[0].label, "VAT");
    EXPECT_EQ(line.pools[0].taxes[0].rate, "20");
    EXPECT_EQ(line.pools[0].taxes[0].amount, Minor{400});
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{2400}, Minor{}));
    EXPECT_EQ(balance_due(made), Minor{});
    EXPECT_EQ(total(plan.order), amount(1000, 200));
    EXPECT_EQ(excess_funds(plan.order), Minor{});
}

TEST(EvenExchange, MovesTheMoneyToTheNewOrder) {
    const Plan plan = planned(three_units("EUR", TaxLocale::net, amount(3000, 600)),
                              exchange_of(1, {{"MUG-RED", {}, 1, {}}}));
    const auto refunds = refunds_of(plan);
    ASSERT_EQ(refunds.size(), 1U);
    EXPECT_EQ(refunds[0].kind, RefundKind::transfer);
    EXPECT_EQ(refunds[0].state, MoneyState::succeeded);
    EXPECT_EQ(refunds[0].payment, "p1");
    ASSERT_EQ(plan.transfers.size(), 1U);
    EXPECT_EQ(plan.transfers[0].amount, Minor{1200});
    EXPECT_TRUE(plan.transfers[0].order_id.empty());
    ASSERT_EQ(plan.exchange->payments.size(), 1U);
    const Payment& payment = plan.exchange->payments[0];
    EXPECT_EQ(payment.external_id, "transfer:p1");
    EXPECT_EQ(payment.method, "card");
    EXPECT_EQ(payment.state, PaymentState::captured);
    EXPECT_EQ(payment.amount, Minor{1200});
    EXPECT_EQ(payment.source_order, "os_1");
    EXPECT_EQ(payment.source_payment, "p1");
    EXPECT_EQ(payment.at, 7000);
}

TEST(EvenExchange, TheNewOrderIsTheCustomersAndLinkedBothWays) {
    Snapshot shown = three_units("EUR", TaxLocale::net, amount(3000, 600));
    shown.channel = "web";
    shown.shipping_address.city = "Berlin";
    shown.delivery_groups = {{"g1", shown.shipping_address, "post"}, {"g2", {}, "courier"}};
    shown.lines[0].delivery_group = "g1";
    const Plan plan = planned(shown, exchange_of(1, {{"MUG-RED", {}, 1, {}}}));
    const Order& made = *plan.exchange;
    EXPECT_TRUE(made.id.empty());
    EXPECT_TRUE(made.number.empty());
    EXPECT_TRUE(made.external_id.empty());
    EXPECT_TRUE(made.managed);
    EXPECT_EQ(made.connector, "shop");
    EXPECT_EQ(made.channel, "web");
    EXPECT_EQ(made.currency.code, "EUR");
    EXPECT_EQ(made.customer.email, "ada@example.test");
    EXPECT_EQ(made.shipping_address.city, "Berlin");
    ASSERT_EQ(made.delivery_groups.size(), 1U);
    EXPECT_EQ(made.delivery_groups[0].recipient.city, "Berlin");
    EXPECT_EQ(made.lines[0].delivery_group, "g1");
    EXPECT_EQ(made.lines[0].name, "MUG-RED");
    EXPECT_EQ(made.placed_at, 7000);
    EXPECT_EQ(status(made), OrderStatus::ordered);
    ASSERT_EQ(made.related.size(), 1U);
    EXPECT_EQ(made.related[0].relation, Relation::exchanged);
    EXPECT_EQ(made.related[0].order_id, "os_1");
    EXPECT_EQ(made.related[0].number, "ABC123");
    ASSERT_EQ(plan.order.related.size(), 1U);
    EXPECT_EQ(plan.order.related[0].relation, Relation::exchange);
    EXPECT_TRUE(plan.order.related[0].order_id.empty());
}

TEST(EvenExchange, GrossPricesCloseToTheCent) {
    // 10.00 with tax for three: one costs 3.33 of which 0.56 is tax.
    const Plan plan =
        planned(three_units("EUR", TaxLocale::gross, {Minor{833}, Minor{167}, Minor{1000}}),
                exchange_of(1, {{"A", {}, 1, {}}, {"B", {}, 1, {}}}));
    EXPECT_EQ(changes_of(plan)[0].delta, amount(-277, -56));
    EXPECT_EQ(plan.exchange->lines[0].original, amount(139, 28));
    EXPECT_EQ(plan.exchange->lines[1].original, amount(138, 28));
    EXPECT_EQ(total(*plan.exchange).inc, Minor{333});
    EXPECT_EQ(total(plan.order).inc, Minor{667});
    EXPECT_EQ(balance_due(*plan.exchange), Minor{});
}

// Published as Stripe for SFCC 31: money of a currency without decimals was multiplied by 100.
TEST(EvenExchange, YenHaveNoDecimals) {
    const Plan plan =
        planned(three_units("JPY", TaxLocale::gross, {Minor{909}, Minor{91}, Minor{1000}}),
                exchange_of(1, {{"A", {}, 2, {}}}));
    EXPECT_EQ(plan.exchange->lines[0].original, amount(303, 30));
    EXPECT_EQ(plan.exchange->lines[0].unit_price, amount(152, 15));
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{333}, Minor{}));
}

TEST(EvenExchange, DinarsHaveThreeDecimals) {
    const Plan plan = planned(three_units("BHD", TaxLocale::net, amount(10'000, 1'000)),
                              exchange_of(2, {{"A", {}, 1, {}}, {"B", {}, 2, {}}}));
    EXPECT_EQ(plan.exchange->lines[0].original, amount(2'222, 222));
    EXPECT_EQ(plan.exchange->lines[1].original, amount(4'445, 445));
    EXPECT_EQ(total(*plan.exchange), amount(6'667, 667));
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{7'334}, Minor{}));
}

TEST(EvenExchange, SeveralTaxesStayApart) {
    Snapshot shown = three_units("USD", TaxLocale::net, amount(3000, 315));
    shown.lines[0].taxes = {{"State", "10", Minor{300}}, {"City", "0.5", Minor{15}}};
    const Plan plan = planned(shown, exchange_of(3, {{"A", {}, 2, {}}, {"B", {}, 1, {}}}));
    const auto& taxes = plan.exchange->lines[0].pools[0].taxes;
    ASSERT_EQ(taxes.size(), 2U);
    EXPECT_EQ(taxes[0].amount, Minor{200});
    EXPECT_EQ(taxes[1].amount, Minor{10});
    EXPECT_EQ(plan.exchange->lines[1].original, amount(1000, 105));
    const Plan priced = planned(shown, exchange_of(1, {{"A", {}, 2, amount(1000, 106)}}));
    const auto& parts = priced.exchange->lines[0].pools[0].taxes;
    EXPECT_EQ(parts[0].label, "State");
    EXPECT_EQ(parts[0].amount, Minor{202});
    EXPECT_EQ(parts[1].amount, Minor{10});
}

TEST(UnevenExchange, WhatLacksIsTheNewOrdersBalance) {
    const Plan plan = planned(three_units("EUR", TaxLocale::net, amount(3000, 600)),
                              exchange_of(1, {{"JUG", {}, 1, amount(1500, 300)}}));
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{1200}, Minor{}));
    EXPECT_EQ(plan.exchange->lines[0].unit_price, amount(1500, 300));
    EXPECT_EQ(balance_due(*plan.exchange), Minor{600});
    const auto paid = plan_record_payment(*plan.exchange, {"cash", {}, Minor{600}, "r"}, kContext);
    ASSERT_TRUE(paid) << paid.error().message;
    EXPECT_EQ(balance_due(paid->order), Minor{});
}

TEST(UnevenExchange, WhatIsLeftOverGoesBackWhereAPersonSays) {
    Snapshot shown = three_units("EUR", TaxLocale::net, amount(3000, 600));
    shown.payments[0].amount = Minor{3000};
    shown.payments.push_back(shown.payments[0]);
    shown.payments[1].external_id = "p2";
    shown.payments[1].method = "gift_card";
    shown.payments[1].amount = Minor{600};
    ExchangeInput input = exchange_of(2, {{"CUP", {}, 1, amount(1500, 300)}});
    input.tenders.sequence = {{"p2", {}, Minor{600}}};
    const Plan plan = planned(shown, input);
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{1800}, Minor{600}));
    const auto refunds = refunds_of(plan);
    EXPECT_EQ(refunds[0].kind, RefundKind::change);
    EXPECT_EQ(refunds[0].payment, "p2");
    EXPECT_EQ(refunds[1].kind, RefundKind::transfer);
    EXPECT_EQ(refunds[1].payment, "p1");
    EXPECT_EQ(balance_due(*plan.exchange), Minor{});
    EXPECT_EQ(excess_funds(plan.order), Minor{});
}

TEST(Exchange, TakesUnitsThatDidNotLeaveBeforeThoseThatDid) {
    const Plan plan = planned(three_units("EUR", TaxLocale::net, amount(3000, 600), 1),
                              exchange_of(3, {{"A", {}, 3, {}}}));
    const auto changes = changes_of(plan);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].kind, ChangeKind::cancel);
    EXPECT_EQ(changes[0].stage, Stage::pre);
    EXPECT_EQ(changes[0].echo, Echo::expected);
    EXPECT_EQ(changes[0].lines[0].quantity, 2);
    EXPECT_EQ(changes[0].delta, amount(-2000, -400));
    EXPECT_EQ(changes[1].kind, ChangeKind::return_);
    EXPECT_EQ(changes[1].stage, Stage::post);
    EXPECT_EQ(changes[1].echo, Echo::none);
    EXPECT_EQ(changes[1].lines[0].quantity, 1);
    EXPECT_EQ(changes[1].actor, "agent:ada");
    EXPECT_EQ(changes[1].reason, "wrong size");
    ASSERT_EQ(plan.order.credit_memos.size(), 1U);
    EXPECT_EQ(plan.order.credit_memos[0].total, amount(1000, 200));
    EXPECT_EQ(plan.order.lines[0].cancelled, 2);
    EXPECT_EQ(plan.order.lines[0].returned, 1);
    EXPECT_EQ(plan.order.lines[0].quantity(), 0);
    EXPECT_EQ(total(plan.order), Amount{});
}

TEST(Exchange, OfUnitsThatNobodyPaidYetLeavesTheNewOrderToPay) {
    Snapshot shown = three_units("EUR", TaxLocale::net, amount(3000, 600), 0);
    shown.payments[0].state = PaymentState::authorized;
    const Plan plan = planned(shown, exchange_of(1, {{"A", {}, 1, {}}}));
    EXPECT_TRUE(refunds_of(plan).empty());
    EXPECT_TRUE(plan.transfers.empty());
    EXPECT_TRUE(plan.exchange->payments.empty());
    EXPECT_TRUE(plan.order.credit_memos.empty());
    EXPECT_EQ(balance_due(*plan.exchange), Minor{1200});
}

TEST(Exchange, MovesNoMoreThanWasPaidForTheUnits) {
    Snapshot shown = three_units("EUR", TaxLocale::net, amount(3000, 600));
    shown.payments[0].amount = Minor{2900};
    const Plan plan = planned(shown, exchange_of(1, {{"A", {}, 1, {}}}));
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{500}, Minor{}));
    EXPECT_EQ(balance_due(*plan.exchange), Minor{700});
}

TEST(Exchange, AFeeLowersWhatIsMovedNotThePriceOfTheItems) {
    ExchangeInput input = exchange_of(1, {{"A", {}, 1, {}}});
    input.fees = {{"Restocking", FeeBasis::percentage, 1'000}};
    const Plan plan = planned(three_units("EUR", TaxLocale::net, amount(3000, 600)), input);
    EXPECT_EQ(total(*plan.exchange), amount(1000, 200));
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{1080}, Minor{}));
    EXPECT_EQ(balance_due(*plan.exchange), Minor{120});
    ASSERT_EQ(plan.order.invoices.size(), 1U);
    EXPECT_EQ(plan.order.invoices[0].total, amount(100, 20));
    ASSERT_EQ(plan.order.credit_memos.size(), 1U);
    EXPECT_EQ(plan.order.credit_memos[0].total, amount(1000, 200));
}

TEST(Exchange, TheDeliveryChargesShareGoesBackBesides) {
    Snapshot shown = three_mugs();
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 3)};
    ExchangeInput input = exchange_of(3, {{"A", {}, 3, {}}});
    input.delivery = DeliveryRule::proportional;
    const Plan plan = planned(shown, input);
    EXPECT_EQ(total(*plan.exchange), amount(3000, 600));
    EXPECT_EQ(moved_and_refunded(plan), std::pair(Minor{3600}, Minor{600}));
    EXPECT_EQ(total(plan.order), Amount{});
}

TEST(Exchange, NamesTheFieldThatIsWrong) {
    const Order order = imported(three_units("EUR", TaxLocale::net, amount(3000, 600), 2));
    const auto field = [&](const ExchangeInput& input) {
        const auto plan = plan_exchange(order, input, kContext);
        return plan ? "none" : plan.error().field;
    };
    EXPECT_EQ(field(exchange_of(3, {{"A", {}, 1, {}}})), "none");
    EXPECT_EQ(field(exchange_of(4, {{"A", {}, 1, {}}})), "/lines/0/quantity");
    EXPECT_EQ(field(exchange_of(1, {})), "/items");
    EXPECT_EQ(field(exchange_of(1, {{"A", {}, 1, {}}, {"", "B", 1, {}}})), "/items/1/sku");
    EXPECT_EQ(field(exchange_of(1, {{"A", {}, 0, {}}})), "/items/0/quantity");
    EXPECT_EQ(field(exchange_of(1, {{"A", {}, 1, {}}, {"B", {}, 1, amount(1, 0)}})),
              "/items/1/unit_price");
    EXPECT_EQ(field(exchange_of(1, {{"A", {}, 1, Amount{Minor{1}, Minor{1}, Minor{1}}}})),
              "/items/0/unit_price");
    EXPECT_EQ(field(exchange_of(1, {{"A", {}, 1, amount(-1, 0)}})), "/items/0/unit_price");
    EXPECT_EQ(field(exchange_of(1, {{"A", {}, 1'000'000'000'000, amount(100'000'000, 0)}})),
              "/items/0/quantity");
    ExchangeInput costly = exchange_of(1, {{"A", {}, 1, {}}});
    costly.fees = {{"Restocking", FeeBasis::amount_with_tax, 1201}};
    EXPECT_EQ(field(costly).substr(0, 5), "/fees");
}

}  // namespace
}  // namespace orderhub::domain
