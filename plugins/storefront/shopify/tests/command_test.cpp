// What each command asks of the shop, and what it refuses.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::shopify::testing {
namespace {

constexpr const char* kNumber = "820982911946154508";

struct Bench {
    explicit Bench(std::string_view first = "gross_order_discount", Json with = config())
        : shop(first), host(with) {
        shop.attach(host);
    }
    Outcome run(const char* kind, const char* key, const std::string& more,
                std::uint32_t attempt = 1) {
        const std::string number = shop.order["id"].text().substr(20);
        return host.execute(kind, key,
                            payload(number, shop.order["presentmentCurrencyCode"].text(), more),
                            attempt);
    }
    Shop shop;
    FakeHost host;
};

constexpr auto kRefund = R"({"payment": {"external_id": "91"}, "amount": "20.25", "currency": "USD",
    "reason": "Torn", "lines": [{"line": "11", "quantity": 1, "price": {"ex": "17.02", "tax": "3.23", "inc": "20.25"}}]})";
constexpr auto kOneUnit = R"({"lines": [{"line": "11", "quantity": 1}], "reason": "Out of stock"})";
constexpr auto kAllUnits =
    R"({"lines": [{"line": "11", "quantity": 2}], "reason": "changed their mind"})";
constexpr auto kSend =
    R"({"kind": "standard", "lines": [{"line": "11", "sku": "CUP-1", "name": "Cup", "quantity": 1}],
    "recipient": {}, "carrier": "DHL", "tracking_number": "JD1", "reason": ""})";

TEST(Refund, GivesBackItsPaymentWithTheKeyAsDirectiveAndInTheNote) {
    Bench bench;
    const Outcome done = bench.run("refund.create", "r-1", kRefund);
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    EXPECT_EQ(done.result["state"].text(), "succeeded");
    const Json& asked = bench.shop.asked("HubMakeRefund");
    EXPECT_EQ(asked["key"].text(), "r-1");
    EXPECT_EQ(asked["input"]["note"].text(), "Torn [orderhub:r-1]");
    EXPECT_EQ(asked["input"]["currency"].text(), "USD");
    const Json& transaction = asked["input"]["transactions"].items().front();
    EXPECT_EQ(transaction["parentId"].text(), "gid://shopify/OrderTransaction/91");
    EXPECT_EQ(transaction["amount"].text(), "20.25");
    const Json& line = asked["input"]["refundLineItems"].items().front();
    EXPECT_EQ(line["restockType"].text(), "NO_RESTOCK");
    ASSERT_EQ(done.records.size(), 1U);
    EXPECT_EQ(done.records.front().second["refunds"].items().front()["key"].text(), "r-1");
    EXPECT_EQ(bench.run("refund.create", "r-1", kRefund, 2).result, done.result);
    EXPECT_EQ(bench.shop.count("HubMakeRefund"), 1U);
}

TEST(Refund, OfWhatCannotBeGivenBackIsRefused) {
    Bench bench("net_two_taxes");
    const auto refund = [](const char* payment, const char* currency) {
        return std::string(R"({"payment": {"external_id": ")") + payment +
               R"("}, "amount": "1.00", "currency": ")" + currency + R"(", "reason": "x"})";
    };
    EXPECT_EQ(bench.run("refund.create", "r-1", refund("92", "USD")).code, "not_captured");
    EXPECT_EQ(bench.run("refund.create", "r-1", refund("1", "USD")).code, "no_such_payment");
    EXPECT_EQ(bench.run("refund.create", "r-1", refund("92", "EUR")).code, "wrong_currency");
    EXPECT_EQ(bench.shop.writes, 0);
}

TEST(Cancel, OfAllUnitsCancelsTheOrderWithoutMoney) {
    Bench bench;
    const Outcome done = bench.run("order.cancel", "d-1", kAllUnits);
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    const Json& asked = bench.shop.asked("HubCancel");
    EXPECT_EQ(asked["note"].text(), "changed their mind [orderhub:d-1]");
    EXPECT_EQ(asked["notify"], Json(false));
    EXPECT_EQ(bench.shop.count("HubJob"), 1U);
    EXPECT_EQ(done.records.front().second["state"].text(), "cancelled");
    EXPECT_EQ(done.records.front().second["cancellations"].items().front()["key"].text(), "d-1");
    EXPECT_EQ(bench.run("order.cancel", "d-2", kOneUnit).outcome, OH_DONE) << "nothing is left";
    EXPECT_EQ(bench.shop.writes, 1);
}

TEST(Cancel, OfSomeUnitsIsARefundWithoutMoney) {
    Bench bench;
    const Outcome done = bench.run("order.cancel", "d-1", kOneUnit);
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    const Json& input = bench.shop.asked("HubMakeRefund")["input"];
    EXPECT_TRUE(input["transactions"].is_null());
    EXPECT_EQ(input["refundLineItems"].items().front()["restockType"].text(), "CANCEL");
    const Json& record = done.records.front().second;
    EXPECT_EQ(record["lines"].items().front()["quantity"].integer(), 1);
    EXPECT_EQ(record["cancellations"].items().front()["key"].text(), "d-1");
    EXPECT_TRUE(record["refunds"].is_null());
}

TEST(Capture, TakesWhatIsAuthorizedOnce) {
    Bench bench("net_two_taxes");
    constexpr auto kCapture =
        R"({"payment": {"external_id": "92"}, "amount": "93.45", "currency": "USD"})";
    const Outcome done = bench.run("payment.capture", "c-1", kCapture);
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    EXPECT_EQ(done.result["state"].text(), "succeeded");
    EXPECT_EQ(bench.shop.asked("HubCapture")["input"]["parentTransactionId"].text(),
              "gid://shopify/OrderTransaction/92");
    EXPECT_EQ(bench.run("payment.capture", "c-1", kCapture, 2).result, done.result);
    EXPECT_EQ(bench.shop.writes, 1);
    EXPECT_EQ(bench
                  .run("payment.capture", "c-2",
                       R"({"payment": {"external_id": "92"}, "amount": "1.00", "currency": "USD"})")
                  .code,
              "captured_otherwise");
}

TEST(Capture, OfARestIsThePaymentBehindIt) {
    Bench bench("dinar_edited");
    const Outcome done =
        bench.run("payment.capture", "c-1",
                  R"({"payment": {"external_id": "105-2"}, "amount": "6.490", "currency": "BHD"})");
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    const auto& payments = done.records.front().second["payments"].items();
    EXPECT_EQ(payments[1]["state"].text(), "captured");
    EXPECT_EQ(payments[1]["amount"].text(), "6.490");
}

TEST(Reverse, GivesUpAnAuthorizationAsAWhole) {
    Bench bench("net_two_taxes");
    const auto reverse = [](const char* amount) {
        return std::string(
                   R"({"payment": {"external_id": "92"}, "currency": "USD", "reason": "x", "amount": ")") +
               amount + "\"}";
    };
    EXPECT_EQ(bench.run("payment.reverse", "v-1", reverse("1.00")).code, "part_of_authorization");
    EXPECT_EQ(bench.run("payment.reverse", "v-1", reverse("93.45")).outcome, OH_DONE);
    EXPECT_EQ(bench.run("payment.reverse", "v-1", reverse("93.45"), 2).outcome, OH_DONE);
    EXPECT_EQ(bench.shop.writes, 1);
}

TEST(Fulfilment, IsAnnouncedAndMadeOnce) {
    Bench bench;
    const Outcome done = bench.run("fulfilment.create", "f-1", kSend);
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    EXPECT_EQ(done.result["state"].text(), "shipped");
    EXPECT_EQ(bench.shop.marks.at("f-1"), "[]");
    EXPECT_EQ(bench.run("fulfilment.create", "f-1", kSend, 2).result, done.result);
    EXPECT_EQ(bench.shop.writes, 1);
    const Outcome other = bench.run("fulfilment.create", "f-2", kSend, 2);
    EXPECT_NE(other.result["external_id"], done.result["external_id"])
        << "another one with the same units is not taken for the first";
    EXPECT_EQ(bench.shop.writes, 2);
}

TEST(Fulfilment, OfMoreThanOnePlaceHasIsRefused) {
    Bench bench;
    std::string much = kSend;
    much.replace(much.find("\"quantity\": 1"), 13, "\"quantity\": 3");
    EXPECT_EQ(bench.run("fulfilment.create", "f-1", much).code, "not_at_one_place");
    EXPECT_EQ(bench.shop.writes, 0);
}

TEST(Fulfilment, IsMovedOn) {
    Bench bench("cancelled_and_returned_units");
    const auto move = [&](const char* state, const char* tracking) {
        return bench.run(
            "fulfilment.update", "u-1",
            std::string(R"({"fulfilment": {"external_id": "61"}, "reason": "", "state": ")") +
                state + R"(", "tracking_number": ")" + tracking + "\"}");
    };
    EXPECT_EQ(move("shipped", "JD0002").outcome, OH_DONE);
    EXPECT_EQ(bench.shop.writes, 0) << "it is there already";
    EXPECT_EQ(move("delivered", "JD0003").outcome, OH_DONE);
    EXPECT_EQ(bench.shop.asked("HubTrack")["tracking"]["number"].text(), "JD0003");
    EXPECT_EQ(bench.shop.asked("HubTrack")["tracking"]["company"].text(), "DHL");
    EXPECT_EQ(bench.shop.count("HubDelivered"), 1U);
    EXPECT_EQ(move("cancelled", "JD0002").outcome, OH_DONE);
    EXPECT_EQ(bench.shop.count("HubCancelFulfilment"), 1U);
    EXPECT_EQ(bench
                  .run("fulfilment.update", "u-2",
                       R"({"fulfilment": {"external_id": "1"}, "reason": "", "state": "shipped"})")
                  .code,
              "no_such_fulfilment");
}

TEST(Fulfilment, OfWhatTheShopDoesNotSellIsANoteOnce) {
    Bench bench;
    bench.shop.order.set("note", "leave at the door");
    std::string reship = kSend;
    reship.replace(reship.find("standard"), 8, "reship");
    const Outcome done = bench.run("fulfilment.create", "f-1", reship);
    ASSERT_EQ(done.outcome, OH_DONE) << done.message;
    EXPECT_EQ(done.result["external_id"].text(), "note:f-1");
    const std::string note = bench.shop.order["note"].text();
    EXPECT_TRUE(
        note.starts_with("leave at the door\n\nPlease send without charge:\n1 x CUP-1 Cup"));
    EXPECT_TRUE(note.ends_with("[orderhub:f-1]"));
    bench.run("fulfilment.create", "f-1", reship, 2);
    EXPECT_EQ(bench.shop.writes, 1);
    bench.shop.order.set("note", std::string(4990, 'x'));
    EXPECT_EQ(bench.run("fulfilment.create", "f-2", reship).code, "note_is_full");
}

TEST(Command, OnAnOrderThatIsNotThereIsRefused) {
    Bench bench;
    bench.shop.order.set("id", "gid://shopify/Order/1");
    const Outcome refused =
        bench.host.execute("order.cancel", "d-1", payload(kNumber, "USD", kOneUnit));
    EXPECT_EQ(refused.code, "no_such_order");
}

}  // namespace
}  // namespace orderhub::shopify::testing
