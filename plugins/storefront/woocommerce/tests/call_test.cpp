// Polls, notices and commands: what the shop is asked, and that it is asked once.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::woocommerce::testing {
namespace {

Json cancel_of(std::int64_t quantity) {
    return Json::object(
        {{"order", order_reference()},
         {"lines", Json::array({Json::object({{"line", "315"}, {"quantity", quantity}})})},
         {"reason", "changed their mind"}});
}

Json refund_of(bool by_line) {
    Json refund = Json::object({{"order", order_reference()},
                                {"payment", Json::object({{"external_id", "727"}})},
                                {"amount", "12.10"},
                                {"currency", "EUR"},
                                {"reason", "broken"}});
    if (by_line)
        refund.set("lines", Json::parse(R"([{"line": "315", "quantity": 1,
            "price": {"ex": "10.00", "tax": "2.10", "inc": "12.10"}}])"));
    return refund;
}

Json send_of(std::string_view kind, std::int64_t quantity) {
    return Json::object(
        {{"order", order_reference()},
         {"kind", kind},
         {"lines",
          Json::array({Json::object(
              {{"line", "315"}, {"sku", "MUG"}, {"name", "Mug"}, {"quantity", quantity}})})},
         {"recipient", Json::object({{"name", "Ada"}, {"city", "Dublin"}, {"country", "IE"}})},
         {"carrier", "DHL"},
         {"tracking_number", "JD 2"},
         {"reason", "lost"}});
}

class CallTest : public ::testing::Test {
protected:
    CallTest() : host(config()) { shop.attach(host); }

    Outcome run(std::string_view kind, const Json& payload, std::uint32_t attempt = 1,
                std::string_view key = "k-1") {
        const Outcome outcome = host.execute(kind, key, payload, attempt);
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        return outcome;
    }
    std::vector<std::string> ids(const Outcome& outcome) const {
        std::vector<std::string> all;
        for (const auto& [kind, record] : outcome.records)
            all.push_back(record.at("source").at("external_id").text());
        return all;
    }

    Shop shop;
    FakeHost host;
};

using Ids = std::vector<std::string>;

TEST_F(CallTest, APollBringsEveryOrderOnce) {
    for (int id = 730; id < 737; ++id)  // more than a page with one stamp
        shop.add_order(id, id < 735 ? "2026-11-22T10:00:05" : "2026-11-22T10:00:09");
    const Outcome first = host.poll();
    EXPECT_EQ(ids(first), (Ids{"727", "730", "731", "732", "733", "734", "735", "736"}));
    EXPECT_TRUE(host.requests.front().url.find("modified_after=2026-11-21T23%3A59%3A59") !=
                std::string::npos);
    EXPECT_TRUE(host.requests.front().url.find("dates_are_gmt=true") != std::string::npos);
    EXPECT_TRUE(ids(host.poll(first.cursor)).empty());
    shop.add_order(731, "2026-11-22T10:00:09");  // in the second that was read last
    const Outcome second = host.poll(first.cursor);
    EXPECT_EQ(ids(second), Ids{"731"});
    EXPECT_EQ(host.poll("{\"from\":\"2026-11-22T10:00:09Z\"}").records.size(), 3U);
}

TEST_F(CallTest, OneOrderThatIsBrokenDoesNotHoldUpTheOthers) {
    shop.add_order(726, "2026-11-22T09:59:00").set("total", "a lot");
    EXPECT_EQ(ids(host.poll()), Ids{"727"});
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_TRUE(host.logs[0].starts_with("order 726 left out")) << host.logs[0];
    EXPECT_EQ(host.receive(R"({"id": 726})").outcome, OH_REJECTED);
    shop.orders.at("726").set("total", "24.00");
    FakeHost next(config());
    shop.attach(next);
    next.state = host.state;
    const Ids again = ids(next.poll());
    EXPECT_EQ(again.front(), "726");
}

TEST_F(CallTest, ANoticeIsReadBack) {
    EXPECT_EQ(ids(host.receive(R"({"id": 727, "status": "completed", "total": "1.00"})")),
              Ids{"727"});
    EXPECT_TRUE(host.receive(R"({"id": 4})").records.empty());
    EXPECT_TRUE(host.receive(R"({"code": "woocommerce_rest_cannot_view"})").records.empty());
    EXPECT_EQ(host.receive("webhook_id=5").outcome, OH_REJECTED);
}

TEST_F(CallTest, AWholeOrderIsCancelledOnce) {
    const Outcome outcome = run("order.cancel", cancel_of(2));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("state").text(), "cancelled");
    run("order.cancel", cancel_of(2), 2);
    run("order.cancel", cancel_of(2), 1, "k-2");
    EXPECT_EQ(shop.changes, 1);
}

TEST_F(CallTest, APartOfAnOrderIsNot) {
    EXPECT_EQ(host.execute("order.cancel", "k-1", cancel_of(1)).code, "partial_cancel");
    shop.orders.at("727").set("status", "refunded");
    EXPECT_EQ(host.execute("order.cancel", "k-1", cancel_of(2)).code, "already_refunded");
    EXPECT_EQ(shop.changes, 0);
}

TEST_F(CallTest, ARefundIsOneEntryByLineWithItsTax) {
    const Outcome outcome = run("refund.create", refund_of(true));
    EXPECT_EQ(outcome.result.dump(), R"({"external_id":"801","state":"succeeded"})");
    ASSERT_EQ(shop.refunds.size(), 1U);
    EXPECT_EQ(
        shop.refunds[0]["line_items"].dump(),
        R"([{"id":315,"quantity":1,"refund_total":10.00,"refund_tax":[{"id":12,"refund_total":2.10}]}])");
    EXPECT_EQ(outcome.records.at(0).second.at("refunds").items().at(0).at("key").text(), "k-1");
    EXPECT_EQ(run("refund.create", refund_of(true)).result, outcome.result);
    EXPECT_EQ(run("refund.create", refund_of(true), 2).result, outcome.result);
    EXPECT_EQ(shop.refunds.size(), 1U);
    run("refund.create", refund_of(false), 1, "k-2");
    EXPECT_TRUE(shop.refunds[0]["line_items"].is_null());
}

TEST_F(CallTest, AnEntryThatTheGatewayHasNotConfirmedIsNotRepeated) {
    run("refund.create", refund_of(true));
    shop.refunds[0].set("refunded_payment", false);
    const Outcome again = host.execute("refund.create", "k-1", refund_of(true), 2);
    EXPECT_EQ(again.outcome, OH_UNKNOWN);
    EXPECT_EQ(again.code, "under_way");
    EXPECT_EQ(shop.refunds.size(), 1U);
}

TEST_F(CallTest, WhereTheShopOnlyNotesRefundsItsGatewayIsNotAsked) {
    Json with = config();
    with.set("refund_by", "record");
    FakeHost other(with);
    shop.attach(other);
    EXPECT_EQ(other.execute("refund.create", "k-1", refund_of(true)).outcome, OH_DONE);
    EXPECT_EQ(shop.refunds.at(0)["api_refund"], Json(false));
    EXPECT_EQ(other.execute("refund.create", "k-1", refund_of(true), 2).outcome, OH_DONE);
    EXPECT_EQ(shop.refunds.size(), 1U);
}

TEST_F(CallTest, AWholeOrderIsSentByCompletingIt) {
    const Outcome outcome = run("fulfilment.create", send_of("standard", 2));
    EXPECT_EQ(outcome.result.dump(), R"({"external_id":"completed:727","state":"shipped"})");
    EXPECT_EQ(outcome.records.at(0).second.at("fulfilments").items().at(0).at("external_id").text(),
              "completed:727");
    run("fulfilment.create", send_of("standard", 2), 2);
    EXPECT_EQ(shop.changes, 1);
    EXPECT_EQ(shop.notes.size(), 1U);
    EXPECT_EQ(host.execute("fulfilment.create", "k-2", send_of("standard", 1)).code,
              "partial_fulfilment");
}

TEST_F(CallTest, AReplacementIsANoteThatStaysInside) {
    const Outcome outcome = run("fulfilment.create", send_of("reship", 1));
    EXPECT_EQ(outcome.result.dump(), R"({"external_id":"note:900","state":"pending"})");
    run("fulfilment.create", send_of("reship", 1), 2);
    ASSERT_EQ(shop.notes.size(), 1U);
    EXPECT_EQ(shop.notes[0]["customer_note"], Json(false));
    EXPECT_EQ(shop.notes[0]["note"].text(),
              "Please send without charge:\n1 x MUG Mug\nwith DHL JD 2\nto Ada, Dublin, IE\n"
              "because: lost\n [orderhub:k-1]");
}

TEST_F(CallTest, TheCheckTellsAKeyThatMayNotWrite) {
    EXPECT_EQ(host.check().outcome, OH_DONE);
    shop.faults.push_back({"PUT", "/orders/0",
                           refusal(401, "woocommerce_rest_authentication_error",
                                   "The API key provided does not have write permissions.")});
    EXPECT_EQ(host.check().code, "no_permission");
    shop.faults.push_back({"GET", "/orders?", refusal(404, "rest_no_route", "No route was found")});
    const Outcome elsewhere = host.check();
    EXPECT_EQ(elsewhere.outcome, OH_REJECTED);
    EXPECT_TRUE(elsewhere.message.find("No route") != std::string::npos);
}

}  // namespace
}  // namespace orderhub::woocommerce::testing
