// Mistakes that other order systems' users have published and that need more than one step to make;
// those of figures alone are in tests/domain/traps_test.cpp.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class ServicingTraps : public Servicing {
protected:
    Result<json::object> returned(std::int64_t quantity) {
        return act(Kind::return_, units(quantity));
    }

    /// The storefront shows a refund with our key.
    Result<void> show_refund(const std::string& key, const char* state, const char* amount) {
        json::object record = mugs_record("2027-01-01T10:00:00Z");
        record["refunds"] = list(json::object{{"external_id", "r1"},
                                              {"payment", "p1"},
                                              {"amount", amount},
                                              {"state", state},
                                              {"key", key}});
        return apply("order", record);
    }
};

// A retry after the provider's time-out used a new key: refunded twice.
TEST_F(ServicingTraps, Medusa16681_AnUnknownOutcomeKeepsItsKey) {
    ASSERT_TRUE(returned(1));
    const auto before = deliveries("refund.create").at(0);
    ASSERT_TRUE(progress(before, "unknown", "{}", "no answer"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "unknown");
    EXPECT_EQ(at(now(), "/payments/0/available_to_refund"), "24.00");  // it may have happened
    EXPECT_EQ(preview(Kind::retry_refund, id_,
                      {{"refund", at(now(), "/refunds/0/id")}, {"reason", "again"}})
                  .error()
                  .kind,
              ErrorKind::Conflict);
    ASSERT_TRUE(progress(before, "done", R"({"external_id":"r1","state":"succeeded"})"));
    ASSERT_EQ(deliveries("refund.create").size(), 1U);
    EXPECT_EQ(at(now(), "/refunds/0/id"), before.key);
}

// The provider's webhook raced its answer: a second refund was booked.
TEST_F(ServicingTraps, WooCommerceStripe838_AWebhookThatOvertakesTheAnswerIsTheSameRefund) {
    ASSERT_TRUE(returned(1));
    const auto refund = deliveries("refund.create").at(0);
    ASSERT_TRUE(show_refund(refund.key, "succeeded", "12.00"));
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"r1","state":"pending"})"));
    EXPECT_EQ(now().at("refunds").as_array().size(), 1U);
    EXPECT_EQ(at(now(), "/refunds/0/state"), "succeeded");
    EXPECT_EQ(at(now(), "/money/refunded"), "12.00");
}

TEST_F(ServicingTraps, OpenFoodNetwork6330_ADoubleClickRefundsOnce) {
    const std::int64_t version = now().at("version").as_int64();
    ASSERT_TRUE(submit(Kind::return_, id_, units(1), version));
    EXPECT_EQ(submit(Kind::return_, id_, units(1), version).error().code, "order_changed");
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
}

// Check, call, then save lets two agents both refund; here the amount is held with the plan.
TEST_F(ServicingTraps, OpenMercato4036_TheAmountIsHeldBeforeTheProviderIsCalled) {
    ASSERT_TRUE(returned(2));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "reserved");
    EXPECT_EQ(at(now(), "/payments/0/available_to_refund"), "12.00");
    EXPECT_EQ(
        preview(Kind::refund, id_, {{"kind", "goodwill"}, {"amount", "12.01"}, {"reason", "r"}})
            .error()
            .field,
        "/amount");
}

// The accounting system recomputed the reversal: a cent stayed open and nobody was told.
TEST_F(ServicingTraps, Odoo196382_TheBooksAreSentAmountsAndAskedWhatTheyKept) {
    ASSERT_TRUE(returned(1));
    EXPECT_EQ(at(payload("credit_memo.post"), "/memo/totals/tax"), "2.00");
    ASSERT_TRUE(progress(deliveries("credit_memo.post").at(0), "done",
                         R"({"external_id":"9","number":"CRN-1","state":"posted",
                             "totals":{"ex":"10.00","tax":"2.01","inc":"12.01"}})"));
    EXPECT_EQ(at(now(), "/credit_memos/0/state"), "differs");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "memo_differs");
}

// The memo was made a second time from the goods that came back.
TEST_F(ServicingTraps, ErpNext51774_AReturnMakesOneMemoHoweverOftenItsStepsAreTold) {
    ASSERT_TRUE(returned(1));
    const auto memo = deliveries("credit_memo.post").at(0);
    for (int told = 0; told < 2; ++told)
        ASSERT_TRUE(progress(memo, "done",
                             R"({"external_id":"9","number":"CRN-1","state":"posted",
                                 "totals":{"ex":"10.00","tax":"2.00","inc":"12.00"}})"));
    ASSERT_TRUE(apply("order", mugs_record("2027-01-01T10:00:00Z")));
    EXPECT_EQ(deliveries("credit_memo.post").size(), 1U);
    EXPECT_EQ(now().at("credit_memos").as_array().size(), 1U);
}

}  // namespace
}  // namespace orderhub::servicing
