#include "cursor.hpp"

#include <gtest/gtest.h>

namespace orderhub::request_tracker {
namespace {

TEST(Cursor, KeepsWhatIsNewerThanTheOverlap) {
    Cursor cursor;
    cursor.floor = 10;
    cursor.mark_seen(12, 1000);
    cursor.mark_seen(11, 1001);
    cursor.mark_seen(14, 1060);
    cursor.settle();
    EXPECT_EQ(cursor.floor, 10) << "exactly the overlap old: still looked at";
    cursor.mark_seen(15, 1062);
    cursor.settle();
    EXPECT_EQ(cursor.floor, 12);
    EXPECT_TRUE(cursor.has_seen(11));
    EXPECT_FALSE(cursor.has_seen(13));
    EXPECT_TRUE(cursor.has_seen(14));
}

TEST(Cursor, ABackfillBeginsAtItsInstant) {
    EXPECT_EQ(backfill_start(R"({"from":"2026-11-01T00:00:00.000Z"})"), "2026-11-01T00:00:00Z");
    EXPECT_EQ(backfill_start(to_text(Cursor{})), "");
    EXPECT_THROW(backfill_start("[]"), std::exception);
}

TEST(Cursor, StaysSmall) {
    Cursor cursor;
    for (std::int64_t id = 1; id <= 5000; ++id)
        cursor.mark_seen(id, 1000);
    cursor.settle();
    EXPECT_EQ(cursor.seen.size(), 1000U);
    EXPECT_EQ(cursor.floor, 4000);
}

TEST(Cursor, NeverPassesWhatWasLeft) {
    Cursor cursor;
    for (const std::int64_t id : {1, 2, 4})
        cursor.mark_seen(id, 1000);
    cursor.mark_seen(9, 9000);
    cursor.settle(3);
    EXPECT_EQ(cursor.floor, 2);
    EXPECT_FALSE(cursor.has_seen(3));
    EXPECT_TRUE(cursor.has_seen(4));
}

TEST(Cursor, SurvivesItsText) {
    Cursor cursor;
    cursor.since = "2026-11-22T18:36:24Z";
    cursor.since_done = {"3", "4"};
    cursor.floor = 7;
    cursor.mark_seen(9, 1795372584);
    EXPECT_EQ(to_cursor(to_text(cursor)), cursor);
    EXPECT_EQ(to_cursor(to_text(Cursor{})), Cursor{});
    EXPECT_ANY_THROW(to_cursor("{}"));
    EXPECT_ANY_THROW(to_cursor("7"));
}

TEST(Cursor, MarksOnce) {
    Cursor cursor;
    cursor.mark_seen(5, 1);
    cursor.mark_seen(5, 2);
    EXPECT_EQ(cursor.seen.size(), 1U);
}

}  // namespace
}  // namespace orderhub::request_tracker
