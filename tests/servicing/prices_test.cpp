// Discounts and appeasements.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Prices : public Servicing {
protected:
    static json::object off(const char* basis, const char* value) {
        return {{"basis", basis}, {"value", value}, {"reason", "scratched"}};
    }
};

TEST_F(Prices, ADiscountIsAChangeOrderForEachStage) {
    const auto done = act(Kind::discount, off("percentage", "10"));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/totals/after/inc"), "32.40");
    EXPECT_EQ(at(*done, "/plan/change_orders/0/stage"), "pre");
    EXPECT_EQ(at(*done, "/plan/change_orders/0/delta/inc"), "-1.20");
    EXPECT_EQ(at(*done, "/plan/change_orders/1/stage"), "post");
    EXPECT_EQ(at(*done, "/plan/change_orders/1/delta/inc"), "-2.40");
    EXPECT_EQ(at(*done, "/plan/change_orders/1/lines/0/taxes/0/amount"), "-0.40");
    EXPECT_EQ(at(*done, "/plan/credit_memo/totals/inc"), "2.40");
    EXPECT_EQ(at(*done, "/plan/steps"), R"(["refund.create","credit_memo.post"])");
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "3.60");
    const json::value memo = payload("credit_memo.post");
    EXPECT_EQ(at(memo, "/memo/change_orders/0"), at(now(), "/change_orders/1/id"));
    EXPECT_EQ(at(memo, "/memo/change_orders/1"), "(nothing at /memo/change_orders/1)");
}

TEST_F(Prices, AnAmountIsWhatTheCustomerSees) {
    const auto done = act(Kind::discount, off("amount_with_tax", "3.60"));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/totals/after"), R"({"ex":"27.00","tax":"5.40","inc":"32.40"})");
}

TEST_F(Prices, AnAppeasementIsForGoodsThatArrived) {
    const auto done = act(Kind::appease, off("percentage", "25"));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/action"), "appease");
    EXPECT_EQ(at(*done, "/plan/change_orders/0/stage"), "post");
    EXPECT_EQ(at(*done, "/plan/change_orders/0/delta/inc"), "-6.00");
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "6.00");
    EXPECT_EQ(at(payload("credit_memo.post"), "/memo/totals/inc"), "6.00");
}

TEST_F(Prices, ARoleHasItsLimit) {
    role_ = "junior";
    const auto refused = preview(Kind::appease, id_, off("percentage", "25"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
    EXPECT_EQ(refused.error().code, "over_limit");
    EXPECT_TRUE(preview(Kind::appease, id_, off("percentage", "15")));
}

}  // namespace
}  // namespace orderhub::servicing
