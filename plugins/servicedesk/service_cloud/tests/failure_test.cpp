// Every way in which an exchange can fail, at every request of a link: which outcome the hub is
// told, and that repeating the command then leaves exactly one effect.
#include <gtest/gtest.h>

#include "org.hpp"
#include "testing/failing.hpp"

namespace orderhub::service_cloud::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;
using orderhub::testing::html;
using orderhub::testing::throttled;

constexpr const char* kLookup = "FROM OrderSummary";
constexpr const char* kWrite = "/composite";
constexpr const char* kLook = "FROM CaseComment WHERE";

Answer truncated() {
    return {200, "{\"compositeRes", {{"content-type", "application/json"}}, OH_HTTP_ANSWERED};
}
Answer stopping() {
    return {0, "", {}, OH_HTTP_STOPPING};
}
/// What a composite request answers when its note cannot be made: 200, and nothing was done.
Answer rolled_back(int status, std::string_view code) {
    const auto part = [](int of, std::string_view why) {
        return Json::object(
            {{"httpStatusCode", of},
             {"body", Json::array({Json::object({{"errorCode", why}, {"message", "words"}})})}});
    };
    return ok(Json::object({{"compositeResponse",
                             Json::array({part(400, "PROCESSING_HALTED"), part(status, code)})}}));
}

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", kLookup, std::move(a)}; };
    const auto post = [](Answer a, bool done = false) {
        return Fault{"POST", kWrite, std::move(a), done};
    };
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(refused(401, "INVALID_SESSION_ID", "Session expired")), OH_RETRY,
         "unauthorized"},
        {"read_limit", get(refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests")), OH_RETRY,
         "request_limit"},
        {"read_403", get(refused(403, "API_DISABLED_FOR_ORG", "no")), OH_RETRY, "unauthorized"},
        {"read_503", get(refused(503, "SERVER_UNAVAILABLE", "busy")), OH_RETRY,
         "server_unavailable"},
        {"read_500", get(html(500)), OH_RETRY, "server_error"},
        {"read_timeout", get(refused(400, "QUERY_TIMEOUT", "too long")), OH_RETRY, "query_timeout"},
        {"read_invalid", get(refused(400, "INVALID_TYPE", "sObject type")), OH_REJECTED,
         "invalid_type"},
        {"read_truncated", get(truncated()), OH_RETRY, "bad_answer"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"read_stopping", get(stopping()), OH_RETRY, "stopping"},
        {"write_unreachable", post(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", post(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", post(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", post(html(500)), OH_UNKNOWN, "server_error"},
        {"write_500_after", post(html(500), true), OH_DONE, ""},
        {"write_503_after", post(refused(503, "SERVER_UNAVAILABLE", "busy"), true), OH_DONE, ""},
        {"write_429", post(throttled()), OH_RETRY, "throttled"},
        {"write_limit", post(refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests")), OH_RETRY,
         "request_limit"},
        {"write_401", post(refused(401, "INVALID_SESSION_ID", "Session expired")), OH_RETRY,
         "unauthorized"},
        {"write_400", post(refused(400, "JSON_PARSER_ERROR", "unexpected")), OH_REJECTED,
         "json_parser_error"},
        {"write_locked", post(rolled_back(400, "UNABLE_TO_LOCK_ROW")), OH_UNKNOWN, "locked"},
        {"write_not_found", post(rolled_back(404, "NOT_FOUND")), OH_REJECTED, "not_found"},
        {"write_rule", post(rolled_back(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION")), OH_REJECTED,
         "field_custom_validation_exception"},
        {"write_truncated_after", post(truncated(), true), OH_DONE, ""},
        {"write_truncated_before", post(truncated()), OH_UNKNOWN, "bad_answer"},
        {"write_html_after", post(html(), true), OH_DONE, ""},
        {"write_html_before", post(html()), OH_UNKNOWN, "bad_answer"},
        {"write_stopping", post(stopping()), OH_RETRY, "stopping"},
    };
}

Outcome link(FakeHost& host, std::uint32_t attempt) {
    return host.execute("case.link", "d-1",
                        Json::parse(R"({"case": {"external_id": "500000000000001AAA"},
        "order": {"number": "1001", "url": "https://x.test/1001", "digest": "2 x Mug"}})"),
                        attempt);
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEffect) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    org.faults.push_back(GetParam().fault);
    const Outcome first = link(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(org.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(link(host, 2).outcome, OH_DONE);
    EXPECT_EQ(org.changes, 1);
    EXPECT_EQ(org.comments.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Link, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, DelaysAreHandedOn) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    org.faults.push_back({"POST", kWrite, throttled()});
    EXPECT_EQ(link(host, 1).retry_after_ms, 17'000U);
    org.faults.push_back({"POST", kWrite, refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests")});
    EXPECT_EQ(link(host, 1).retry_after_ms, 60'000U);
}

TEST(FailureDetail, ALookThatFailsNeverWrites) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    org.faults.push_back({"GET", kLook, testkit::no_answer()});
    EXPECT_EQ(link(host, 2).outcome, OH_RETRY);
    EXPECT_EQ(org.changes, 0);
}

TEST(FailureDetail, AWriteWhoseLookFailsIsUnknown) {
    Org org;
    FakeHost host(config());
    org.attach(host);
    org.faults.push_back({"POST", kWrite, testkit::no_answer(), true});
    org.faults.push_back({"GET", kLook, html(500)});
    EXPECT_EQ(link(host, 1).outcome, OH_UNKNOWN);
    EXPECT_EQ(link(host, 2).outcome, OH_DONE);
    EXPECT_EQ(org.changes, 1);
}

}  // namespace
}  // namespace orderhub::service_cloud::testing
