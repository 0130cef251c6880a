#include <gtest/gtest.h>

#include <set>

#include "cursor.hpp"
#include "desk.hpp"

namespace orderhub::request_tracker::testing {
namespace {

class Poll : public ::testing::Test {
protected:
    Poll() : host(config()) { desk.attach(host); }

    /// Polls until nothing comes, as the hub does; gives the tickets in the order in which they
    /// came.
    std::vector<std::string> drain() {
        std::vector<std::string> tickets;
        for (int i = 0; i < 50; ++i) {
            const Outcome outcome = host.poll(cursor);
            EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
            const bool moved = cursor != outcome.cursor;
            cursor = outcome.cursor;
            for (const auto& [kind, record] : outcome.records)
                tickets.emplace_back(record.at("source").at("external_id").as_string());
            if (!moved || outcome.records.empty()) return tickets;
        }
        ADD_FAILURE() << "the poll never came to rest";
        return tickets;
    }

    Desk desk;
    FakeHost host;
    std::string cursor;
};

using Tickets = std::vector<std::string>;

TEST_F(Poll, TheFirstBringsWhatChangedSincePollFrom) {
    desk.tickets[2].updated = "2026-11-22T17:59:59Z";
    desk.tickets[3].updated = "2026-11-22T18:00:00Z";
    EXPECT_EQ(drain(), (Tickets{"3", "1"}));
    EXPECT_NE(host.requests.at(1).url.find("LastUpdated%20%3E%3D%20%272026-11-22T18%3A00%3A00Z%27"),
              std::string::npos);
    EXPECT_EQ(drain(), Tickets{});
}

TEST_F(Poll, WithoutPollFromADayIsBrought) {
    json::object recent = config();
    recent.erase("poll_from");
    FakeHost other(recent);
    desk.attach(other);
    other.now_ms =
        1'795'458'980'000;  // 2026-11-23T18:36:20Z, a day and a second less after ticket 1
    EXPECT_EQ(other.poll().records.size(), 1U);
    other.now_ms += 2000;
    EXPECT_EQ(other.poll().records.size(), 0U);
}

TEST_F(Poll, ManyTicketsOfOneSecondComeOnceInBatches) {
    for (int id = 2; id <= 130; ++id)
        desk.tickets[id].updated = "2026-11-22T18:50:00Z";
    const Outcome first = host.poll();
    EXPECT_EQ(first.records.size(), 20U);
    cursor = first.cursor;
    EXPECT_EQ(drain().size(), 110U);
}

TEST_F(Poll, AChangeDuringTheFirstPollsIsNotLost) {
    for (int id = 2; id <= 30; ++id)
        desk.tickets[id].updated = "2026-11-22T18:50:00Z";
    cursor = host.poll().cursor;
    desk.add(1, "Correspond", "ada@example.test", "2026-11-22T18:55:00Z", "hello?");
    const Tickets rest = drain();
    EXPECT_GE(std::ranges::count(rest, "1"), 1);
}

TEST_F(Poll, LaterChangesComeByTransactionOncePerTicket) {
    drain();
    desk.add(1, "Correspond", "ada@example.test", "2026-11-22T18:40:00Z", "hello?");
    desk.add(1, "Status", "RT_System", "2026-11-22T18:40:00Z");
    EXPECT_EQ(drain(), Tickets{"1"});
    EXPECT_EQ(drain(), Tickets{});
}

TEST_F(Poll, ItsOwnWritingIsSkipped) {
    drain();
    desk.add(1, "CustomField", "hub", "2026-11-22T18:40:00Z");
    desk.add(1, "Comment", "hub", "2026-11-22T18:40:00Z", "x");
    desk.add(1, "CommentEmailRecord", "RT_System", "2026-11-22T18:40:01Z");
    EXPECT_EQ(drain(), Tickets{});
}

TEST_F(Poll, ATransactionThatCommitsLateUnderASmallerIdIsNotLost) {
    drain();
    desk.tickets[2].updated = "2026-11-22T18:36:21Z";
    desk.add(2, "Status", "agent1", "2026-11-22T18:40:00Z").committed = false;
    desk.add(1, "Status", "agent1", "2026-11-22T18:40:30Z");
    EXPECT_EQ(drain(), Tickets{"1"});
    desk.transactions.at(1).committed = true;
    EXPECT_EQ(drain(), Tickets{"2"});
    EXPECT_EQ(drain(), Tickets{});
}

TEST_F(Poll, ALongFeedComesInBatchesAndInFull) {
    drain();
    for (int i = 0; i < 1500; ++i)
        desk.add(1 + i % 45, "Status", "agent1", "2026-11-22T19:00:00Z");
    const Tickets all = drain();
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 45U);
    EXPECT_LT(cursor.size(), 64U * 1024);
    EXPECT_EQ(drain(), Tickets{});
}

TEST_F(Poll, AMergedTicketBringsItsSurvivorOnce) {
    drain();
    desk.tickets[2] = {};
    desk.merged[2] = 1;
    desk.add(2, "AddLink", "agent1", "2026-11-22T18:40:00Z");
    desk.add(1, "AddLink", "agent1", "2026-11-22T18:40:00Z");
    EXPECT_EQ(drain(), Tickets{"1"});
}

TEST_F(Poll, AFailureKeepsTheCursor) {
    drain();
    desk.add(1, "Status", "agent1", "2026-11-22T18:40:00Z");
    desk.faults.push_back({"GET", "/ticket/1", words(503, "busy")});
    const Outcome outcome = host.poll(cursor);
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_TRUE(outcome.cursor.empty());
    EXPECT_EQ(drain(), Tickets{"1"});
}

TEST_F(Poll, ATicketThatAlwaysFailsDoesNotHoldUpTheOthersForEver) {
    drain();
    desk.add(1, "Status", "agent1", "2026-11-22T18:40:00Z");
    desk.add(2, "Status", "agent1", "2026-11-22T18:40:00Z");
    desk.faults.push_back({"GET", "/ticket/1", {500, "", {}, OH_HTTP_ANSWERED}, false, 99});
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(host.poll(cursor).outcome, OH_RETRY);
    EXPECT_EQ(drain(), Tickets{"2"});
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_NE(host.logs[0].find("ticket 1 left out"), std::string::npos);
}

TEST_F(Poll, AForeignCursorIsRefused) {
    EXPECT_EQ(host.poll("{}").code, "bad_cursor");
    EXPECT_EQ(host.poll("x").outcome, OH_REJECTED);
}

}  // namespace
}  // namespace orderhub::request_tracker::testing
