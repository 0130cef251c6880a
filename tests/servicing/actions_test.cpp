#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Actions : public Desk {
protected:
    void SetUp() override {
        Desk::SetUp();
        ASSERT_TRUE(apply("order", mugs_record()));
        id_ = at(order_of("ABC123"), "/id");
    }
    static json::object input(std::int64_t quantity) {
        return {{"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", quantity}}}},
                {"reason", "damaged"}};
    }
    Result<json::object> preview(Action action, std::int64_t quantity, std::int64_t version = 0) {
        return unit([&](store::Transaction& tx) {
            return service_.preview(tx, request(), action, id_, version, input(quantity));
        });
    }
    Result<json::object> submit(Action action, std::int64_t quantity, std::int64_t version = 1) {
        return unit([&](store::Transaction& tx) {
            return service_.submit(tx, request(), action, id_, version, input(quantity));
        });
    }
    std::string id_;
};

TEST_F(Actions, PreviewWritesNothingAndSubmitGivesTheSameFigures) {
    auto shown = preview(Action::return_, 2);
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_EQ(at(*shown, "/totals/after/inc"), "12.00");
    EXPECT_EQ(at(*shown, "/refunds/0/amount"), "24.00");
    EXPECT_TRUE(deliveries().empty());
    auto done = submit(Action::return_, 2);
    ASSERT_TRUE(done);
    for (const char* figures : {"/totals", "/refunds", "/credit_memo", "/steps"})
        EXPECT_EQ(at(*done, figures), at(*shown, figures));
    EXPECT_EQ(at(*done, "/change_order/delta"), at(*shown, "/change_order/delta"));
    EXPECT_EQ(at(order_of("ABC123"), "/totals/current/inc"), "12.00");
}

TEST_F(Actions, AnOlderVersionIsRefusedNotRecomputed) {
    ASSERT_TRUE(submit(Action::return_, 1));
    const auto again = submit(Action::return_, 1, 1);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(preview(Action::return_, 1, 1).error().code, "order_changed");
}

TEST_F(Actions, AReturnSendsRefundAndMemoWithOurKeys) {
    ASSERT_TRUE(submit(Action::return_, 2));
    const auto refund = deliveries("refund.create").at(0);
    const json::value payload = json::parse(refund.payload);
    EXPECT_EQ(at(payload, "/amount"), "24.00");
    EXPECT_EQ(at(payload, "/payment/external_id"), "p1");
    const json::value memo = json::parse(deliveries("credit_memo.post").at(0).payload);
    EXPECT_EQ(at(memo, "/memo/number"), "CM-000001");
    EXPECT_EQ(at(memo, "/memo/totals/inc"), "24.00");
    EXPECT_EQ(at(memo, "/memo/lines/0/taxes/0/amount"), "4.00");
}

TEST_F(Actions, ACancelIsTheShopsFirstThenTheRefund) {
    ASSERT_TRUE(submit(Action::cancel, 1));
    EXPECT_EQ(deliveries("order.cancel").size(), 1U);
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
    EXPECT_TRUE(deliveries("credit_memo.post").empty());
}

TEST_F(Actions, AnswersMoveRefundAndMemo) {
    ASSERT_TRUE(submit(Action::return_, 2));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(refund, "in_flight"));
    EXPECT_EQ(at(order_of("ABC123"), "/refunds/0/state"), "sent");
    ASSERT_TRUE(progress(refund, "unknown", "{}", "the connection was reset"));
    EXPECT_EQ(at(order_of("ABC123"), "/refunds/0/state"), "unknown");
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"pending"})"));
    EXPECT_EQ(at(order_of("ABC123"), "/refunds/0/state"), "pending");
    const auto memo = deliveries("credit_memo.post").at(0);
    ASSERT_TRUE(progress(memo, "done",
                         R"({"external_id":"9","number":"CRN-1","state":"posted",
                             "totals":{"ex":"20.00","tax":"4.00","inc":"24.00"}})"));
    EXPECT_EQ(at(order_of("ABC123"), "/credit_memos/0/state"), "posted");
    EXPECT_EQ(at(order_of("ABC123"), "/credit_memos/0/posted_number"), "CRN-1");
    EXPECT_EQ(at(order_of("ABC123"), "/exceptions"), "[]");
}

TEST_F(Actions, AMemoWithOtherAmountsIsAnException) {
    ASSERT_TRUE(submit(Action::return_, 2));
    ASSERT_TRUE(progress(deliveries("credit_memo.post").at(0), "done",
                         R"({"external_id":"9","number":"CRN-1","state":"posted",
                             "totals":{"ex":"20.00","tax":"4.01","inc":"24.01"}})"));
    EXPECT_EQ(at(order_of("ABC123"), "/credit_memos/0/state"), "differs");
    EXPECT_EQ(at(order_of("ABC123"), "/exceptions/0/code"), "memo_differs");
}

TEST_F(Actions, AParkedStepShowsUntilItIsDone) {
    ASSERT_TRUE(submit(Action::return_, 2));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(refund, "parked", "{}", "REFUND_AMOUNT_ERROR: too much"));
    EXPECT_EQ(at(order_of("ABC123"), "/exceptions/0/code"), "step_parked");
    EXPECT_NE(at(order_of("ABC123"), "/exceptions/0/message").find("too much"), std::string::npos);
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"succeeded"})"));
    EXPECT_EQ(at(order_of("ABC123"), "/exceptions/0/status"), "resolved");
}

TEST_F(Actions, ARefundThatTheProviderFailsIsShown) {
    ASSERT_TRUE(submit(Action::return_, 2));
    ASSERT_TRUE(progress(deliveries("refund.create").at(0), "done",
                         R"({"external_id":"r1","state":"failed","message":"card closed"})"));
    EXPECT_EQ(at(order_of("ABC123"), "/refunds/0/state"), "failed");
    EXPECT_NE(at(order_of("ABC123"), "/exceptions/0/message").find("card closed"),
              std::string::npos);
}

TEST_F(Actions, WithoutAConnectorForTheMemoNothingIsDone) {
    books_.clear();
    EXPECT_EQ(submit(Action::return_, 2).error().code, "no_connector");
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(Actions, BadInputNamesTheField) {
    const auto field = [&](const json::object& body) {
        return unit([&](store::Transaction& tx) {
                   return service_.preview(tx, request(), Action::return_, id_, 0, body);
               })
            .error()
            .field;
    };
    EXPECT_EQ(field({{"reason", "r"}}), "/lines");
    EXPECT_EQ(field({{"lines", json::array{}}, {"reason", "r"}}), "/lines");
    EXPECT_EQ(field({{"lines", json::array{1}}, {"reason", "r"}}), "/lines/0");
    EXPECT_EQ(field({{"lines", input(1)["lines"]}}), "/reason");
    EXPECT_EQ(field({{"lines", input(1)["lines"]}, {"reason", "r"}, {"amount", 3}}), "/amount");
    json::object fraction = input(1);
    fraction["lines"].as_array()[0].as_object()["quantity"] = 1.5;
    EXPECT_EQ(field(fraction), "/lines/0/quantity");
}

TEST_F(Actions, MemoNumbersHaveNoGapsAfterRefusals) {
    ASSERT_TRUE(submit(Action::return_, 1, 1));
    EXPECT_FALSE(submit(Action::return_, 5, 2));
    ASSERT_TRUE(submit(Action::return_, 1, 2));
    EXPECT_EQ(at(order_of("ABC123"), "/credit_memos/1/number"), "CM-000002");
}

}  // namespace
}  // namespace orderhub::servicing
