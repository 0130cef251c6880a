// Polling, and cancelling whatever goes wrong on the way.
#include <gtest/gtest.h>

#include "org.hpp"
#include "testing/failing.hpp"

namespace orderhub::salesforce_commerce::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;

Json by_summary() {
    Json with = config();
    with.set("door", "order_summary");
    return with;
}

Outcome cancel(FakeHost& host, std::uint32_t attempt = 1, std::int64_t quantity = 2) {
    Json payload = Json::parse(
        R"({"order": {"external_id": "801000000000001AAA", "number": "1", "currency": "GBP"}, "reason": "x"})");
    payload.set(
        "lines",
        Json::array({Json::object({{"line", "802000000000001AAA"}, {"quantity", quantity}})}));
    return host.execute("order.cancel", "k-1", payload, attempt);
}

TEST(Poll, BringsAnOrderOnceAndAgainWhenAnItemChanged) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    const Outcome first = host.poll();
    ASSERT_EQ(first.outcome, OH_DONE) << first.message;
    ASSERT_EQ(first.records.size(), 1U);
    EXPECT_EQ(first.records[0].second.at("totals").at("inc").text(), "113.40");
    const Outcome second = host.poll(first.cursor);
    EXPECT_TRUE(second.records.empty());
    org.child_stamp = "2026-11-02T09:30:00.000+0000";
    EXPECT_EQ(host.poll(second.cursor).records.size(), 1U);
}

TEST(Poll, SummariesOfAnotherStorefrontAreLeftOut) {
    Org org;
    FakeHost host(by_summary());
    org.attach(host);
    const Outcome outcome = host.poll();
    ASSERT_EQ(outcome.records.size(), 1U) << outcome.message;
    EXPECT_EQ(outcome.records[0].second.at("managed").boolean(), false);
    for (const std::string& soql : org.asked)
        if (soql.find(" FROM OrderSummary WHERE") != std::string::npos)
            EXPECT_NE(soql.find("ExternalReferenceIdentifier = null"), std::string::npos) << soql;
}

TEST(Poll, AnOrderThatCannotBeMappedIsNamedAndLeftOut) {
    Org org;
    org.order.set("GrandTotalAmount", "much");
    FakeHost host(config());
    org.attach(host);
    const Outcome outcome = host.poll();
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_TRUE(outcome.records.empty());
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_NE(host.logs[0].find(kOrder), std::string::npos);
    EXPECT_TRUE(outcome.message.starts_with("1 order left out: ")) << outcome.message;
}

TEST(Cancel, SetsStatusAndKeyOnce) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    const Outcome outcome = cancel(host);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(org.order["Status"], Json("Cancelled"));
    EXPECT_EQ(org.order["OrderHubKey__c"], Json("k-1"));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("state").text(), "cancelled");
    EXPECT_EQ(cancel(host, 2).outcome, OH_DONE);
    EXPECT_EQ(org.changes, 1);
}

TEST(Cancel, IsRefusedWhereItCannotBeMeant) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    EXPECT_EQ(cancel(host, 1, 1).code, "partial_cancel");
    FakeHost summaries(by_summary());
    org.attach(summaries);
    EXPECT_EQ(cancel(summaries).code, "not_supported");
    EXPECT_EQ(org.changes, 0);
}

TEST(Check, AsksForEveryField) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    EXPECT_EQ(host.check().outcome, OH_DONE);
    org.faults.push_back({"GET", " LIMIT 1", refused(400, "INVALID_FIELD")});
    EXPECT_EQ(host.check().code, "invalid_field");
}

Answer html(int status) {
    return {status, "<html>", {{"content-type", "text/html"}}, OH_HTTP_ANSWERED};
}

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", " WHERE Id IN ", std::move(a)}; };
    const auto post = [](Answer a, bool done = false) {
        return Fault{"POST", "/composite", std::move(a), done};
    };
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(refused(401, "INVALID_SESSION_ID")), OH_RETRY, "unauthorized"},
        {"read_limit", get(refused(403, "REQUEST_LIMIT_EXCEEDED")), OH_RETRY, "request_limit"},
        {"read_500", get(html(500)), OH_RETRY, "server_error"},
        {"read_html", get(html(200)), OH_RETRY, "bad_answer"},
        {"write_unreachable", post(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", post(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", post(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_after", post(html(500), true), OH_DONE, ""},
        {"write_html_after", post(html(200), true), OH_DONE, ""},
        {"write_400", post(refused(400, "FAILED_ACTIVATION")), OH_REJECTED, "failed_activation"},
        {"write_limit", post(refused(403, "REQUEST_LIMIT_EXCEEDED")), OH_RETRY, "request_limit"},
    };
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEffect) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    org.faults.push_back(GetParam().fault);
    const Outcome first = cancel(host);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(org.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(cancel(host, 2).outcome, OH_DONE);
    EXPECT_EQ(org.changes, 1);
}

INSTANTIATE_TEST_SUITE_P(Cancel, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace orderhub::salesforce_commerce::testing
