#include "documents/mark.hpp"

#include <gtest/gtest.h>

namespace orderhub::documents {
namespace {

constexpr std::int64_t kNow = 1'795'000'000'000;

TEST(Mark, KeepsWhatTheOverlapHolds) {
    Mark mark;
    mark.see(kNow - kOverlapMs - 5000, "old");
    mark.see(kNow - 1000, "a");
    mark.see(kNow, "b");
    mark.settle();
    EXPECT_EQ(mark.from_ms, kNow - kOverlapMs);
    EXPECT_TRUE(mark.has_seen(kNow - kOverlapMs - 5000, "anything before"));
    EXPECT_TRUE(mark.has_seen(kNow, "b"));
    EXPECT_FALSE(mark.has_seen(kNow, "a"));
    EXPECT_EQ(to_mark(to_json(mark)), mark);
}

TEST(Mark, NeverMovesBack) {
    Mark mark;
    mark.from_ms = kNow;
    mark.see(kNow + 1000, "a");
    mark.settle();
    EXPECT_EQ(mark.from_ms, kNow);
}

TEST(Mark, KeepsTheNewestSecondWhole) {
    Mark mark;
    for (int i = 0; i < 3000; ++i) {
        mark.see(kNow + 345, "n" + std::to_string(i));
        mark.see(kNow - 1000, "o" + std::to_string(i));
    }
    mark.settle();
    EXPECT_EQ(mark.from_ms, kNow);
    EXPECT_EQ(mark.seen.size(), 1U);
    EXPECT_EQ(mark.seen.begin()->second.size(), 3000U);
}

TEST(Mark, RefusesAnothersText) {
    EXPECT_THROW(to_mark(Json::parse("{}")), sdk::JsonError);
    EXPECT_THROW(to_mark(Json::parse(R"({"from": 1, "seen": [[1]]})")), sdk::JsonError);
}

}  // namespace
}  // namespace orderhub::documents
