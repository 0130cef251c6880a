// Every way in which an exchange can fail: which outcome the hub is told, and that repeating the
// command then leaves exactly one effect.
#include <gtest/gtest.h>

#include "shop.hpp"
#include "testing/failing.hpp"

namespace orderhub::shopify::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;

Answer with(int status, std::string body, sdk::Headers headers = {}) {
    return {status, std::move(body), std::move(headers), OH_HTTP_ANSWERED};
}

Answer payload_error(const char* list, const char* code, const char* message) {
    return ok(Json::parse(std::string(R"({"data": {"refundCreate": {")") + list +
                          R"(": [{"field": null, "message": ")" + message + R"(", "code": )" +
                          code + "}]}}}"));
}

std::vector<Failing> cases() {
    const auto read = [](Answer a) { return Fault{"HubOrder", std::move(a)}; };
    const auto write = [](Answer a, bool done = false) {
        return Fault{"HubMakeRefund", std::move(a), done};
    };
    const auto user = [](const char* message) {
        return payload_error("userErrors", "null", message);
    };
    return {
        {"read_unreachable", read(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", read(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", read(with(401, R"({"errors":"[API] Invalid API key"})")), OH_RETRY,
         "unauthorized"},
        {"read_402", read(with(402, R"({"errors":"Unavailable Shop"})")), OH_RETRY, "shop_closed"},
        {"read_404", read(with(404, R"({"errors":"Not Found"})")), OH_REJECTED, "http_404"},
        {"read_429", read(with(429, "", {{"retry-after", "17"}})), OH_RETRY, "throttled"},
        {"read_500", read(with(500, "<html>")), OH_RETRY, "server_error"},
        {"read_html", read(with(200, "<html>")), OH_RETRY, "bad_answer"},
        {"read_no_data", read(with(200, R"({"data":null})")), OH_RETRY, "bad_answer"},
        {"read_string_errors", read(with(200, R"({"errors":"odd"})")), OH_RETRY, "bad_answer"},
        {"read_denied", read(error("ACCESS_DENIED", "no")), OH_RETRY, "unauthorized"},
        {"read_internal", read(error("INTERNAL_SERVER_ERROR", "oops")), OH_RETRY, "server_error"},
        {"read_inactive", read(error("SHOP_INACTIVE", "asleep")), OH_RETRY, "shop_inactive"},
        {"read_undefined", read(error("undefinedField", "no such field")), OH_REJECTED,
         "graphql_error"},
        {"write_unreachable", write(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", write(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", write(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", write(with(500, "<html>")), OH_UNKNOWN, "server_error"},
        {"write_500_after", write(with(500, "<html>"), true), OH_DONE, ""},
        {"write_503_before", write(with(503, "")), OH_UNKNOWN, "throttled"},
        {"write_429", write(with(429, "", {{"retry-after", "17"}})), OH_RETRY, "throttled"},
        {"write_truncated", write(with(200, R"({"data":{"refund)"), true), OH_DONE, ""},
        {"write_html_before", write(with(200, "<html>")), OH_UNKNOWN, "bad_answer"},
        {"write_no_directive", write(error("BAD_REQUEST", "The @idempotent directive is required")),
         OH_REJECTED, "graphql_error"},
        {"write_concurrent", write(user("IDEMPOTENCY_CONCURRENT_REQUEST: try later")), OH_UNKNOWN,
         "in_progress"},
        {"write_over_refund", write(user("Refund amount cannot exceed 5.00")), OH_REJECTED,
         "refused"},
        {"write_internal", write(payload_error("userErrors", "\"INTERNAL_ERROR\"", "oops")),
         OH_UNKNOWN, "server_error"},
        {"write_stopping", write({0, "", {}, OH_HTTP_STOPPING}), OH_RETRY, "stopping"},
    };
}

Outcome refund(FakeHost& host, std::uint32_t attempt) {
    return host.execute("refund.create", "r-1",
                        payload("820982911946154508", "USD",
                                R"({"payment": {"external_id": "91"}, "amount": "5.00",
                                    "currency": "USD", "reason": "Late"})"),
                        attempt);
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEffect) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    shop.faults.push_back(GetParam().fault);
    const Outcome first = refund(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(shop.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(refund(host, 2).outcome, OH_DONE);
    EXPECT_EQ(shop.writes, 1);
}

INSTANTIATE_TEST_SUITE_P(Refund, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, AThrottledWriteSurelyDidNotHappen) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    shop.faults.push_back({"HubMakeRefund", error("THROTTLED", "Throttled"), false, 3});
    const Outcome first = refund(host, 1);
    EXPECT_EQ(first.outcome, OH_RETRY);
    EXPECT_EQ(first.code, "out_of_points");
    EXPECT_EQ(refund(host, 2).outcome, OH_DONE);
    EXPECT_EQ(shop.writes, 1);
}

TEST(FailureDetail, AnOrderThatCannotBeReadBackIsDoneAllTheSame) {
    Shop shop;
    FakeHost host(config());
    bool is_sent = false;
    host.peer = [&](const Request& request) {
        const bool is_read = request.body.find("query HubOrder(") != std::string::npos;
        is_sent = is_sent || request.body.find("mutation HubFulfil(") != std::string::npos;
        return is_read && is_sent ? with(500, "") : shop.answer(request);
    };
    const Json wanted =
        payload("820982911946154508", "USD", R"({"kind": "standard", "recipient": {}, "reason": "",
        "lines": [{"line": "11", "sku": "CUP-1", "name": "Cup", "quantity": 1}]})");
    EXPECT_EQ(host.execute("fulfilment.create", "f-1", wanted).outcome, OH_DONE);
    EXPECT_EQ(shop.writes, 1);
}

TEST(FailureDetail, ALostAnswerToAFulfilmentIsFoundByItsAnnouncement) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    shop.faults.push_back({"HubFulfil", testkit::no_answer(), true});
    const Json wanted =
        payload("820982911946154508", "USD", R"({"kind": "standard", "recipient": {}, "reason": "",
        "lines": [{"line": "11", "sku": "CUP-1", "name": "Cup", "quantity": 1}]})");
    EXPECT_EQ(host.execute("fulfilment.create", "f-1", wanted).outcome, OH_DONE);
    EXPECT_EQ(shop.writes, 1);
}

TEST(FailureDetail, TheTokenIsTheHostsUnlessOneIsGiven) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    host.poll();
    EXPECT_EQ(host.requests[0].url, "https://acme.myshopify.com/admin/api/2026-10/graphql.json");
    EXPECT_EQ(host.requests[0].headers[0].second, "{{oauth2}}");
    Json with_token = config();
    with_token.set("access_token", "{{secret:access_token}}");
    FakeHost fixed(with_token);
    shop.attach(fixed);
    fixed.poll();
    EXPECT_EQ(fixed.requests[0].headers[0].second, "{{secret:access_token}}");
}

}  // namespace
}  // namespace orderhub::shopify::testing
