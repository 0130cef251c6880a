// The poll: each change once, page by page, and little when there is nothing new.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cursor.hpp"
#include "instant.hpp"
#include "stub_tryton.hpp"

namespace orderhub::tryton::test {
namespace {

constexpr const char* kSearch = "model.account.invoice.search_read";
constexpr std::int64_t kSecond = 1'000'000;

std::string from(std::int64_t us) {
    return json::serialize(json::object{{"from", format_instant(us)}});
}

std::set<std::string> references(const testkit::Outcome& outcome) {
    std::set<std::string> all;
    for (const auto& [kind, record] : outcome.records)
        all.emplace(record.at("reference").as_string());
    return all;
}

TEST(Poll, ShowsWhatBecameOfADocument) {
    World world;
    world.post(memo("CM-1"));
    world.invoice(fee_invoice("IN-1"));
    world.tryton.add_invoice("CM-2", "draft", "2026-11-21");
    const testkit::Outcome outcome = world.host.poll(from(world.tryton.clock_us - 60 * kSecond));
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(outcome.records.size(), 3U);
    const auto& [kind, draft] = outcome.records[0];
    EXPECT_EQ(kind, "posting");
    EXPECT_EQ(draft.at("reference"), "CM-2");
    EXPECT_EQ(draft.at("state"), "draft");
    EXPECT_EQ(draft.at("date"), "2026-11-21");
    EXPECT_EQ(draft.at("posted_number"), "");
    const json::object& posted = outcome.records[1].second;
    EXPECT_EQ(posted.at("kind"), "credit_memo");
    EXPECT_EQ(posted.at("posted_number"), "CRN-1");
    EXPECT_EQ(posted.at("date"), "2026-11-20");
    EXPECT_EQ(posted.at("totals"), json::parse(R"({"ex":"10.00","tax":"2.00","inc":"12.00"})"));
    const json::object& invoice = outcome.records[2].second;
    EXPECT_EQ(invoice.at("kind"), "invoice");
    EXPECT_EQ(invoice.at("totals").at("inc"), "12.00");
}

TEST(Poll, ReadsALongListPageByPage) {
    World world;
    const std::int64_t begin = world.tryton.clock_us;
    for (int i = 0; i < 250; ++i)
        world.tryton.add_invoice("CM-" + std::to_string(i), "posted", "2026-11-22");
    std::string cursor = from(begin);
    std::set<std::string> seen;
    for (int page = 0; page < 3; ++page) {
        const testkit::Outcome outcome = world.host.poll(cursor);
        ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_LE(outcome.records.size(), 100U);
        seen.merge(references(outcome));
        cursor = outcome.cursor;
    }
    EXPECT_EQ(seen.size(), 250U);
}

TEST(Poll, InvoicesOfOneInstantAreNotLostBetweenPages) {
    World world;
    const std::int64_t begin = world.tryton.clock_us;
    for (int i = 0; i < 150; ++i) {
        world.tryton.clock_us = begin;
        world.tryton.add_invoice("CM-" + std::to_string(i), "posted", "2026-11-22");
    }
    const testkit::Outcome first = world.host.poll(from(begin));
    auto seen = references(first);
    seen.merge(references(world.host.poll(first.cursor)));
    EXPECT_EQ(seen.size(), 150U);
}

TEST(Poll, NothingNewLeavesTheCursor) {
    World world;
    world.post(memo("CM-1"));
    const testkit::Outcome first = world.host.poll(from(world.tryton.clock_us - 60 * kSecond));
    const testkit::Outcome second = world.host.poll(first.cursor);
    EXPECT_EQ(world.host.poll(second.cursor).cursor, second.cursor);
    const int before = world.tryton.calls[kSearch];
    world.host.poll(second.cursor);
    EXPECT_EQ(world.tryton.calls[kSearch] - before, 2);
}

TEST(Poll, AChangeBehindTheNewestIsStillSeen) {
    World world;
    world.post(memo("CM-1"));
    const testkit::Outcome first = world.host.poll(from(world.tryton.clock_us - 60 * kSecond));
    world.tryton.clock_us -= 30 * kSecond;  // committed after a younger one
    world.post(memo("CM-2"));
    EXPECT_TRUE(references(world.host.poll(first.cursor)).contains("CM-2"));
}

TEST(Poll, AnInvoiceThatCannotBeReadStopsNoOther) {
    World world;
    world.tryton.add_invoice("CM-1", "in_a_mood", "2026-11-22");
    world.tryton.add_invoice("CM-2", "cancelled", "2026-11-22");
    const testkit::Outcome outcome = world.host.poll(from(world.tryton.clock_us - 60 * kSecond));
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].second.at("state"), "cancelled");
    ASSERT_EQ(world.host.logs.size(), 1U);
    EXPECT_NE(world.host.logs[0].find("invoice 1 left out"), std::string::npos);
    EXPECT_TRUE(outcome.message.starts_with("1 invoice left out: 1: ")) << outcome.message;
}

TEST(Poll, AsksForTheCompanysCustomerInvoicesWithAReference) {
    World world;
    world.host.poll("");
    const json::value params = json::parse(world.host.requests.back().body).at("params");
    const std::string domain = json::serialize(params.at(0));
    EXPECT_EQ(domain.find(R"([["type","=","out"],["company","=",1],["reference","!=",null],)"), 0U)
        << domain;
    EXPECT_EQ(params.at(3), json::parse(R"([["write_date","ASC"],["id","ASC"]])"));
}

TEST(Poll, ACursorOfAnotherKindIsRefused) {
    World world;
    EXPECT_EQ(world.host.poll("soon").code, "bad_cursor");
    EXPECT_EQ(world.host.poll(R"({"from":"yesterday"})").code, "bad_cursor");
}

TEST(Poll, AnUnreadableListIsTriedAgain) {
    World world;
    world.tryton.faults[kSearch].push_back({json_answer({{"id", 1}, {"result", {{{"id", 1}}}}})});
    EXPECT_EQ(world.host.poll("").outcome, OH_RETRY);
}

TEST(PollCursor, GoesThereAndBack) {
    const Cursor cursor{{5, Place{7, 9}}, {11, std::nullopt}};
    EXPECT_EQ(write_cursor(read_cursor(write_cursor(cursor), 0)), write_cursor(cursor));
    EXPECT_EQ(read_cursor("", 42).written.place->at_us, 42);
}

TEST(Instant, GoesThereAndBack) {
    const std::int64_t us = parse_instant("2026-11-22T18:42:32.25Z");
    EXPECT_EQ(format_instant(us), "2026-11-22T18:42:32.250000Z");
    EXPECT_EQ(microseconds_of(datetime(us)), us);
    EXPECT_EQ(parse_instant("1970-01-01T00:00:01Z"), kSecond);
    for (const char* wrong : {"2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z",
                              "2026-11-22T18:42:32+01", "2026-11-22T18:42:32.1234567Z"})
        EXPECT_THROW(parse_instant(wrong), std::invalid_argument) << wrong;
}

}  // namespace
}  // namespace orderhub::tryton::test
