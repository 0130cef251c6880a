// Every way in which an exchange can fail: which outcome the hub is told, and that repeating the
// command then leaves exactly one effect.
#include <gtest/gtest.h>

#include "shop.hpp"
#include "testing/failing.hpp"

namespace orderhub::b2c_commerce::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;
using orderhub::testing::html;
using orderhub::testing::throttled;

Answer stopping() {
    return {0, "", {}, OH_HTTP_STOPPING};
}

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", "/orders/1001", std::move(a)}; };
    const auto put = [](Answer a, bool done = false) {
        return Fault{"PUT", "/status", std::move(a), done};
    };
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(problem(401, "unauthorized", "no")), OH_RETRY, "unauthorized"},
        {"read_403", get(problem(403, "forbidden", "no")), OH_RETRY, "unauthorized"},
        {"read_404", get(problem(404, "order-not-found", "no")), OH_REJECTED, "no_such_order"},
        {"read_429", get(throttled()), OH_RETRY, "throttled"},
        {"read_500", get(html(500)), OH_RETRY, "server_error"},
        {"read_504", get(problem(504, "timeout", "no")), OH_RETRY, "server_error"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"write_unreachable", put(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", put(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", put(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", put(html(500)), OH_UNKNOWN, "server_error"},
        {"write_500_after", put(html(500), true), OH_DONE, ""},
        {"write_503_after", put(problem(503, "overloaded", "later"), true), OH_DONE, ""},
        {"write_429", put(throttled()), OH_RETRY, "throttled"},
        {"write_400", put(problem(400, "bad-request", "no")), OH_REJECTED, "http_400"},
        {"write_409", put(problem(409, "conflict", "no")), OH_REJECTED, "http_409"},
        {"write_stopping", put(stopping()), OH_RETRY, "stopping"},
    };
}

Outcome cancel(FakeHost& host, std::uint32_t attempt) {
    return host.execute("order.cancel", "d-1",
                        Json::parse(R"({"order": {"external_id": "1001", "number": "1001",
        "currency": "EUR"}, "lines": [{"line": "a1", "quantity": 2}], "reason": "x"})"),
                        attempt);
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEffect) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    shop.faults.push_back(GetParam().fault);
    const Outcome first = cancel(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(shop.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(cancel(host, 2).outcome, OH_DONE);
    EXPECT_EQ(shop.status_changes, 1);
}

INSTANTIATE_TEST_SUITE_P(Cancel, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, AnOrderThatCannotBeReadBackIsDoneAllTheSame) {
    Shop shop;
    FakeHost host(config());
    int reads = 0;
    host.peer = [&](const Request& request) {
        return request.method == "GET" && ++reads == 2 ? testkit::no_answer()
                                                       : shop.answer(request);
    };
    EXPECT_EQ(cancel(host, 1).outcome, OH_DONE);
    EXPECT_EQ(shop.status_changes, 1);
}

TEST(FailureDetail, AnEventWhoseAnswerIsLostIsUnknown) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    const Json payload =
        Json::parse(R"({"order": {"external_id": "1001", "number": "1001", "currency": "EUR"},
        "kind": "standard", "lines": [{"line": "a1", "sku": "MUG", "name": "Mug", "quantity": 2}], "recipient": {},
        "tracking_number": "1", "reason": ""})");
    shop.faults.push_back({"POST", "/oms-status-events", testkit::no_answer(), true});
    EXPECT_EQ(host.execute("fulfilment.create", "k-1", payload).outcome, OH_UNKNOWN);
    EXPECT_EQ(host.execute("fulfilment.create", "k-1", payload, 2).outcome, OH_DONE);
    ASSERT_EQ(shop.events.size(), 2U);
    EXPECT_EQ(shop.events[0]["fulfillmentEvent"]["id"], shop.events[1]["fulfillmentEvent"]["id"]);
    shop.faults.push_back(
        {"POST", "/oms-status-events", problem(400, "oms-not-active", "OMS is not active")});
    const Outcome refused = host.execute("fulfilment.create", "k-2", payload);
    EXPECT_EQ(refused.outcome, OH_REJECTED);
    EXPECT_TRUE(refused.message.find("OMS is not active") != std::string::npos);
}

}  // namespace
}  // namespace orderhub::b2c_commerce::testing
