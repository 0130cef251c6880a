#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Actions : public Servicing {};

constexpr const char* kPosted = R"({"external_id":"9","number":"CRN-1","state":"posted",
    "totals":{"ex":"20.00","tax":"4.00","inc":"24.00"}})";

TEST_F(Actions, PreviewWritesNothing) {
    const auto shown = preview(Kind::return_, id_, units(2));
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_EQ(at(*shown, "/plan/totals/after/inc"), "12.00");
    EXPECT_EQ(at(*shown, "/plan/refunds/0/amount"), "24.00");
    EXPECT_EQ(at(*shown, "/plan/money/refunded"), "24.00");
    EXPECT_TRUE(deliveries().empty());
    EXPECT_EQ(at(now(), "/version"), "1");
}

TEST_F(Actions, SubmitGivesThePlanAndWhatItMade) {
    const auto done = act(Kind::return_, units(2));
    ASSERT_TRUE(done) << done.error().message;
    const json::object order = now();
    EXPECT_EQ(at(*done, "/order_version"), "2");
    EXPECT_EQ(at(*done, "/plan/order_version"), "1");
    EXPECT_EQ(at(*done, "/plan/steps"), R"(["refund.create","credit_memo.post"])");
    EXPECT_EQ(at(*done, "/created/change_orders/0"), at(order, "/change_orders/0/id"));
    EXPECT_EQ(at(*done, "/created/refunds/0"), at(order, "/refunds/0/id"));
    EXPECT_EQ(at(*done, "/created/credit_memos/0"), at(order, "/credit_memos/0/id"));
    EXPECT_EQ(at(*done, "/action_id"), at(order, "/actions/0/id"));
    EXPECT_EQ(at(order, "/actions/0/action"), "return");
    EXPECT_EQ(at(order, "/totals/current/inc"), "12.00");
    EXPECT_EQ(at(order, "/refunds/0/state"), "reserved");
}

TEST_F(Actions, AnOlderVersionIsRefusedNotRecomputed) {
    ASSERT_TRUE(act(Kind::return_, units(1)));
    const auto again = submit(Kind::return_, id_, units(1), 1);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(preview(Kind::return_, id_, units(1), 1).error().code, "order_changed");
}

TEST_F(Actions, AReturnSendsRefundAndMemoWithOurKeys) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    const json::value refund = payload("refund.create");
    EXPECT_EQ(at(refund, "/amount"), "24.00");
    EXPECT_EQ(at(refund, "/payment/external_id"), "p1");
    EXPECT_EQ(at(refund, "/order/external_id"), "24");
    EXPECT_EQ(at(refund, "/lines"), R"([{"line":"a","quantity":2,)"
                                    R"("price":{"ex":"20.00","tax":"4.00","inc":"24.00"}}])");
    EXPECT_EQ(deliveries("refund.create").at(0).key, at(now(), "/refunds/0/id"));
    const json::value memo = payload("credit_memo.post");
    EXPECT_EQ(at(memo, "/memo/number"), "CM-000001");
    EXPECT_EQ(at(memo, "/memo/totals/inc"), "24.00");
    EXPECT_EQ(at(memo, "/memo/lines/0/taxes/0/amount"), "4.00");
    EXPECT_EQ(at(memo, "/memo/change_orders/0"), at(now(), "/change_orders/0/id"));
    EXPECT_EQ(at(memo, "/memo/fulfilments"), R"(["f1"])");
}

TEST_F(Actions, FeesOfAReturnGoOnAnInvoice) {
    json::object input = units(2);
    input["fees"] = list(json::object{
        {"label", "Return shipping"}, {"basis", "amount_with_tax"}, {"value", "6.00"}});
    const auto done = act(Kind::return_, input);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/refunds/0/amount"), "18.00");
    EXPECT_EQ(at(*done, "/plan/credit_memo/totals/inc"), "24.00");
    EXPECT_EQ(at(*done, "/plan/invoice/totals/inc"), "6.00");
    EXPECT_FALSE(payload("refund.create").as_object().contains("lines"));
    const json::value invoice = payload("invoice.post");
    EXPECT_EQ(at(invoice, "/invoice/number"), "IN-000001");
    EXPECT_EQ(at(invoice, "/invoice/change_orders/0"), at(now(), "/change_orders/1/id"));
    EXPECT_EQ(at(now(), "/change_orders/1/kind"), "fee");
}

TEST_F(Actions, ACancelIsTheShopsFirstThenTheRefund) {
    const auto done = act(Kind::cancel, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/steps"), R"(["order.cancel","refund.create"])");
    const json::value cancel = payload("order.cancel");
    EXPECT_EQ(at(cancel, "/lines"), R"([{"line":"a","quantity":1}])");
    EXPECT_EQ(deliveries("order.cancel").at(0).key, at(now(), "/change_orders/0/id"));
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "12.00");
    EXPECT_EQ(at(payload("refund.create"), "/lines/0/quantity"), "0");
    EXPECT_TRUE(deliveries("credit_memo.post").empty());
}

TEST_F(Actions, AnswersMoveRefundAndMemo) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(refund, "in_flight"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "sent");
    ASSERT_TRUE(progress(refund, "unknown", "{}", "the connection was reset"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "unknown");
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"pending"})"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "pending");
    ASSERT_TRUE(progress(deliveries("credit_memo.post").at(0), "done", kPosted));
    EXPECT_EQ(at(now(), "/credit_memos/0/state"), "posted");
    EXPECT_EQ(at(now(), "/credit_memos/0/posted_number"), "CRN-1");
    EXPECT_EQ(at(now(), "/exceptions"), "[]");
}

TEST_F(Actions, AnAnswerThatComesTwiceChangesNothingMore) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"succeeded"})"));
    ASSERT_TRUE(progress(deliveries("credit_memo.post").at(0), "done", kPosted));
    const std::string before = json::serialize(now());
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"succeeded"})"));
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"pending"})"));
    ASSERT_TRUE(progress(refund, "in_flight"));
    ASSERT_TRUE(progress(deliveries("credit_memo.post").at(0), "done", kPosted));
    EXPECT_EQ(json::serialize(now()), before);
}

TEST_F(Actions, AMemoWithOtherAmountsIsAnException) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    ASSERT_TRUE(progress(deliveries("credit_memo.post").at(0), "done",
                         R"({"external_id":"9","number":"CRN-1","state":"posted",
                             "totals":{"ex":"20.00","tax":"4.01","inc":"24.01"}})"));
    EXPECT_EQ(at(now(), "/credit_memos/0/state"), "differs");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "memo_differs");
    EXPECT_EQ(at(now(), "/exceptions/0/priority"), "high");
}

TEST_F(Actions, AParkedStepShowsUntilItIsDone) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(refund, "parked", "{}", "REFUND_AMOUNT_ERROR: too much"));
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "step_parked");
    EXPECT_NE(at(now(), "/exceptions/0/message").find("too much"), std::string::npos);
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"succeeded"})"));
    EXPECT_EQ(at(now(), "/exceptions/0/status"), "resolved");
}

TEST_F(Actions, WithoutAConnectorForTheMemoNothingIsDone) {
    books_.clear();
    EXPECT_EQ(submit(Kind::return_, id_, units(2), 1).error().code, "no_connector");
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(Actions, MemoNumbersHaveNoGapsAfterRefusals) {
    ASSERT_TRUE(act(Kind::return_, units(1)));
    EXPECT_FALSE(submit(Kind::return_, id_, units(5), 2));
    ASSERT_TRUE(act(Kind::return_, units(1)));
    EXPECT_EQ(at(now(), "/credit_memos/1/number"), "CM-000002");
}

TEST_F(Actions, AnUnknownOrderIsNotFound) {
    EXPECT_EQ(preview(Kind::cancel, "os_none", units(1)).error().kind, ErrorKind::NotFound);
}

class Unmanaged : public Servicing {
    json::object record() const override {
        json::object record = mugs_record();
        record["managed"] = false;
        return record;
    }
};

TEST_F(Unmanaged, AnOrderThatIsOnlyShownIsNeverChanged) {
    EXPECT_EQ(at(now(), "/managed"), "false");
    const auto refused = preview(Kind::return_, id_, units(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().code, "unmanaged");
}

}  // namespace
}  // namespace orderhub::servicing
