// Returns that are checked before money moves.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Returns : public Servicing {
protected:
    std::string open(std::int64_t quantity, const char* state = "approved") {
        json::object input = units(quantity);
        input["state"] = state;
        const auto done = act(Kind::open_return, input);
        EXPECT_TRUE(done) << done.error().message;
        return done ? at(*done, "/created/return_orders/0") : std::string();
    }
    Result<json::object> receive(const std::string& rma, std::int64_t accepted,
                                 std::int64_t rejected, const char* condition = "new") {
        json::object line{{"return_line", "r1"},
                          {"accepted", accepted},
                          {"rejected", rejected},
                          {"condition", condition}};
        if (rejected > 0) line["rejection_reason"] = "not ours";
        return act(Kind::receive_return, {{"return_order", rma}, {"lines", list(line)}});
    }
};

TEST_F(Returns, OneRejectedUnitIsNotPaidBack) {
    const std::string rma = open(2);
    EXPECT_EQ(at(now(), "/return_orders/0/number"), "RMA-000001");
    EXPECT_EQ(at(now(), "/return_orders/0/state"), "approved");
    EXPECT_EQ(at(now(), "/lines/0/quantities/return_initiated"), "2");
    EXPECT_EQ(at(now(), "/return_status"), "initiated");
    const auto received = receive(rma, 1, 1);
    ASSERT_TRUE(received) << received.error().message;
    EXPECT_EQ(at(*received, "/plan/return_order/lines/0/rejected"), "1");
    EXPECT_TRUE(deliveries().empty());
    const auto closed = act(Kind::close_return, {{"return_order", rma}});
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_EQ(at(*closed, "/plan/subject"), rma);
    EXPECT_EQ(at(*closed, "/plan/steps"), R"(["refund.create","credit_memo.post"])");
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "12.00");
    EXPECT_EQ(at(payload("credit_memo.post"), "/memo/totals/inc"), "12.00");
    EXPECT_EQ(at(now(), "/return_orders/0/state"), "closed");
    EXPECT_EQ(at(now(), "/lines/0/quantities/returned"), "1");
    EXPECT_EQ(at(now(), "/lines/0/quantities/available_to_return"), "1");
}

TEST_F(Returns, ADamagedUnitIsPaidBackInPart) {
    const std::string rma = open(1);
    ASSERT_TRUE(receive(rma, 1, 0, "damaged"));
    const auto closed = act(Kind::close_return, {{"return_order", rma}});
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_EQ(at(*closed, "/plan/refunds/0/amount"), "6.00");
    EXPECT_EQ(at(*closed, "/plan/totals/after/inc"), "30.00");
}

TEST_F(Returns, ADraftIsSubmittedApprovedAndGivenUp) {
    const std::string rma = open(2, "draft");
    ASSERT_TRUE(act(Kind::submit_return, {{"return_order", rma}}));
    EXPECT_EQ(at(now(), "/return_orders/0/state"), "submitted");
    EXPECT_EQ(receive(rma, 2, 0).error().kind, ErrorKind::Conflict);
    ASSERT_TRUE(act(Kind::approve_return, {{"return_order", rma}, {"reason", "agreed"}}));
    EXPECT_EQ(at(now(), "/return_orders/0/state"), "approved");
    const auto ended = act(Kind::cancel_return, {{"return_order", rma}, {"reason", "kept"}});
    ASSERT_TRUE(ended) << ended.error().message;
    EXPECT_EQ(at(now(), "/lines/0/quantities/available_to_return"), "2");
    EXPECT_EQ(at(now(), "/actions/3/reason"), "kept");
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(Returns, AClosedReturnStaysClosed) {
    const std::string rma = open(1);
    ASSERT_TRUE(receive(rma, 1, 0));
    ASSERT_TRUE(act(Kind::close_return, {{"return_order", rma}}));
    EXPECT_EQ(preview(Kind::close_return, id_, {{"return_order", rma}}).error().code, "bad_state");
    EXPECT_EQ(preview(Kind::close_return, id_, {{"return_order", "ro_none"}}).error().kind,
              ErrorKind::NotFound);
}

}  // namespace
}  // namespace orderhub::servicing
