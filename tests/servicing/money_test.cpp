// Money that moves without the order's lines.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Money : public Servicing {
protected:
    static json::object goodwill(const char* amount) {
        return {{"kind", "goodwill"}, {"amount", amount}, {"reason", "sorry"}};
    }
};

class PaidTwice : public Servicing {
    json::object record() const override {
        json::object record = mugs_record();
        record["payments"].as_array().push_back(json::object{{"external_id", "p2"},
                                                             {"method", "transfer"},
                                                             {"state", "captured"},
                                                             {"amount", "10.00"}});
        return record;
    }
};

class Authorized : public Servicing {
protected:
    json::object record() const override { return authorized_record(); }
};

TEST_F(PaidTwice, WhatIsLeftOverGoesBack) {
    EXPECT_EQ(at(now(), "/money/excess"), "10.00");
    const auto done = act(Kind::refund, {{"kind", "excess"}, {"reason", "paid twice"}});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/refunds"),
              R"([{"payment":"p2","operation":"","amount":"10.00","kind":"excess"}])");
    EXPECT_EQ(at(payload("refund.create"), "/payment/external_id"), "p2");
    EXPECT_EQ(at(now(), "/money/excess"), "0.00");
}

TEST_F(PaidTwice, APersonSaysWhichPayment) {
    const auto done =
        act(Kind::refund, {{"kind", "excess"},
                           {"amount", "4.00"},
                           {"reason", "paid twice"},
                           {"tenders", list(json::object{{"payment", "p1"}, {"amount", "4.00"}})}});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/refunds/0/payment"), "p1");
    EXPECT_EQ(at(now(), "/money/excess"), "6.00");
}

TEST_F(Money, AGiftStaysWithinTheRolesLimit) {
    role_ = "junior";
    EXPECT_EQ(preview(Kind::refund, id_, goodwill("5.00")).error().code, "over_limit");
    ASSERT_TRUE(act(Kind::refund, goodwill("1.80")));
    EXPECT_EQ(preview(Kind::refund, id_, goodwill("0.01")).error().code, "over_limit");
    EXPECT_EQ(at(now(), "/refunds/0/kind"), "goodwill");
    EXPECT_EQ(at(payload("refund.create"), "/reason"), "sorry");
}

TEST_F(Money, AFailedRefundIsTriedAgainUnderAKeyOfItsOwn) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    ASSERT_TRUE(progress(deliveries("refund.create").at(0), "done",
                         R"({"external_id":"r1","state":"failed","message":"card closed"})"));
    EXPECT_EQ(at(now(), "/refunds/0/state"), "failed");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "refund_failed");
    EXPECT_NE(at(now(), "/exceptions/0/message").find("card closed"), std::string::npos);
    const std::string failed = at(now(), "/refunds/0/id");
    const auto again = act(Kind::retry_refund, {{"refund", failed}, {"reason", "new card"}});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(at(*again, "/plan/subject"), failed);
    EXPECT_EQ(at(now(), "/refunds/1/replaces"), failed);
    EXPECT_EQ(at(now(), "/exceptions/0/status"), "resolved");
    const auto commands = deliveries("refund.create");
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_NE(commands[0].key, commands[1].key);
    EXPECT_EQ(at(payload("refund.create", 1), "/amount"), "24.00");
    EXPECT_EQ(
        preview(Kind::retry_refund, id_, {{"refund", failed}, {"reason", "again"}}).error().kind,
        ErrorKind::Conflict);
}

TEST_F(Authorized, WhatIsShippedIsCaptured) {
    const auto done = act(Kind::capture, json::object{});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/payment_operations"),
              R"([{"payment":"p1","kind":"capture","amount":"24.00"}])");
    const json::value command = payload("payment.capture");
    EXPECT_EQ(at(command, "/amount"), "24.00");
    EXPECT_EQ(at(command, "/payment/external_id"), "p1");
    const auto delivery = deliveries("payment.capture").at(0);
    ASSERT_TRUE(progress(delivery, "done", R"({"external_id":"c1","state":"succeeded"})"));
    EXPECT_EQ(at(now(), "/payments/0/captured"), "24.00");
    EXPECT_EQ(at(now(), "/payments/0/available_to_capture"), "12.00");
    EXPECT_EQ(at(now(), "/payments/0/operations/0/external_id"), "c1");
    EXPECT_EQ(preview(Kind::capture, id_, json::object{}).error().code, "nothing_due");
}

TEST_F(Authorized, AFailedCaptureIsAPersonsBusiness) {
    ASSERT_TRUE(act(Kind::capture, json::object{}));
    ASSERT_TRUE(progress(deliveries("payment.capture").at(0), "done",
                         R"({"state":"failed","message":"expired"})"));
    EXPECT_EQ(at(now(), "/payments/0/operations/0/state"), "failed");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "capture_failed");
    EXPECT_NE(at(now(), "/exceptions/0/message").find("expired"), std::string::npos);
    EXPECT_EQ(at(now(), "/payments/0/available_to_capture"), "36.00");
}

TEST_F(Authorized, WhatTheOrderNoLongerNeedsIsGivenUp) {
    EXPECT_EQ(preview(Kind::reverse_authorization, id_, {{"reason", "r"}}).error().code,
              "nothing_to_reverse");
    const auto cancelled = act(Kind::cancel, units(1));
    ASSERT_TRUE(cancelled) << cancelled.error().message;
    EXPECT_EQ(at(*cancelled, "/plan/refunds"), "[]");
    const auto done = act(Kind::reverse_authorization, {{"reason", "cancelled"}});
    ASSERT_TRUE(done) << done.error().message;
    const json::value command = payload("payment.reverse");
    EXPECT_EQ(at(command, "/amount"), "12.00");
    EXPECT_EQ(at(command, "/reason"), "cancelled");
    ASSERT_TRUE(progress(deliveries("payment.reverse").at(0), "done",
                         R"({"state":"failed","message":"too late"})"));
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "reversal_failed");
}

TEST_F(Money, WithoutAConnectorNothingIsCaptured) {
    cannot_ = {"refund.create"};
    EXPECT_EQ(preview(Kind::return_, id_, units(1)).error().code, "no_connector");
}

TEST_F(Money, ASuspendedOrderWaitsForAPerson) {
    const auto done = act(Kind::suspend, {{"reason", "fraud?"}});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(now(), "/suspended"), "true");
    EXPECT_EQ(at(now(), "/exceptions/0/suspends"), "true");
    const auto refused = preview(Kind::return_, id_, units(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().code, "suspended");
    const std::string exception = at(now(), "/exceptions/0/id");
    ASSERT_TRUE(
        act(Kind::resolve_exception, {{"exception", exception}, {"reason", "known customer"}}));
    EXPECT_EQ(at(now(), "/suspended"), "false");
    EXPECT_EQ(at(now(), "/exceptions/0/status"), "resolved");
    EXPECT_EQ(at(now(), "/exceptions/0/resolved_by"), "agent:test");
    EXPECT_EQ(at(now(), "/exceptions/0/resolution"), "known customer");
    EXPECT_TRUE(preview(Kind::return_, id_, units(1)));
}

TEST_F(Money, AnExceptionCanBeIgnored) {
    ASSERT_TRUE(act(Kind::return_, units(1)));
    ASSERT_TRUE(progress(deliveries("refund.create").at(0), "done",
                         R"({"external_id":"r1","state":"failed","message":"card closed"})"));
    ASSERT_TRUE(act(Kind::resolve_exception, {{"exception", at(now(), "/exceptions/0/id")},
                                              {"ignore", true},
                                              {"reason", "paid in cash"}}));
    EXPECT_EQ(at(now(), "/exceptions/0/status"), "ignored");
}

}  // namespace
}  // namespace orderhub::servicing
