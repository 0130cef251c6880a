// Every way in which an exchange can fail: which outcome the hub is told, and that repeating the
// command then leaves exactly one transaction.
#include <gtest/gtest.h>

#include "project.hpp"
#include "testing/failing.hpp"

namespace orderhub::commercetools::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;
using orderhub::testing::html;
using orderhub::testing::throttled;

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", "/payments/p-1", std::move(a)}; };
    const auto post = [](Answer a, bool done = false) {
        return Fault{"POST", "/payments/p-1", std::move(a), done};
    };
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(problem(401, "invalid_token", "invalid_token")), OH_RETRY, "unauthorized"},
        {"read_403", get(problem(403, "insufficient_scope", "no")), OH_RETRY, "unauthorized"},
        {"read_404", get(problem(404, "ResourceNotFound", "no")), OH_REJECTED, "no_such_payment"},
        {"read_429", get(throttled()), OH_RETRY, "throttled"},
        {"read_500", get(problem(500, "General", "no")), OH_RETRY, "server_error"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"write_unreachable", post(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", post(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", post(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", post(html(500)), OH_UNKNOWN, "server_error"},
        {"write_502_after", post(html(502), true), OH_DONE, ""},
        {"write_504_after", post(html(504), true), OH_DONE, ""},
        {"write_html_after", post(html(), true), OH_DONE, ""},
        {"write_429", post(throttled()), OH_RETRY, "throttled"},
        {"write_409", post(problem(409, "ConcurrentModification", "no")), OH_DONE, ""},
        {"write_409_after", post(problem(409, "ConcurrentModification", "no"), true), OH_DONE, ""},
        {"write_400", post(problem(400, "InvalidOperation", "no")), OH_REJECTED, "http_400"},
    };
}

Outcome refund(FakeHost& host, std::uint32_t attempt) {
    return host.execute("refund.create", "r-1",
                        Json::object({{"order", order_reference()},
                                      {"payment", Json::object({{"external_id", "p-1"}})},
                                      {"amount", "12.10"},
                                      {"currency", "EUR"},
                                      {"reason", "x"}}),
                        attempt);
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneTransaction) {
    Project project;
    FakeHost host(config());
    project.attach(host);
    project.faults.push_back(GetParam().fault);
    const Outcome first = refund(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(project.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(refund(host, 2).outcome, OH_DONE);
    EXPECT_EQ(project.refunds().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Refund, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, TheSystemsOwnWordsAreTold) {
    Project project;
    FakeHost host(config());
    project.attach(host);
    project.faults.push_back(
        {"POST", "/payments/p-1", problem(400, "InvalidOperation", "A rule says no")});
    EXPECT_EQ(refund(host, 1).message, "answered 400: A rule says no");
}

}  // namespace
}  // namespace orderhub::commercetools::testing
