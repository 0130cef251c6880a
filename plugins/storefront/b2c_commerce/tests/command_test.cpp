// Commands: what the shop is sent, once, and what it cannot do.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::b2c_commerce::testing {
namespace {

const Json kOrder = Json::parse(R"({"external_id": "1001", "number": "1001", "currency": "EUR"})");

Json cancel_of(std::int64_t quantity) {
    return Json::object(
        {{"order", kOrder},
         {"lines", Json::array({Json::object({{"line", "a1"}, {"quantity", quantity}})})},
         {"reason", "changed their mind"}});
}

Json send_of(std::string_view kind, std::int64_t quantity = 2) {
    return Json::object(
        {{"order", kOrder},
         {"kind", kind},
         {"lines",
          Json::array({Json::object(
              {{"line", "a1"}, {"sku", "MUG"}, {"name", "Mug"}, {"quantity", quantity}})})},
         {"recipient", Json::object({{"name", "Ada"}, {"city", "Dublin"}, {"country", "IE"}})},
         {"carrier", "DHL"},
         {"tracking_number", "JD 2"},
         {"reason", "lost"}});
}

Json move_of(std::string_view id, std::string_view state) {
    return Json::object({{"order", kOrder},
                         {"fulfilment", Json::object({{"external_id", id}})},
                         {"state", state},
                         {"reason", ""}});
}

class CommandTest : public ::testing::Test {
protected:
    explicit CommandTest(const Json& with = config()) : host(with) { shop.attach(host); }

    Outcome run(std::string_view kind, std::string_view key, const Json& payload,
                std::uint32_t attempt = 1) {
        const Outcome outcome = host.execute(kind, key, payload, attempt);
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        return outcome;
    }

    Shop shop;
    FakeHost host;
};

Json without(std::string_view left_out) {
    Json with = Json::object();
    const Json all = config();
    for (const auto& [name, value] : all.members())
        if (name != left_out) with.set(name, value);
    return with;
}

TEST_F(CommandTest, AWholeOrderIsCancelledOnce) {
    const Outcome outcome = run("order.cancel", "k-1", cancel_of(2));
    EXPECT_EQ(shop.orders.at("1001")["status"], Json("cancelled"));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("state").text(), "cancelled");
    run("order.cancel", "k-1", cancel_of(2), 2);
    run("order.cancel", "k-2", cancel_of(2));
    EXPECT_EQ(shop.status_changes, 1);
}

TEST_F(CommandTest, APartOfAnOrderIsNot) {
    const Outcome outcome = host.execute("order.cancel", "k-1", cancel_of(1));
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "partial_cancel");
    EXPECT_EQ(shop.status_changes, 0);
}

TEST_F(CommandTest, ARefusedTransitionIsToldInTheShopsWords) {
    shop.faults.push_back(
        {"PUT", "/status", problem(409, "conflict", "An external system owns this order")});
    const Outcome outcome = host.execute("order.cancel", "k-1", cancel_of(2));
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_TRUE(outcome.message.find("An external system owns this order") != std::string::npos)
        << outcome.message;
}

TEST_F(CommandTest, TheShopIsToldOfAParcelAndWhatBecomesOfIt) {
    const Outcome sent = run("fulfilment.create", "k-1", send_of("standard"));
    EXPECT_EQ(sent.result, Json::parse(R"({"external_id": "k-1", "state": "shipped"})"));
    ASSERT_EQ(shop.events.size(), 1U);
    const Json& event = shop.events[0]["fulfillmentEvent"];
    EXPECT_EQ(event["id"], Json("k-1"));
    EXPECT_EQ(event["type"], Json("shipped"));
    EXPECT_EQ(event["trackingUrl"], Json("https://track.example/JD%202"));
    EXPECT_EQ(event["lineItems"], Json::parse(R"([{"id": "a1", "quantity": 2}])"));
    run("fulfilment.update", "k-2", move_of("k-1", "delivered"));
    ASSERT_EQ(shop.events.size(), 2U);
    EXPECT_EQ(shop.events[1]["fulfillmentEvent"]["type"], Json("delivered"));
    EXPECT_EQ(shop.events[1]["fulfillmentEvent"]["lineItems"], event["lineItems"]);
    run("fulfilment.update", "k-3", move_of("k-1", "cancelled"));
    EXPECT_EQ(shop.events[2]["fulfillmentEvent"]["type"], Json("canceled"));
    EXPECT_EQ(host.execute("fulfilment.update", "k-4", move_of("k-1", "delivered")).code,
              "no_such_fulfilment");
}

class NoTracking : public CommandTest {
protected:
    NoTracking() : CommandTest(without("tracking_url")) {}
};

TEST_F(NoTracking, WithoutAnAddressToFollowItIsProcessing) {
    run("fulfilment.create", "k-1", send_of("standard"));
    const Json& event = shop.events.at(0)["fulfillmentEvent"];
    EXPECT_EQ(event["type"], Json("processing"));
    EXPECT_EQ(event["carrier"], Json("DHL"));
    EXPECT_TRUE(event["trackingUrl"].is_null());
}

TEST_F(CommandTest, ReplacementsAreANoteForTheWarehouse) {
    const Outcome outcome = run("fulfilment.create", "k-1", send_of("reship"));
    EXPECT_EQ(outcome.result["external_id"], Json("note:n1"));
    ASSERT_EQ(shop.notes.size(), 1U);
    EXPECT_EQ(shop.notes[0]["text"], Json("Please send without charge:\n2 x MUG Mug\nto Ada, "
                                          "Dublin, IE\nbecause: lost\n[orderhub:k-1]"));
    run("fulfilment.create", "k-1", send_of("reship"), 2);
    EXPECT_EQ(shop.notes.size(), 1U);
    run("fulfilment.update", "k-2", move_of("note:n1", "delivered"));
    EXPECT_EQ(shop.notes.size(), 2U);
    EXPECT_TRUE(shop.events.empty());
}

class NoNotes : public CommandTest {
protected:
    NoNotes() : CommandTest(without("ocapi_url")) {}
};

TEST_F(NoNotes, WithoutNotesReplacementsAreRefused) {
    EXPECT_EQ(host.execute("fulfilment.create", "k-1", send_of("exchange")).code, "no_notes");
}

Json by_status() {
    Json with = config();
    with.set("tell", "shipping_status");
    return with;
}

class ByStatus : public CommandTest {
protected:
    ByStatus() : CommandTest(by_status()) {}
    std::string status() const { return shop.orders.at("1001")["shippingStatus"].text_or_empty(); }
};

TEST_F(ByStatus, TheOrdersStatusTellsHowMuchWasSent) {
    run("fulfilment.create", "k-1", send_of("standard", 1));
    EXPECT_EQ(status(), "part_shipped");
    run("fulfilment.create", "k-2", send_of("standard", 1));
    EXPECT_EQ(status(), "shipped");
    run("fulfilment.create", "k-2", send_of("standard", 1), 2);
    EXPECT_EQ(status(), "shipped");
    run("fulfilment.update", "k-3", move_of("k-1", "cancelled"));
    EXPECT_EQ(status(), "part_shipped");
    EXPECT_TRUE(shop.events.empty());
}

}  // namespace
}  // namespace orderhub::b2c_commerce::testing
