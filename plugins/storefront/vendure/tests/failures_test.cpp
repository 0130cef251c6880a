// Every way in which the shop or the way to it can fail has a class.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::vendure {
namespace {

using testkit::Answer;
using testkit::Outcome;

struct Case {
    const char* name;
    Answer answer;
    oh_outcome read;   ///< when the order is asked for
    oh_outcome write;  ///< when the refund is asked for and has not happened
    const char* code;
};

Answer with(int status, std::string body, sdk::Headers headers = {}) {
    return {status, std::move(body), std::move(headers)};
}

std::vector<Case> cases() {
    return {
        {"refused_connection", testkit::not_sent(), OH_RETRY, OH_RETRY, "unreachable"},
        {"lost_answer", testkit::no_answer(), OH_RETRY, OH_UNKNOWN, "no_answer"},
        {"throttled", with(429, "", {{"retry-after", "7"}}), OH_RETRY, OH_RETRY, "throttled"},
        {"unavailable", with(503, ""), OH_RETRY, OH_RETRY, "throttled"},
        {"server_error", with(500, "oops"), OH_RETRY, OH_UNKNOWN, "server_error"},
        {"bad_gateway", with(502, "<html>"), OH_RETRY, OH_UNKNOWN, "server_error"},
        {"truncated", with(200, R"({"data":{)"), OH_RETRY, OH_UNKNOWN, "bad_answer"},
        {"other_json", with(200, "[1,2]"), OH_RETRY, OH_UNKNOWN, "bad_answer"},
        {"no_data", with(200, R"({"data":null})"), OH_RETRY, OH_UNKNOWN, "bad_answer"},
        {"odd_errors", with(200, R"({"errors":"x"})"), OH_RETRY, OH_UNKNOWN, "bad_answer"},
        {"html", with(200, R"({"data":{"order":null}})", {{"content-type", "text/html"}}), OH_RETRY,
         OH_UNKNOWN, "bad_answer"},
        {"invalid_query", with(400, R"({"errors":[{"message":"Cannot query field"}]})"),
         OH_REJECTED, OH_REJECTED, "http_400"},
        {"not_found", with(404, "nothing here"), OH_REJECTED, OH_REJECTED, "http_404"},
        {"user_input", graphql_error("USER_INPUT_ERROR", "no"), OH_REJECTED, OH_REJECTED,
         "user_input_error"},
        {"illegal", graphql_error("ILLEGAL_OPERATION", "no"), OH_REJECTED, OH_REJECTED,
         "illegal_operation"},
        {"internal", graphql_error("INTERNAL_SERVER_ERROR", "no"), OH_RETRY, OH_UNKNOWN,
         "internal_error"},
        {"wrong_channel", graphql_error("CHANNEL_NOT_FOUND", "No Channel"), OH_RETRY, OH_RETRY,
         "channel_not_found"},
        {"forbidden", graphql_error("FORBIDDEN", "no"), OH_RETRY, OH_RETRY, "unauthorized"},
        {"unauthorized", with(401, ""), OH_RETRY, OH_RETRY, "unauthorized"},
    };
}

class Failures : public testing::TestWithParam<Case> {
protected:
    Failures() { bench.shop.add(recorded_order("17-plain")); }

    void fail(std::string_view operation) {
        bench.shop.before = [=](std::string_view asked) {
            return asked == operation ? std::optional(GetParam().answer) : std::nullopt;
        };
    }

    Bench bench;
};

TEST_P(Failures, OfAReadHaveTheirClass) {
    fail("Order");
    const Outcome outcome = bench.host.receive(R"({"type":"order.changed","orderId":"17"})");
    EXPECT_EQ(outcome.outcome, GetParam().read) << outcome.message;
    EXPECT_EQ(outcome.code, GetParam().code);
    EXPECT_FALSE(outcome.message.empty());
    EXPECT_TRUE(outcome.records.empty());
}

TEST_P(Failures, OfAWriteHaveTheirClass) {
    fail("Refund");
    const Outcome outcome =
        bench.host.execute("refund.create", "k", refund_payload("17", "20", "10.00"));
    EXPECT_EQ(outcome.outcome, GetParam().write) << outcome.message;
    EXPECT_EQ(outcome.code, GetParam().code);
    EXPECT_TRUE(outcome.result.empty());
}

INSTANTIATE_TEST_SUITE_P(All, Failures, testing::ValuesIn(cases()),
                         [](const auto& info) { return std::string(info.param.name); });

struct Session : testing::Test {
    Session() { bench.shop.add(recorded_order("17-plain")); }

    Bench bench;
};

TEST_F(Session, IsOpenedOnceAndKept) {
    bench.host.receive(R"({"type":"order.changed","orderId":"17"})");
    bench.host.receive(R"({"type":"order.changed","orderId":"17"})");
    EXPECT_EQ(bench.shop.logins, 1);
    const testkit::Request& login = bench.host.requests.at(0);
    EXPECT_EQ(login.flags, OH_HTTP_FILL_BODY);
    EXPECT_NE(login.body.find(R"("p":"{{secret:password}}")"), std::string::npos);
    EXPECT_EQ(bench.host.requests.at(1).flags, 0U);
}

TEST_F(Session, ThatExpiredIsOpenedAgainAndTheRequestRepeated) {
    bench.host.receive(R"({"type":"order.changed","orderId":"17"})");
    bench.shop.session = "restarted";
    const Outcome outcome =
        bench.host.execute("refund.create", "k", refund_payload("17", "20", "10.00"));
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(bench.shop.logins, 2);
    EXPECT_EQ(bench.shop.count("Refund"), 1U);
}

TEST_F(Session, RefusedByTheShopIsTriedLater) {
    bench.shop.before = [](std::string_view) -> std::optional<Answer> {
        return with(200, R"({"data":{"login":{"errorCode":"INVALID_CREDENTIALS_ERROR",)"
                         R"("message":"The provided credentials are invalid"}}})");
    };
    const Outcome outcome = bench.host.check();
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "unauthorized");
    EXPECT_EQ(outcome.message, "The provided credentials are invalid");
    EXPECT_EQ(outcome.retry_after_ms, 60'000U);
}

TEST_F(Session, WithoutATokenSaysWhatToSet) {
    bench.shop.before = [](std::string_view) -> std::optional<Answer> {
        return with(200, R"({"data":{"login":{"__typename":"CurrentUser","id":"1"}}})");
    };
    EXPECT_EQ(bench.host.check().code, "no_session");
}

TEST_F(Session, IsNotNeededWithAnApiKey) {
    testkit::FakeHost host(
        {{"base_url", "http://127.0.0.1:3311/admin-api"}, {"api_key", "{{secret:api_key}}"}});
    host.peer = [](const testkit::Request&) { return with(200, R"({"data":{"order":null}})"); };
    EXPECT_EQ(host.receive(R"({"type":"order.changed","orderId":"1"})").outcome, OH_DONE);
    ASSERT_EQ(host.requests.size(), 1U);
    EXPECT_NE(
        std::ranges::find(host.requests[0].headers, std::pair<std::string, std::string>(
                                                        "vendure-api-key", "{{secret:api_key}}")),
        host.requests[0].headers.end());
}

TEST_F(Session, ThrottlingTellsTheShopsDelay) {
    bench.shop.before = [](std::string_view) -> std::optional<Answer> {
        return with(429, "", {{"retry-after", "7"}});
    };
    EXPECT_EQ(bench.host.check().retry_after_ms, 7000U);
}

TEST_F(Session, CheckPassesAndChangesNothing) {
    const json::object before = bench.shop.orders.at("17");
    const Outcome outcome = bench.host.check();
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(bench.shop.orders.at("17"), before);
}

TEST_F(Session, CheckNamesMissingPermissions) {
    bench.shop.before = [](std::string_view asked) {
        return asked == "Cancel" ? std::optional(graphql_error("FORBIDDEN", "no")) : std::nullopt;
    };
    const Outcome outcome = bench.host.check();
    EXPECT_EQ(outcome.code, "unauthorized");
    EXPECT_NE(outcome.message.find("UpdateOrder"), std::string::npos);
}

TEST(Configuration, IsRefusedWithASentence) {
    EXPECT_THROW(testkit::FakeHost({{"base_url", "http://127.0.0.1/admin-api"}}),
                 std::runtime_error);
}

}  // namespace
}  // namespace orderhub::vendure
