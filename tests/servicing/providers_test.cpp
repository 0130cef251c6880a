// Payments whose money a provider's connector moves in place of the storefront's.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

json::object refund_record(const std::string& key, const char* state) {
    return {{"source", {{"external_id", "re_1"}, {"observed_at", "2026-11-23T10:00:00Z"}}},
            {"key", key},
            {"order_number", "ABC123"},
            {"amount", "12.00"},
            {"currency", "EUR"},
            {"state", state},
            {"reference", "ARN1"},
            {"message", std::string(state) == "failed" ? "lost_or_stolen_card" : ""}};
}

class Provider : public Servicing {
protected:
    json::object record() const override { return with_reference(mugs_record()); }
    static json::object with_reference(json::object record) {
        record["payments"].as_array()[0].as_object()["reference"] = reference_;
        return record;
    }
    /// A unit is returned; gives the command for its refund.
    routing::Delivery returned() {
        const auto done = act(Kind::return_, units(1));
        EXPECT_TRUE(done) << done.error().message;
        return deliveries("refund.create").at(0);
    }

    static inline const char* reference_ = "pi_1";
};

class AuthorizedAtProvider : public Provider {
    json::object record() const override { return with_reference(authorized_record()); }
};

class ElsewhereReferenced : public Provider {
    json::object record() const override {
        json::object record = mugs_record();
        record["payments"].as_array()[0].as_object()["reference"] = "tx-7";
        return record;
    }
};

TEST_F(Provider, RefundsByTheReferenceThatItKnows) {
    const auto refund = returned();
    EXPECT_EQ(refund.connector, "provider");
    EXPECT_EQ(at(payload("refund.create"), "/payment"),
              R"({"external_id":"p1","reference":"pi_1"})");
    EXPECT_EQ(at(payload("refund.create"), "/order/number"), "ABC123");
}

TEST_F(ElsewhereReferenced, TheStorefrontMovesWhatNoEntryFits) {
    EXPECT_EQ(returned().connector, "shop");
}

TEST_F(AuthorizedAtProvider, CapturesAndReversesToo) {
    ASSERT_TRUE(act(Kind::capture, {{"amount", "24.00"}, {"reason", "shipped"}}));
    EXPECT_EQ(deliveries("payment.capture").at(0).connector, "provider");
    EXPECT_EQ(at(payload("payment.capture"), "/payment/reference"), "pi_1");
}

TEST_F(Provider, ThatOnlyTheProviderShowsTheRefundIsNoException) {
    const auto refund = returned();
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"re_1","state":"succeeded"})"));
    json::object later = with_reference(mugs_record("2027-01-01T10:00:00Z"));
    later["state"] = "closed";
    ASSERT_TRUE(apply("order", later));
    EXPECT_EQ(at(now(), "/exceptions"), "[]");
}

TEST_F(Provider, APendingRefundThatFailsLaterIsAnException) {
    const auto refund = returned();
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"re_1","state":"pending"})"));
    ASSERT_TRUE(apply("refund", refund_record(refund.key, "pending"), "provider"));
    EXPECT_EQ(at(now(), "/exceptions"), "[]");
    ASSERT_TRUE(apply("refund", refund_record(refund.key, "failed"), "provider"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "failed");
    EXPECT_EQ(at(now(), "/refunds/0/reference"), "ARN1");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "refund_failed");
    EXPECT_NE(at(now(), "/exceptions/0/message").find("lost_or_stolen_card"), std::string::npos);
    const auto again =
        act(Kind::retry_refund, {{"refund", at(now(), "/refunds/0/id")}, {"reason", "other card"}});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_NE(deliveries("refund.create").at(1).key, refund.key);
}

TEST_F(Provider, MoneyThatHadArrivedMayComeBack) {
    const auto refund = returned();
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"re_1","state":"succeeded"})"));
    ASSERT_TRUE(apply("refund", refund_record(refund.key, "failed"), "provider"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "failed");
    EXPECT_EQ(at(now(), "/money/refunded"), "0.00");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "refund_failed");
    const std::string before = json::serialize(now());
    ASSERT_TRUE(apply("refund", refund_record(refund.key, "failed"), "provider"));
    ASSERT_TRUE(apply("refund", refund_record(refund.key, "succeeded"), "provider"));
    ASSERT_TRUE(progress(refund, "done", R"({"external_id":"re_1","state":"succeeded"})"));
    EXPECT_EQ(json::serialize(now()), before);
}

TEST_F(Provider, NobodyElseSpeaksForARefund) {
    const auto refund = returned();
    const std::string before = json::serialize(now());
    ASSERT_TRUE(apply("refund", refund_record(refund.key, "failed"), "shop"));
    ASSERT_TRUE(apply("refund", refund_record("rf_other", "failed"), "provider"));
    EXPECT_EQ(json::serialize(now()), before);
    EXPECT_EQ(apply("refund", {{"currency", "EUR"}}, "provider").error().code, "invalid_record");
}

TEST_F(Provider, AnotherAmountIsAnException) {
    const auto refund = returned();
    json::object record = refund_record(refund.key, "succeeded");
    record["amount"] = "11.00";
    ASSERT_TRUE(apply("refund", record, "provider"));
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "refund_disagrees");
}

TEST_F(Provider, MoneyGoesBackOnceTheStorefrontHasCancelled) {
    const auto done = act(Kind::cancel, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/steps"), R"(["order.cancel","refund.create"])");
    EXPECT_TRUE(deliveries("refund.create").empty());
    EXPECT_EQ(at(now(), "/refunds/0/state"), "reserved");
    const auto cancel = deliveries("order.cancel").at(0);
    ASSERT_TRUE(progress(cancel, "parked", "{}", "it has left already"));
    EXPECT_TRUE(deliveries("refund.create").empty());
    ASSERT_TRUE(progress(cancel, "done"));
    ASSERT_EQ(deliveries("refund.create").size(), 1U);
    EXPECT_EQ(deliveries("refund.create").at(0).action_id, cancel.action_id);
    EXPECT_EQ(at(payload("refund.create"), "/amount"), "12.00");
    ASSERT_TRUE(progress(cancel, "done"));
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
}

TEST_F(Provider, ADroppedCancelLetsTheMoneyGo) {
    ASSERT_TRUE(act(Kind::cancel, units(1)));
    ASSERT_TRUE(progress(deliveries("order.cancel").at(0), "dropped"));
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
}

}  // namespace
}  // namespace orderhub::servicing
