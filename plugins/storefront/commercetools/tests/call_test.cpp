// Polls and commands: what the project is asked, once, and what is decided when versions collide.
#include <gtest/gtest.h>

#include "project.hpp"

namespace orderhub::commercetools::testing {
namespace {

using Names = std::vector<std::string>;

Json cancel_of(std::int64_t quantity) {
    return Json::object(
        {{"order", order_reference()},
         {"lines", Json::array({Json::object({{"line", "l-1"}, {"quantity", quantity}})})},
         {"reason", "changed their mind"}});
}

Json refund_of(const char* amount = "12.10") {
    return Json::object({{"order", order_reference()},
                         {"payment", Json::object({{"external_id", "p-1"}})},
                         {"amount", amount},
                         {"currency", "EUR"},
                         {"reason", "too small"},
                         {"lines", Json::parse(R"([{"line": "l-1", "quantity": 1,
            "price": {"ex": "10.00", "tax": "2.10", "inc": "12.10"}}])")}});
}

Json send_of(std::string_view kind, std::int64_t quantity) {
    return Json::object(
        {{"order", order_reference()},
         {"kind", kind},
         {"lines",
          Json::array({Json::object(
              {{"line", "l-1"}, {"sku", "MUG"}, {"name", "Mug"}, {"quantity", quantity}})})},
         {"recipient", Json::object({{"name", "Ada"}})},
         {"carrier", "DHL"},
         {"tracking_number", "JD 2"},
         {"reason", ""}});
}

class CallTest : public ::testing::Test {
protected:
    CallTest() : host(config()) { project.attach(host); }

    Outcome run(std::string_view kind, const Json& payload, std::uint32_t attempt = 1,
                std::string_view key = "k-1") {
        const Outcome outcome = host.execute(kind, key, payload, attempt);
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        return outcome;
    }
    Names ids(const Outcome& outcome) const {
        Names all;
        for (const auto& [kind, record] : outcome.records)
            all.push_back(record.at("source").at("external_id").text());
        return all;
    }

    Project project;
    FakeHost host;
};

TEST_F(CallTest, APollBringsEveryOrderAndThoseWhosePaymentsChanged) {
    project.payments.at("p-1").set("lastModifiedAt", "2026-11-21T10:00:00.000Z");
    for (const char* id : {"o-2", "o-3", "o-4", "o-5", "o-6"})  // more than a page with one stamp
        project.add_order(id, "2026-11-22T10:00:05.123Z");
    const Outcome first = host.poll();
    EXPECT_EQ(ids(first), (Names{"o-1", "o-2", "o-3", "o-4", "o-5", "o-6"}));
    EXPECT_TRUE(host.requests.front().url.find("withTotal=false") != std::string::npos);
    EXPECT_TRUE(host.poll(first.cursor).records.empty());
    project.payments.at("p-1").set("lastModifiedAt", "2026-11-22T10:00:06.000Z");
    project.orders.erase("o-6");
    const Outcome second = host.poll(first.cursor);
    EXPECT_EQ(second.records.size(), 5U) << "the stand-in finds them all";
    EXPECT_TRUE(
        host.requests.back().url.find("paymentInfo%28payments%28id%20in%20%28%22p-1%22%29%29%29") !=
        std::string::npos);
    EXPECT_TRUE(host.poll(second.cursor).records.empty());
    EXPECT_EQ(host.poll(R"({"from":"2026-11-22T10:00:01Z"})").records.size(), 4U + 5U);
}

TEST_F(CallTest, OneOrderThatIsBrokenDoesNotHoldUpTheOthers) {
    project.add_order("o-0", "2026-11-22T09:00:00.000Z").set("lineItems", "many");
    project.add_order("o-2", "2026-11-22T09:00:00.000Z").at("lineItems");
    project.payments.clear();
    Json& order = project.add_order("o-3", "2026-11-22T09:30:00.000Z");
    order.set("totalPrice", Json::object());
    EXPECT_EQ(ids(host.poll()), (Names{"o-0", "o-2", "o-1"}));
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_TRUE(host.logs[0].starts_with("order o-3 left out")) << host.logs[0];
}

TEST_F(CallTest, AWholeOrderIsCancelledOnce) {
    const Outcome outcome = run("order.cancel", cancel_of(2));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("state").text(), "cancelled");
    run("order.cancel", cancel_of(2), 2);
    run("order.cancel", cancel_of(2), 1, "k-2");
    EXPECT_EQ(project.actions, Names{"changeOrderState"});
}

TEST_F(CallTest, APartOfAnOrderIsNot) {
    EXPECT_EQ(host.execute("order.cancel", "k-1", cancel_of(1)).code, "partial_cancel");
    EXPECT_TRUE(project.actions.empty());
}

TEST_F(CallTest, AChangeThatAnotherOvertookIsDecidedAgain) {
    project.somebody_else = 2;
    run("order.cancel", cancel_of(2));
    EXPECT_EQ(project.actions, Names{"changeOrderState"});
    project.somebody_else = 100;
    const Outcome busy = host.execute("refund.create", "k-2", refund_of());
    EXPECT_EQ(busy.outcome, OH_RETRY);
    EXPECT_EQ(busy.code, "version_conflict");
    EXPECT_TRUE(project.refunds().empty());
}

TEST_F(CallTest, ARefundIsOneTransactionAndItsUnitsAreAReturn) {
    const Outcome outcome = run("refund.create", refund_of());
    EXPECT_EQ(outcome.result.dump(), R"({"external_id":"n-1","state":"pending"})");
    EXPECT_EQ(project.actions, (Names{"addReturnInfo", "addTransaction"}));
    ASSERT_EQ(project.refunds().size(), 1U);
    EXPECT_EQ(project.refunds()[0]["interactionId"], Json("orderhub-k-1"));
    EXPECT_EQ(project.refunds()[0]["amount"].dump(), R"({"currencyCode":"EUR","centAmount":1210})");
    const Json entered = project.orders.at("o-1")["returnInfo"].items().at(0);
    EXPECT_EQ(entered["returnTrackingId"], Json("orderhub-k-1"));
    EXPECT_EQ(entered["items"].items().at(0)["quantity"], Json(1));
    EXPECT_EQ(outcome.records.at(0).second.at("refunds").items().at(0).at("key").text(), "k-1");
    EXPECT_EQ(run("refund.create", refund_of()).result, outcome.result);
    EXPECT_EQ(run("refund.create", refund_of(), 2).result, outcome.result);
    EXPECT_EQ(project.actions.size(), 2U);
}

TEST_F(CallTest, MoreThanIsLeftIsNotGivenBack) {
    EXPECT_EQ(host.execute("refund.create", "k-1", refund_of("24.21")).code, "over_refund");
    run("refund.create", refund_of("20.00"), 1, "k-2");
    EXPECT_EQ(host.execute("refund.create", "k-3", refund_of("4.21")).code, "over_refund");
    EXPECT_EQ(project.refunds().size(), 1U);
}

TEST_F(CallTest, UnitsThatSomebodyHasEnteredAreNotEnteredAgain) {
    project.orders.at("o-1").set("returnInfo", Json::parse(R"([{"returnTrackingId": "RMA-1",
        "items": [{"lineItemId": "l-1", "quantity": 2}]}])"));
    run("refund.create", refund_of());
    EXPECT_EQ(project.actions, Names{"addTransaction"});
}

TEST_F(CallTest, AReturnThatTheProjectRefusesIsRefusedBeforeMoneyMoves) {
    project.faults.push_back(
        {"POST", "/orders/o-1", problem(400, "InvalidOperation", "a rule says no")});
    EXPECT_EQ(host.execute("refund.create", "k-1", refund_of()).outcome, OH_REJECTED);
    EXPECT_TRUE(project.actions.empty());
}

TEST_F(CallTest, WhereTheMoneyGoesAnotherWayTheTransactionIsDoneAtOnce) {
    Json with = config();
    with.set("refund_state", "Success");
    with.set("transaction_type", "orderhub");
    with.set("record_returns", false);
    FakeHost other(with);
    project.attach(other);
    const Outcome outcome = other.execute("refund.create", "k-1", refund_of());
    EXPECT_EQ(outcome.result["state"], Json("succeeded"));
    EXPECT_EQ(project.actions, Names{"addTransaction"});
    EXPECT_EQ(project.refunds()[0]["custom"].dump(),
              R"({"type":{"typeId":"type","key":"orderhub"},"fields":{"orderhubKey":"k-1"}})");
    EXPECT_EQ(other.execute("refund.create", "k-1", refund_of(), 2).result, outcome.result);
    EXPECT_EQ(project.refunds().size(), 1U);
}

TEST_F(CallTest, ADeliveryIsEnteredOnceAndTheShipmentsStateFollows) {
    const Outcome part = run("fulfilment.create", send_of("standard", 1));
    EXPECT_EQ(part.result.dump(), R"({"external_id":"n-0","state":"shipped"})");
    EXPECT_EQ(project.orders.at("o-1")["shipmentState"], Json("Partial"));
    run("fulfilment.create", send_of("standard", 1), 2);
    const Outcome rest = run("fulfilment.create", send_of("standard", 1), 1, "k-2");
    EXPECT_EQ(project.orders.at("o-1")["shipmentState"], Json("Shipped"));
    EXPECT_EQ(project.actions.size(), 4U);
    const Json shown = rest.records.at(0).second.at("fulfilments");
    ASSERT_EQ(shown.items().size(), 2U);
    EXPECT_EQ(shown.items()[0].at("key").text(), "k-1");
    EXPECT_EQ(shown.items()[0].at("tracking_number").text(), "JD 2");
    EXPECT_EQ(host.execute("fulfilment.create", "k-3", send_of("reship", 1)).code, "no_reship");
}

TEST_F(CallTest, TheCheckTellsAClientThatMayNotWrite) {
    EXPECT_EQ(host.check().outcome, OH_DONE);
    project.faults.push_back({"POST", "/orders/orderhub-check",
                              problem(403, "insufficient_scope", "Insufficient scope")});
    EXPECT_EQ(host.check().code, "no_permission");
}

}  // namespace
}  // namespace orderhub::commercetools::testing
