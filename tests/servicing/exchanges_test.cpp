// Other goods for units of an order: a second order, and money that moves between the two.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Exchanges : public Servicing {
protected:
    static json::object cap(const char* price = nullptr) {
        json::object item{{"sku", "CAP"}, {"name", "Cap"}, {"quantity", 1}};
        if (price != nullptr) item["unit_price"] = triple(price, "6.00", "36.00");
        return item;
    }
    static json::object input(std::int64_t quantity, json::object item) {
        json::object input = units(quantity);
        input["items"] = list(std::move(item));
        return input;
    }
    /// Gives the exchange order's id.
    std::string exchange(const json::object& how) {
        const auto done = act(Kind::exchange, how);
        EXPECT_TRUE(done) << done.error().message;
        return done ? at(*done, "/created/exchange_order") : std::string();
    }
    /// An even exchange of two mugs, the cap shipped.
    std::string shipped_exchange() {
        std::string other = exchange(input(2, cap()));
        EXPECT_TRUE(progress(deliveries("fulfilment.create").at(0), "done",
                             R"({"external_id":"w1","state":"shipped"})"));
        return other;
    }
    /// The storefront shows how it refunded under that key.
    Result<void> show_refund(const std::string& key, const char* state) {
        json::object record = mugs_record("2027-01-22T10:00:00Z");
        record["refunds"] = list(json::object{{"external_id", "sr1"},
                                              {"payment", "p1"},
                                              {"amount", "24.00"},
                                              {"state", state},
                                              {"key", key}});
        record["lines"].as_array()[0].as_object()["quantity"] = 2;
        record["lines"].as_array()[0].as_object()["ordered_quantity"] = 3;
        record["lines"].as_array()[0].as_object()["total"] = triple("20.00", "4.00", "24.00");
        record["lines"].as_array()[0].as_object()["taxes"] =
            list(json::object{{"label", "VAT"}, {"rate", "20"}, {"amount", "4.00"}});
        record["totals"] = triple("20.00", "4.00", "24.00");
        return apply("order", record);
    }
};

TEST_F(Exchanges, AnEvenOneSendsTheGoodsAtOnce) {
    const auto done = act(Kind::exchange, input(2, cap()));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/exchange/totals/inc"), "24.00");
    EXPECT_EQ(at(*done, "/plan/exchange/balance_due"), "0.00");
    EXPECT_EQ(at(*done, "/plan/transfers"), R"([{"payment":"p1","amount":"24.00"}])");
    EXPECT_EQ(at(*done, "/plan/refunds"), "[]");
    EXPECT_EQ(at(*done, "/plan/steps"),
              R"(["order.cancel","credit_memo.post","fulfilment.create"])");
    const std::string other = at(*done, "/created/exchange_order");
    const json::object order = shown(other);
    EXPECT_EQ(at(order, "/number"), "ABC123-X1");
    EXPECT_EQ(at(order, "/external_id"), "exchange:" + other);
    EXPECT_EQ(at(order, "/related/0/order_id"), id_);
    EXPECT_EQ(at(order, "/related/0/relation"), "exchanged");
    EXPECT_EQ(at(now(), "/related/0/order_id"), other);
    EXPECT_EQ(at(now(), "/related/0/number"), "ABC123-X1");
    EXPECT_EQ(at(now(), "/refunds/0/kind"), "transfer");
    EXPECT_EQ(at(now(), "/refunds/0/order"), other);
    EXPECT_EQ(at(order, "/payments/0/source_order"), id_);
    EXPECT_EQ(at(order, "/money/captured"), "24.00");
    const json::value goods = payload("fulfilment.create");
    EXPECT_EQ(at(goods, "/kind"), "exchange");
    EXPECT_EQ(at(goods, "/order/external_id"), "24");
    EXPECT_EQ(at(goods, "/lines"), R"([{"sku":"CAP","name":"Cap","quantity":1}])");
    EXPECT_EQ(deliveries("fulfilment.create").at(0).order_id, other);
}

TEST_F(Exchanges, DearerGoodsWaitForTheRestOfTheMoney) {
    const std::string other = exchange(input(2, cap("30.00")));
    EXPECT_EQ(at(shown(other), "/money/balance_due"), "12.00");
    EXPECT_TRUE(deliveries("fulfilment.create").empty());
    const auto paid = Desk::act(
        Kind::record_payment, other,
        {{"method", "cash"}, {"reference", "till 4"}, {"amount", "12.00"}, {"reason", "rest"}});
    ASSERT_TRUE(paid) << paid.error().message;
    EXPECT_EQ(at(*paid, "/plan/steps"), R"(["fulfilment.create"])");
    EXPECT_EQ(deliveries("fulfilment.create").size(), 1U);
    EXPECT_EQ(at(shown(other), "/fulfilments/0/state"), "pending");
}

TEST_F(Exchanges, MoneyThatWasTakenByHandGoesBackByHand) {
    const std::string other = exchange(input(2, cap("30.00")));
    ASSERT_TRUE(Desk::act(Kind::record_payment, other,
                          {{"method", "cash"}, {"amount", "12.00"}, {"reason", "rest"}}));
    ASSERT_TRUE(progress(deliveries("fulfilment.create").at(0), "done", R"({"state":"shipped"})"));
    json::object back = units(1);
    back["tenders"] = list(json::object{{"payment", "recorded:1"}, {"amount", "12.00"}});
    const auto done = Desk::act(Kind::return_, other, back);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "24.00");
    EXPECT_EQ(at(shown(other), "/refunds/0/state"), "pending");
    EXPECT_EQ(at(shown(other), "/exceptions/0/code"), "refund_by_hand");
    ASSERT_TRUE(Desk::act(
        Kind::resolve_exception, other,
        {{"exception", at(shown(other), "/exceptions/0/id")}, {"reason", "paid at the till"}}));
    EXPECT_EQ(at(shown(other), "/refunds/0/state"), "succeeded");
}

TEST_F(Exchanges, NoRecordTouchesAnExchangeOrder) {
    const std::string other = exchange(input(2, cap()));
    json::object record = mugs_record("2027-01-22T10:00:00Z");
    record["source"].as_object()["external_id"] = "exchange:" + other;
    EXPECT_EQ(apply("order", record).error().field, "/source/external_id");
}

TEST_F(Exchanges, CheaperGoodsLeaveSomethingToRefund) {
    const auto done = act(Kind::exchange, input(3, [] {
                              json::object item = cap();
                              item["unit_price"] = triple("20.00", "4.00", "24.00");
                              return item;
                          }()));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/refunds/0/amount"), "12.00");
    EXPECT_EQ(at(*done, "/plan/transfers/0/amount"), "24.00");
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "12.00");
}

TEST_F(Exchanges, AnInspectedOneIsPaidWhenTheReturnCloses) {
    json::object how = input(3, cap());
    how["inspect"] = true;
    const std::string other = exchange(how);
    EXPECT_EQ(at(shown(other), "/money/balance_due"), "24.00");
    EXPECT_TRUE(deliveries("fulfilment.create").empty());
    const std::string rma = at(now(), "/return_orders/0/id");
    EXPECT_EQ(at(now(), "/return_orders/0/exchange_order"), other);
    const json::object receipt{
        {"return_line", "r1"}, {"accepted", 2}, {"rejected", 0}, {"condition", "new"}};
    ASSERT_TRUE(act(Kind::receive_return, {{"return_order", rma}, {"lines", list(receipt)}}));
    const auto closed = act(Kind::close_return, {{"return_order", rma}});
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_EQ(at(*closed, "/plan/transfers"), R"([{"payment":"p1","amount":"24.00"}])");
    EXPECT_EQ(at(*closed, "/plan/steps"), R"(["credit_memo.post","fulfilment.create"])");
    EXPECT_TRUE(deliveries("refund.create").empty());
    EXPECT_EQ(at(shown(other), "/money/balance_due"), "0.00");
    EXPECT_EQ(deliveries("fulfilment.create").at(0).order_id, other);
}

TEST_F(Exchanges, ALaterRefundGoesToThePaymentThatTheMoneyCameFrom) {
    const std::string other = shipped_exchange();
    const auto done = Desk::act(Kind::return_, other, units(1));
    ASSERT_TRUE(done) << done.error().message;
    const auto refund = deliveries("refund.create").at(0);
    EXPECT_EQ(refund.order_id, other);
    EXPECT_EQ(at(payload("refund.create"), "/payment/external_id"), "p1");
    EXPECT_EQ(at(payload("refund.create"), "/order/external_id"), "24");
    const json::object first = now();
    EXPECT_EQ(at(first, "/refunds/0/amount"), "0.00");
    EXPECT_EQ(at(first, "/refunds/1/amount"), "24.00");
    EXPECT_EQ(at(first, "/refunds/1/order"), other);
    EXPECT_EQ(at(first, "/money/refunded"), "24.00");
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"sr1","state":"pending"})"));
    EXPECT_EQ(at(now(), "/refunds/1/state"), "pending");
    ASSERT_TRUE(show_refund(refund.key, "succeeded"));
    EXPECT_EQ(at(now(), "/refunds/1/state"), "succeeded");
    EXPECT_EQ(at(shown(other), "/refunds/0/state"), "succeeded");
    EXPECT_EQ(at(now(), "/money/refunded"), "24.00");
    EXPECT_EQ(at(now(), "/refunds/2"), "(nothing at /refunds/2)");
}

TEST_F(Exchanges, ARefundThatFailsLeavesTheMoneyWhereItWas) {
    const std::string other = shipped_exchange();
    ASSERT_TRUE(Desk::act(Kind::return_, other, units(1)));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(refund, "done",
                         R"({"external_id":"sr1","state":"failed","message":"card closed"})"));
    EXPECT_EQ(at(now(), "/refunds/0/amount"), "24.00");
    EXPECT_EQ(at(now(), "/refunds/1/state"), "failed");
    EXPECT_EQ(at(shown(other), "/exceptions/0/code"), "refund_failed");
    const auto again =
        Desk::act(Kind::retry_refund, other,
                  {{"refund", at(shown(other), "/refunds/0/id")}, {"reason", "new card"}});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(at(now(), "/refunds/0/amount"), "0.00");
    EXPECT_EQ(at(now(), "/refunds/2/amount"), "24.00");
}

TEST_F(Exchanges, AnExchangeOfAnExchangeLeadsBackToTheFirstPayment) {
    const std::string other = shipped_exchange();
    const auto second = Desk::act(Kind::exchange, other, input(1, cap()));
    ASSERT_TRUE(second) << second.error().message;
    const std::string third = at(*second, "/created/exchange_order");
    EXPECT_EQ(at(shown(third), "/number"), "ABC123-X1-X1");
    EXPECT_EQ(at(payload("fulfilment.create", 1), "/order/external_id"), "24");
    ASSERT_TRUE(progress(deliveries("fulfilment.create").at(1), "done", R"({"state":"shipped"})"));
    const auto done = Desk::act(Kind::return_, third, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(payload("refund.create"), "/payment/external_id"), "p1");
    EXPECT_EQ(at(now(), "/money/refunded"), "24.00");
    EXPECT_EQ(at(shown(other), "/money/refunded"), "24.00");
    EXPECT_EQ(at(shown(third), "/money/refunded"), "24.00");
}

TEST_F(Exchanges, CancellingAnExchangeOrderConcernsNoStorefront) {
    const std::string other = exchange(input(2, cap("30.00")));
    const auto done = Desk::act(Kind::cancel, other, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_TRUE(deliveries("order.cancel").size() == 1U);
    EXPECT_EQ(at(*done, "/plan/steps"), R"(["refund.create"])");
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "24.00");
}

}  // namespace
}  // namespace orderhub::servicing
