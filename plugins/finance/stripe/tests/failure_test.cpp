// Every way in which an exchange can fail: which outcome the hub is told, and that repeating the
// command then leaves exactly one effect.
#include <gtest/gtest.h>

#include "bank.hpp"
#include "testing/failing.hpp"

namespace orderhub::stripe::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;
using orderhub::testing::html;

Answer with_header(Answer answer, const char* name, const char* value) {
    answer.headers.emplace_back(name, value);
    return answer;
}

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", "/payment_intents/", std::move(a)}; };
    const auto post = [](Answer a, bool done = false) {
        return Fault{"POST", "/refunds", std::move(a), done};
    };
    const char* kRequest = "invalid_request_error";
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(error(401, kRequest, "", "Invalid API Key")), OH_RETRY, "unauthorized",
         60'000},
        {"read_409", get(error(409, kRequest, "", "busy")), OH_RETRY, "conflict"},
        {"read_500", get(html(500)), OH_RETRY, "server_error"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"write_unreachable", post(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", post(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", post(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", post(error(500, "api_error", "", "oops")), OH_UNKNOWN, "server_error"},
        {"write_500_after", post(html(500), true), OH_DONE, ""},
        {"write_503_after", post(html(503), true), OH_DONE, ""},
        {"write_html_after", post(html(), true), OH_DONE, ""},
        {"write_html_before", post(html()), OH_UNKNOWN, "bad_answer"},
        {"write_truncated_after", post({200, R"({"id": "re_)", {}, OH_HTTP_ANSWERED}, true),
         OH_DONE, ""},
        {"write_424", post(error(424, "api_error", "", "a bank is down")), OH_UNKNOWN,
         "dependency_failed"},
        {"write_429",
         post(with_header(error(429, "rate_limit_error", "rate_limit", "slow down"), "retry-after",
                          "17")),
         OH_RETRY, "throttled", 17'000},
        {"write_429_bare", post(with_header(html(429), "retry-after", "5")), OH_RETRY, "throttled",
         5'000},
        {"write_lock_timeout", post(error(429, kRequest, "lock_timeout", "the object is busy")),
         OH_RETRY, "throttled"},
        {"write_lock_timeout_400", post(error(400, kRequest, "lock_timeout", "the object is busy")),
         OH_RETRY, "throttled"},
        {"write_409", post(error(409, kRequest, "", "busy")), OH_RETRY, "conflict"},
        {"write_key_in_use_before",
         post(error(409, "idempotency_error", "idempotency_key_in_use", "still at work")),
         OH_UNKNOWN, "key_in_use"},
        {"write_key_in_use_after",
         post(error(409, "idempotency_error", "idempotency_key_in_use", "still at work"), true),
         OH_DONE, ""},
        {"write_other_parameters",
         post(error(400, "idempotency_error", "", "Keys for idempotent requests can only")),
         OH_REJECTED, "idempotency_conflict"},
        {"write_other_parameters_but_ours",
         post(error(400, "idempotency_error", "", "Keys for idempotent"), true), OH_DONE, ""},
        {"write_over_refund", post(error(400, kRequest, "", "Refund amount is greater")),
         OH_REJECTED, "http_400"},
        {"write_already_refunded",
         post(error(400, kRequest, "charge_already_refunded", "has already been refunded")),
         OH_REJECTED, "charge_already_refunded"},
        {"write_disputed", post(error(400, kRequest, "charge_disputed", "has been charged back")),
         OH_REJECTED, "charge_disputed"},
        {"write_declined", post(error(402, "card_error", "card_declined", "no")), OH_REJECTED,
         "declined"},
        {"write_403", post(error(403, kRequest, "", "the key may not")), OH_RETRY, "unauthorized",
         60'000},
        {"write_should_retry",
         post(
             with_header(error(400, kRequest, "", "again, please"), "stripe-should-retry", "true")),
         OH_RETRY, "asked_to_retry"},
        {"write_stopping", post({0, "", {}, OH_HTTP_STOPPING}), OH_RETRY, "stopping"},
    };
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneRefund) {
    Bank bank;
    FakeHost host(config());
    bank.attach(host);
    bank.faults.push_back(GetParam().fault);
    const Outcome first = host.execute("refund.create", "rf_1", payload());
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(first.retry_after_ms, GetParam().retry_after_ms);
    EXPECT_EQ(bank.faults[0].times, 0) << "the fault was never met";
    const Outcome second = host.execute("refund.create", "rf_1", payload(), 2);
    EXPECT_EQ(second.outcome, OH_DONE) << second.message;
    EXPECT_EQ(second.result["external_id"].text(), "re_1");
    EXPECT_EQ(bank.refunds.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Refund, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, AKeptFailureIsNotTakenForARefund) {
    Bank bank;
    FakeHost host(config());
    bank.attach(host);
    bank.keys["rf_1"] = error(500, "api_error", "", "oops");
    for (std::uint32_t attempt = 1; attempt < 4; ++attempt)
        EXPECT_EQ(host.execute("refund.create", "rf_1", payload(), attempt).outcome, OH_UNKNOWN);
    bank.keys.clear();
    EXPECT_EQ(host.execute("refund.create", "rf_1", payload(), 4).outcome, OH_DONE);
    EXPECT_EQ(bank.refunds.size(), 1U);
}

TEST(FailureDetail, NobodyLooksTwiceWhereTheAnswerIsLost) {
    for (const char* kind : {"payment.capture", "payment.reverse"})
        for (const char* payment : {"pi_2", "ch_3"}) {
            Bank bank;
            FakeHost host(config());
            bank.attach(host);
            bank.faults.push_back({"POST", "/", testkit::no_answer(), true});
            EXPECT_EQ(host.execute(kind, "po_1", payload("50.00", "EUR", payment)).outcome, OH_DONE)
                << kind << payment;
            EXPECT_EQ(host.execute(kind, "po_1", payload("50.00", "EUR", payment), 2).outcome,
                      OH_DONE);
            EXPECT_EQ(bank.writes, 1) << kind << payment;
        }
}

TEST(FailureDetail, WithoutALookAfterwardsItIsUnknown) {
    Bank bank;
    FakeHost host(config());
    bank.attach(host);
    bank.faults.push_back({"POST", "/refunds", testkit::no_answer(), true});
    bank.faults.push_back({"GET", "/refunds?", html(500)});
    EXPECT_EQ(host.execute("refund.create", "rf_1", payload()).outcome, OH_UNKNOWN);
    EXPECT_EQ(host.execute("refund.create", "rf_1", payload(), 2).outcome, OH_DONE);
    EXPECT_EQ(bank.refunds.size(), 1U);
}

}  // namespace
}  // namespace orderhub::stripe::testing
