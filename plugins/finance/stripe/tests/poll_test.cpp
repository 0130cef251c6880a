// Events by webhook and by poll: what became of refunds, read back as it is now.
#include <gtest/gtest.h>

#include "bank.hpp"

namespace orderhub::stripe::testing {
namespace {

constexpr std::int64_t kStart = 1'793'577'600;  // poll_from

class Events : public ::testing::Test {
protected:
    Events() { bank_.attach(host_); }
    static std::vector<std::string> ids(const Outcome& outcome) {
        std::vector<std::string> all;
        for (const auto& [kind, record] : outcome.records) {
            EXPECT_EQ(kind, "refund");
            all.push_back(record["source"]["external_id"].text());
        }
        return all;
    }
    using Ids = std::vector<std::string>;

    Bank bank_;
    FakeHost host_{config()};
};

TEST_F(Events, APollShowsEachRefundOnceAsItIsNow) {
    bank_.add_refund("re_1", "rf_1", "failed");
    bank_.add_refund("re_2", "rf_2");
    bank_.add_refund("re_foreign", "");
    bank_.add_event("evt_1", kStart + 1, "re_1");
    bank_.add_event("evt_2", kStart + 2, "re_1");
    bank_.add_event("evt_3", kStart + 3, "re_foreign");
    bank_.add_event("evt_4", kStart + 3, "re_2");
    bank_.add_event("evt_5", kStart + 4, "re_gone");
    const Outcome first = host_.poll();
    ASSERT_EQ(first.outcome, OH_DONE) << first.message;
    EXPECT_EQ(ids(first), (Ids{"re_2", "re_1"}));
    EXPECT_EQ(first.records[1].second["state"].text(), "failed");
    const Outcome again = host_.poll(first.cursor);
    EXPECT_TRUE(again.records.empty());
    EXPECT_EQ(again.cursor, first.cursor);
}

TEST_F(Events, ARefundOfWhichThereIsNoRecordHoldsUpNoOther) {
    bank_.add_refund("re_1", "no key at all");
    bank_.add_refund("re_2", "rf_2");
    bank_.add_event("evt_1", kStart + 1, "re_1");
    bank_.add_event("evt_2", kStart + 2, "re_2");
    const Outcome outcome = host_.poll();
    EXPECT_EQ(ids(outcome), Ids{"re_2"});
    EXPECT_EQ(outcome.message,
              "1 refund left out: re_1: refund record: /key: expected 1 to 64 of A-Z a-z 0-9 _ -");
}

TEST_F(Events, OnesThatShowUpLateAreNotLost) {
    bank_.add_refund("re_1", "rf_1");
    bank_.add_refund("re_2", "rf_2");
    bank_.add_event("evt_2", kStart + 100, "re_2");
    const Outcome first = host_.poll();
    EXPECT_EQ(ids(first), Ids{"re_2"});
    bank_.events.insert(bank_.events.begin(), Json());
    bank_.add_event("evt_1", kStart + 60, "re_1");
    std::swap(bank_.events.front(), bank_.events.back());
    bank_.events.pop_back();
    EXPECT_EQ(ids(host_.poll(first.cursor)), Ids{"re_1"});
}

TEST_F(Events, AWalkThatRanOutOfTimeGoesOn) {
    for (int i = 0; i < 5; ++i) {
        bank_.add_refund("re_" + std::to_string(i), "rf_" + std::to_string(i));
        bank_.add_event("evt_" + std::to_string(i), kStart + i, "re_" + std::to_string(i));
    }
    host_.time_left_ms = 40'000;
    host_.peer = [&](const Request& request) {
        if (request.url.find("/events") != std::string::npos) host_.time_left_ms = 10'000;
        return bank_.answer(request);
    };
    Ids all;
    std::string cursor;
    for (int call = 0; call < 5; ++call) {
        host_.time_left_ms = 40'000;
        const Outcome part = host_.poll(cursor);
        ASSERT_EQ(part.outcome, OH_DONE);
        for (const std::string& id : ids(part))
            all.push_back(id);
        cursor = part.cursor;
    }
    EXPECT_EQ(all, (Ids{"re_4", "re_3", "re_2", "re_1", "re_0"}));
}

TEST_F(Events, ABackfillBeginsWhereItIsTold) {
    bank_.add_refund("re_1", "rf_1");
    bank_.add_event("evt_1", kStart + 1, "re_1");
    EXPECT_TRUE(ids(host_.poll(R"({"from": "2026-11-03T00:00:00Z"})")).empty());
    EXPECT_EQ(ids(host_.poll(R"({"from": "2026-11-01T00:00:00Z"})")), Ids{"re_1"});
}

TEST_F(Events, AFailedPageBreaksThePollOff) {
    bank_.add_refund("re_1", "rf_1");
    bank_.add_event("evt_1", kStart + 1, "re_1");
    bank_.faults.push_back({"GET", "/refunds/re_1", testkit::no_answer()});
    EXPECT_EQ(host_.poll().outcome, OH_RETRY);
    EXPECT_EQ(ids(host_.poll()), Ids{"re_1"});
}

Json event(const char* object, const char* id) {
    return Json::object(
        {{"id", "evt_9"},
         {"object", "event"},
         {"type", "refund.failed"},
         {"data", Json::object(
                      {{"object",
                        Json::object({{"object", object}, {"id", id}, {"status", "pending"}})}})}});
}

TEST_F(Events, AWebhookIsReadBack) {
    bank_.add_refund("re_1", "rf_1", "failed");
    const Outcome told = host_.receive(event("refund", "re_1").dump());
    ASSERT_EQ(ids(told), Ids{"re_1"});
    EXPECT_EQ(told.records[0].second["state"].text(), "failed");
    EXPECT_TRUE(host_.receive(event("charge", "ch_1").dump()).records.empty());
    EXPECT_TRUE(host_.receive(event("refund", "re_gone").dump()).records.empty());
    Json elsewhere = event("refund", "re_1");
    elsewhere.set("account", "acct_other");
    EXPECT_TRUE(host_.receive(elsewhere.dump()).records.empty());
}

TEST_F(Events, WhatIsNoEventIsForAPerson) {
    EXPECT_EQ(host_.receive("{}").code, "not_an_event");
    EXPECT_EQ(host_.receive("[1").outcome, OH_REJECTED);
}

TEST_F(Events, CheckTellsWhatTheKeyMayNot) {
    EXPECT_EQ(host_.check().outcome, OH_DONE);
    bank_.faults.push_back({"GET", "/events", error(403, "invalid_request_error", "", "no")});
    EXPECT_EQ(host_.check().message, "the key may not read events");
    bank_.faults.push_back({"POST", "/refunds", error(403, "invalid_request_error", "", "no")});
    EXPECT_EQ(host_.check().code, "no_permission");
    bank_.faults.push_back({"GET", "/refunds", error(401, "invalid_request_error", "", "no")});
    EXPECT_EQ(host_.check().code, "unauthorized");
    bank_.faults.push_back({"GET", "/refunds", testkit::not_sent()});
    EXPECT_EQ(host_.check().outcome, OH_RETRY);
}

}  // namespace
}  // namespace orderhub::stripe::testing
