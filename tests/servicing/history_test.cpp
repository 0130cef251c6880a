// What is told of actions: to cases, in the journal, to somebody who comes too late.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

constexpr const char* kRefunded = R"({"external_id":"r1","state":"succeeded"})";

class History : public Servicing {
protected:
    void SetUp() override {
        Servicing::SetUp();
        ASSERT_TRUE(
            apply("case",
                  {{"source", {{"external_id", "7"}, {"observed_at", "2026-11-22T12:00:00Z"}}},
                   {"subject", "Order ABC123"},
                   {"state", "open"},
                   {"created_at", "2026-11-22T12:00:00Z"},
                   {"requester", {{"email", "ada@example.test"}}},
                   {"messages", json::array{}}},
                  "desk"));
    }
    std::vector<std::string> notes() {
        std::vector<std::string> texts;
        for (const auto& each : deliveries("case.note"))
            texts.push_back(at(json::parse(each.payload), "/text"));
        return texts;
    }
    std::vector<json::object> events(const std::string& type) {
        return unit([&](store::Transaction& tx) {
            std::vector<json::object> found;
            for (const Event& event : tx.events(0, 100, id_))
                if (event.type == type) found.push_back(json::parse(event.data).as_object());
            return found;
        });
    }
    static void expect_has(const std::string& text, const char* part) {
        EXPECT_NE(text.find(part), std::string::npos) << text;
    }
};

TEST_F(History, AnActionIsAnnouncedOnceWhenAllIsDone) {
    ASSERT_TRUE(act(Kind::return_, units(2)));
    ASSERT_TRUE(progress(deliveries("refund.create").at(0), "done", kRefunded));
    EXPECT_TRUE(notes().empty());
    const auto memo = deliveries("credit_memo.post").at(0);
    const char* posted = R"({"external_id":"9","number":"CRN-1","state":"posted",
                             "totals":{"ex":"20.00","tax":"4.00","inc":"24.00"}})";
    ASSERT_TRUE(progress(memo, "done", posted));
    ASSERT_EQ(notes().size(), 1U);
    expect_has(notes()[0], "Returned in order ABC123 (damaged)");
    expect_has(notes()[0], "2 x Mug");
    expect_has(notes()[0], "Refund 24.00 EUR: done");
    expect_has(notes()[0], "Credit memo CM-000001 posted as CRN-1");
    expect_has(notes()[0], "total is now 12.00 EUR");
    ASSERT_TRUE(progress(memo, "done", posted));
    EXPECT_EQ(notes().size(), 1U);
    EXPECT_EQ(events("action.completed").size(), 1U);
}

TEST_F(History, AnActionWithoutEffectsIsAnnouncedAtOnce) {
    ASSERT_TRUE(act(Kind::open_return, units(2)));
    ASSERT_EQ(notes().size(), 1U);
    expect_has(notes()[0], "Return opened in order ABC123");
    expect_has(notes()[0], "Return RMA-000001 is approved");
    expect_has(notes()[0], "2 x Mug expected back");
}

TEST_F(History, AReshipIsAnnouncedWhenTheWarehouseHasIt) {
    ASSERT_TRUE(act(Kind::reship, units(1)));
    EXPECT_TRUE(notes().empty());
    const auto command = deliveries("fulfilment.create").at(0);
    ASSERT_TRUE(progress(command, "in_flight"));
    EXPECT_TRUE(notes().empty());
    ASSERT_TRUE(progress(command, "done", "{}"));
    ASSERT_EQ(notes().size(), 1U);
    expect_has(notes()[0], "Sent again in order ABC123");
    expect_has(notes()[0], "1 x Mug");
}

TEST_F(History, TheHubsOwnMattersAreNotTold) {
    ASSERT_TRUE(act(Kind::suspend, {{"reason", "fraud?"}}));
    EXPECT_TRUE(notes().empty());
    EXPECT_EQ(events("action.completed").size(), 1U);
}

TEST_F(History, TheJournalSaysWhatWasDecidedAndWhichVersionItMade) {
    const auto done = act(Kind::return_, units(2));
    ASSERT_TRUE(done);
    const auto submitted = events("action.submitted");
    ASSERT_EQ(submitted.size(), 1U);
    EXPECT_EQ(at(submitted[0], "/action_id"), at(*done, "/action_id"));
    EXPECT_EQ(at(submitted[0], "/action"), "return");
    EXPECT_EQ(at(submitted[0], "/delta/inc"), "-24.00");
    EXPECT_EQ(at(submitted[0], "/reason"), "damaged");
    EXPECT_EQ(at(submitted[0], "/order_version"), "2");
}

TEST_F(History, WhoComesTooLateSeesWhatHasChanged) {
    const auto since = [&](std::int64_t version) {
        return unit(
            [&](store::Transaction& tx) { return service_.changes_since(tx, id_, version); });
    };
    EXPECT_TRUE(since(1).empty());
    ASSERT_TRUE(act(Kind::return_, units(1)));
    ASSERT_TRUE(progress(deliveries("refund.create").at(0), "done", kRefunded));
    EXPECT_EQ(at(now(), "/version"), "3");
    const json::array changes = since(1);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(at(changes[0], "/type"), "action.submitted");
    EXPECT_EQ(at(changes[0], "/actor"), "agent:test");
    EXPECT_EQ(at(changes[1], "/type"), "delivery.done");
    EXPECT_EQ(since(2).size(), 1U);
    EXPECT_TRUE(since(3).empty());
}

TEST_F(History, OnlyTheNewestChangesAreTold) {
    for (int i = 0; i < 24; ++i) {
        json::object record = mugs_record();
        record["source"].as_object()["observed_at"] =
            "2026-11-23T10:" + std::to_string(10 + i) + ":00Z";
        record["storefront_state"] = "step " + std::to_string(i);
        ASSERT_TRUE(apply("order", record));
    }
    const auto changes =
        unit([&](store::Transaction& tx) { return service_.changes_since(tx, id_, 1); });
    ASSERT_EQ(changes.size(), 20U);
    EXPECT_EQ(at(changes.back(), "/data/order_version"), "25");
}

TEST_F(History, WhatCanBeDoneIsAskedFor) {
    const auto answer =
        unit([&](store::Transaction& tx) { return service_.eligibility(tx, request(), id_); });
    ASSERT_TRUE(answer);
    EXPECT_EQ(at(*answer, "/order_version"), "1");
    for (const json::value& each : answer->at("actions").as_array())
        if (at(each, "/action") == "cancel") {
            EXPECT_EQ(at(each, "/possible"), "true");
            EXPECT_EQ(at(each, "/lines/0/units"), "1");
        }
    EXPECT_EQ(answer->at("actions").as_array().size(), 21U);
}

}  // namespace
}  // namespace orderhub::servicing
