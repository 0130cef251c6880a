// What is asked of the list of changes, what is read and what is passed over.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::shopify::testing {
namespace {

constexpr const char* kNumber = "820982911946154508";

Json row(const std::string& updated_at, const std::string& number = kNumber) {
    return Json::object({{"id", "gid://shopify/Order/" + number}, {"updatedAt", updated_at}});
}

struct Poll : ::testing::Test {
    Poll() : host(config()) {
        shop.attach(host);
        shop.listed = {row("2026-11-22T10:12:00Z")};
    }
    Shop shop;
    FakeHost host;
};

TEST_F(Poll, QuotesTheInstantAndSortsByIt) {
    const Outcome polled = host.poll();
    EXPECT_EQ(polled.records.size(), 1U);
    EXPECT_EQ(shop.asked("HubChanged")["query"].text(), "updated_at:>='2026-11-22T00:00:00Z'");
    EXPECT_TRUE(host.requests.front().body.find("sortKey: UPDATED_AT") != std::string::npos);
}

TEST_F(Poll, BeginsEarlierThanTheLastChangeAndReadsNothingTwice) {
    const Outcome first = host.poll();
    const Outcome second = host.poll(first.cursor);
    EXPECT_EQ(second.records.size(), 0U);
    EXPECT_EQ(shop.asked("HubChanged")["query"].text(), "updated_at:>='2026-11-22T10:07:00Z'");
    EXPECT_EQ(host.poll(second.cursor).cursor, second.cursor);
}

TEST_F(Poll, ReadsWhatChangedAgainOrCameLate) {
    const Outcome first = host.poll();
    shop.listed = {row("2026-11-22T10:11:00Z", "404"), row("2026-11-22T10:13:00Z")};
    shop.order.set("updatedAt", "2026-11-22T10:13:00Z");
    const Outcome second = host.poll(first.cursor);
    EXPECT_EQ(second.records.size(), 1U);
    EXPECT_EQ(shop.count("HubOrder"), 3U) << "the late one, too, though the shop has it no more";
}

TEST_F(Poll, GoesOnBehindTheCursorOfThePage) {
    host.peer = [this](const Request& request) {
        Answer answer = shop.answer(request);
        const Json body = Json::parse(request.body);
        if (body["operationName"].text() != "HubChanged" || !body["variables"]["after"].is_null())
            return answer;
        const std::size_t at = answer.body.find(R"("hasNextPage":false,"endCursor":null)");
        answer.body.replace(at, 36, R"("hasNextPage":true,"endCursor":"c1")");
        return answer;
    };
    const Outcome polled = host.poll();
    EXPECT_EQ(polled.outcome, OH_DONE);
    EXPECT_EQ(shop.count("HubChanged"), 2U);
    EXPECT_EQ(shop.asked("HubChanged")["after"].text(), "c1");
    EXPECT_EQ(polled.records.size(), 1U);
}

TEST_F(Poll, ACursorThatTheShopRefusesIsGivenUp) {
    shop.faults.push_back({"HubChanged", error("BAD_REQUEST", "Invalid cursor")});
    const Outcome polled = host.poll(
        R"({"from":"2026-11-22T00:00:00Z","high":"2026-11-22T00:00:00Z","after":"old","seen":{}})");
    EXPECT_EQ(polled.outcome, OH_DONE) << polled.message;
    EXPECT_TRUE(shop.asked("HubChanged")["after"].is_null());
    EXPECT_EQ(polled.records.size(), 1U);
}

TEST_F(Poll, ADocumentThatCannotBeMappedHoldsUpNoOther) {
    shop.order.set("presentmentCurrencyCode", "JPY");
    const Outcome polled = host.poll();
    EXPECT_EQ(polled.outcome, OH_DONE);
    EXPECT_EQ(polled.records.size(), 0U);
    ASSERT_FALSE(host.logs.empty());
    EXPECT_TRUE(host.logs.back().find("left out") != std::string::npos);
    EXPECT_TRUE(polled.message.starts_with("1 order left out: ")) << polled.message;
}

TEST_F(Poll, WhatTheRecordsSchemaRefusesIsNamed) {
    Json line = shop.order["lineItems"]["nodes"].items().front();
    line.set("quantity", -1);
    shop.order.set("lineItems", Json::object({{"nodes", Json::array({line})}}));
    const Outcome polled = host.poll();
    EXPECT_EQ(polled.records.size(), 0U);
    EXPECT_NE(polled.message.find("/lines/0/ordered_quantity: expected at least 0"),
              std::string::npos)
        << polled.message;
}

TEST_F(Poll, ThrottlingIsWaitedOut) {
    const Json cost = Json::parse(
        R"({"cost": {"requestedQueryCost": 752, "actualQueryCost": null, "throttleStatus":
            {"maximumAvailable": 1000.0, "currentlyAvailable": 252, "restoreRate": 50.0}}})");
    Json throttled = Json::parse(
        R"({"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]})");
    throttled.set("extensions", cost);
    shop.faults.push_back({"HubOrder", ok(throttled)});
    const std::int64_t before = host.now_ms;
    const Outcome polled = host.poll();
    EXPECT_EQ(polled.records.size(), 1U) << polled.message;
    EXPECT_EQ(host.now_ms - before, 10'200) << "(752 - 252) / 50 seconds and a margin";
    shop.faults.push_back({"HubOrder", ok(throttled), false, 9});
    shop.order.set("updatedAt", "2026-11-22T10:14:00Z");
    shop.listed = {row("2026-11-22T10:14:00Z")};
    const Outcome refused = host.poll(polled.cursor);
    EXPECT_EQ(refused.outcome, OH_RETRY);
    EXPECT_EQ(refused.code, "out_of_points");
    EXPECT_GT(refused.retry_after_ms, 9'000U);
}

TEST_F(Poll, LeavesAPartOfTheBucketToCommands) {
    shop.cost = Json::parse(
        R"({"requestedQueryCost": 400, "actualQueryCost": 40, "throttleStatus":
            {"maximumAvailable": 2000.0, "currentlyAvailable": 500, "restoreRate": 100.0}})");
    const Outcome first = host.poll();
    const std::int64_t before = host.now_ms;
    host.poll(first.cursor);
    EXPECT_EQ(host.now_ms - before, 4'000) << "400 points and a quarter of 2000 need 900";
}

TEST_F(Poll, TooExpensiveAnOrderIsReadInSmallerPages) {
    shop.faults.push_back({"HubOrder", error("MAX_COST_EXCEEDED", "Query cost is 1200"), false, 2});
    EXPECT_EQ(host.poll().records.size(), 1U);
    EXPECT_EQ(shop.asked("HubOrder")["first"].integer(), 6);
}

TEST_F(Poll, WhatTheAppMayNotSeeIsNotThere) {
    Json answer = Json::parse(
        R"({"errors": [{"message": "no access to customer", "path": ["order", "customer"],
        "extensions": {"code": "ACCESS_DENIED"}}]})");
    shop.order.set("customer", nullptr);
    shop.order.set("email", nullptr);
    Json shown = shop.order;
    shown.set("fulfillments", Json::array());
    shown.set("refunds", Json::array());
    answer.set("data", Json::object({{"order", shown}}));
    shop.faults.push_back({"HubOrder", ok(answer)});
    const Outcome polled = host.poll();
    ASSERT_EQ(polled.records.size(), 1U) << polled.message;
    EXPECT_TRUE(polled.records.front().second["customer"]["email"].is_null());
    answer.set("data", Json::object({{"order", nullptr}}));
    shop.faults.back() = {"HubOrder", error("ACCESS_DENIED", "Access denied for order field.")};
    EXPECT_EQ(host.poll().code, "unauthorized");
}

TEST_F(Poll, AWebhookReadsItsOrder) {
    const Outcome read = host.receive(
        R"({"id": 820982911946154508, "admin_graphql_api_id": "gid://shopify/Order/820982911946154508",
            "name": "old news"})");
    ASSERT_EQ(read.records.size(), 1U) << read.message;
    EXPECT_EQ(read.records.front().second["number"].text(), "#820982911946154508");
    EXPECT_EQ(host.receive(R"({"id": 77, "email": "ada@example.com"})").outcome, OH_DONE);
    EXPECT_EQ(host.receive(R"({"order_id": 404})").outcome, OH_DONE) << "gone, or not ours to see";
    EXPECT_EQ(host.receive("[]").outcome, OH_REJECTED);
}

TEST_F(Poll, TheCheckNamesWhatIsMissing) {
    const auto check = [&](const char* scopes, const char* version = "2026-10") {
        Answer answer = ok(Json::parse(
            std::string(R"({"data": {"shop": {}, "currentAppInstallation": {"accessScopes": )") +
            scopes + "}}}"));
        answer.headers = {{"x-shopify-api-version", version}};
        host.peer = [answer](const Request&) { return answer; };
        return host.check();
    };
    constexpr auto kAll = R"([{"handle": "write_orders"},
        {"handle": "write_merchant_managed_fulfillment_orders"}])";
    EXPECT_EQ(check(kAll).outcome, OH_DONE);
    EXPECT_EQ(check(R"([{"handle": "read_orders"}])").message,
              "the app's scopes lack write_orders");
    EXPECT_EQ(check("[]").message, "the app's scopes lack read_orders");
    EXPECT_EQ(check(kAll, "2027-01").code, "api_version");
}

}  // namespace
}  // namespace orderhub::shopify::testing
