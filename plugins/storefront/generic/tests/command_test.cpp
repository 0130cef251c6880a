#include <gtest/gtest.h>

#include <orderhub/fake_host.hpp>

namespace orderhub::declared {
namespace {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Request;

constexpr const char* kRefund = R"({"url": "/orders/{/order/external_id}/refunds",
  "body": {"ref": "$key", "cents": {"pointer": "/amount", "minor": "/currency"}},
  "result": {"external_id": "/id", "state": {"constant": "succeeded"}}})";
constexpr const char* kLook =
    R"({"url": "/refunds", "query": {"ref": "{$key}"}, "found": "/refunds/0"})";
constexpr const char* kPayload =
    R"({"order": {"external_id": "A/1", "number": "A/1", "currency": "EUR"},
  "payment": {"external_id": "p"}, "amount": "12.50", "currency": "EUR", "reason": "torn"})";

Json config(Json refund) {
    return Json::object({{"base_url", "http://shop.test"},
                         {"error", "/why"},
                         {"commands", Json::object({{"refund.create", std::move(refund)}})}});
}

Json refund_with(const char* key, Json value) {
    Json refund = Json::parse(kRefund);
    refund.set(key, std::move(value));
    return refund;
}

/// A shop that keeps refunds; `first` is what becomes of the first request to make one.
struct Shop {
    Answer first = {201, R"({"id": "r1"})", {}};
    bool takes_effect = true;
    int made = 0;
    int asked = 0;

    Answer operator()(const Request& request) {
        if (request.method == "GET")
            return {200, made > 0 ? R"({"refunds": [{"id": "r1"}]})" : R"({"refunds": []})", {}};
        const bool is_first = asked++ == 0;
        made += !is_first || takes_effect ? 1 : 0;
        return is_first ? first : Answer{201, R"({"id": "r2"})", {}};
    }
};

testkit::Outcome refund(FakeHost& host, std::uint32_t attempt = 1) {
    return host.execute("refund.create", "k-1", Json::parse(kPayload), attempt);
}

TEST(Commands, become_the_configured_request) {
    FakeHost host(config(refund_with("idempotency_header", "Idempotency-Key")));
    host.peer = Shop{};
    const auto outcome = refund(host);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.result.dump(), R"({"external_id":"r1","state":"succeeded"})");
    EXPECT_EQ(host.requests[0].url, "http://shop.test/orders/A%2F1/refunds");
    EXPECT_EQ(host.requests[0].body, R"({"ref":"k-1","cents":1250})");
    const auto& headers = host.requests[0].headers;
    EXPECT_NE(std::find(headers.begin(), headers.end(),
                        std::pair<std::string, std::string>("Idempotency-Key", "k-1")),
              headers.end());
}

TEST(Commands, that_are_not_configured_name_the_key) {
    FakeHost host(config(refund_with("may_repeat", true)));
    const auto outcome = host.execute("order.cancel", "k-2", Json::parse(kPayload));
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "not_configured");
    EXPECT_NE(outcome.message.find("commands.order.cancel"), std::string::npos);
    EXPECT_NE(host.check().message.find("carries out refund.create; not configured: order.cancel"),
              std::string::npos);
}

TEST(Commands, a_lost_answer_is_looked_for) {
    FakeHost host(config(refund_with("look", Json::parse(kLook))));
    Shop shop{.first = testkit::no_answer()};
    host.peer = std::ref(shop);
    const auto outcome = refund(host);
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(shop.made, 1);
}

TEST(Commands, an_attempt_after_the_first_looks_before_it_acts) {
    FakeHost host(config(refund_with("look", Json::parse(kLook))));
    Shop shop{.made = 1};
    host.peer = std::ref(shop);
    EXPECT_EQ(refund(host, 2).outcome, OH_DONE);
    EXPECT_EQ(shop.made, 1);
}

TEST(Commands, nobody_knows_what_became_of_a_lost_answer_without_a_look) {
    FakeHost host(config(refund_with("idempotency_header", "Idempotency-Key")));
    Shop shop{.first = testkit::no_answer()};
    host.peer = std::ref(shop);
    EXPECT_EQ(refund(host).outcome, OH_UNKNOWN);
}

TEST(Commands, statuses_mean_what_the_configuration_says) {
    Json rule = refund_with("look", Json::parse(kLook));
    rule.set("retry", Json::array({409}))
        .set("rejected", Json::array({500}))
        .set("unknown", Json::array({404}));
    rule.set("rejected_if", "answer.ok == false");
    const auto outcome_of = [&](Answer answer) {
        FakeHost host(config(rule));
        Shop shop{.first = std::move(answer), .takes_effect = false};
        host.peer = std::ref(shop);
        return refund(host);
    };
    EXPECT_EQ(outcome_of({409, R"({"why": "locked"})", {}}).outcome, OH_RETRY);
    EXPECT_EQ(outcome_of({409, R"({"why": "locked"})", {}}).message, "answered 409: locked");
    EXPECT_EQ(outcome_of({500, "{}", {}}).outcome, OH_REJECTED);
    EXPECT_EQ(outcome_of({404, "{}", {}}).outcome, OH_UNKNOWN);
    EXPECT_EQ(outcome_of({400, "{}", {}}).outcome, OH_REJECTED);
    EXPECT_EQ(outcome_of({503, "{}", {{"retry-after", "7"}}}).code, "throttled");
    EXPECT_EQ(outcome_of({200, R"({"ok": false, "why": "too old"})", {}}).message,
              "refused: too old");
    EXPECT_EQ(outcome_of({200, "<html>", {}}).outcome, OH_UNKNOWN);
    EXPECT_EQ(outcome_of({200, R"({"ident": "r1"})", {}}).outcome, OH_UNKNOWN)
        << "an answer without the id";
    EXPECT_EQ(outcome_of(testkit::not_sent()).outcome, OH_RETRY);
}

TEST(Commands, a_body_that_cannot_be_made_is_refused_before_anything_is_sent) {
    FakeHost host(
        config(refund_with("url", "/orders/{/order/id}/refunds").set("may_repeat", true)));
    const auto outcome = refund(host);
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.message,
              "configuration key commands.refund.create.url (/order/id): found nothing; expected a "
              "text or a number");
    EXPECT_TRUE(host.requests.empty());
}

std::string refusal(Json config) {
    try {
        FakeHost host(config);
        return "accepted";
    } catch (const std::runtime_error& refused) {
        return refused.what();
    }
}

TEST(Configurations, that_cannot_be_meant_are_refused) {
    EXPECT_EQ(refusal(config(Json::parse(kRefund))),
              "configuration key commands.refund.create: says not how a repeat is recognised: give "
              "look, idempotency_header, or may_repeat: true");
    EXPECT_EQ(refusal(config(refund_with("may_repeat", true)
                                 .set("result", Json::parse(R"({"external_id": "/id"})")))),
              "configuration key commands.refund.create.result.state: is missing, and cannot be "
              "left out");
    EXPECT_EQ(refusal(config(refund_with("may_repeat", true)).set("auth", "basic")),
              "configuration key username: is missing; auth: basic needs it");
    EXPECT_EQ(
        refusal(
            config(refund_with("may_repeat", true)).set("list", Json::parse(R"({"url": "/o"})"))),
        "configuration key record: is missing; list and message need it");
}

}  // namespace
}  // namespace orderhub::declared
