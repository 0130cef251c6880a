// A process that is killed has lost nothing that it had called done.
#include <gtest/gtest.h>

#include "hub/store/store.hpp"
#include "tests/store/kill_helper.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

namespace {

/// The last whole line of the helper's output: how many units it had called done.
std::int64_t acknowledged(const std::string& output) {
    const auto end = output.rfind('\n');
    if (end == std::string::npos) return 0;
    const auto before = output.rfind('\n', end - 1);
    return std::stoll(output.substr(before == std::string::npos ? 0 : before + 1));
}

/// How many units are on disk; fails the test if they are not whole and without gaps.
std::int64_t stored(const std::string& path) {
    const auto store = store::open_sqlite({.path = path});
    std::int64_t count = 0;
    const auto result = store->write([&](store::Transaction& unit) -> Result<void> {
        count = unit.next_number("kill") - 1;
        for (std::int64_t number = 1; number <= count; ++number)
            EXPECT_EQ(unit.connector_state("kill", std::to_string(number)).size(), 500U);
        EXPECT_EQ(unit.connector_state("kill", std::to_string(count + 1)), "");
        return {};
    });
    EXPECT_TRUE(result);
    return count;
}

}  // namespace

TEST(Kill, WhatWasAcknowledgedIsThereAfterAnyKill) {
    for (const std::size_t lines : {1U, 40U, 700U, 1'500U}) {
        const TemporaryFolder folder;
        const auto path = folder.file("hub.db");
        const auto end = run_helper({"write", path}, "", lines);
        EXPECT_TRUE(end.killed);
        EXPECT_GE(acknowledged(end.output), static_cast<std::int64_t>(lines));
        EXPECT_GE(stored(path), acknowledged(end.output));
    }
}

#ifdef ORDERHUB_CRASH_POINTS

TEST(Kill, BeforeTheCommitNothingOfItIsThere) {
    const TemporaryFolder folder;
    const auto path = folder.file("hub.db");
    const auto end = run_helper({"write", path}, "store.before_commit");
    EXPECT_TRUE(end.killed);
    EXPECT_EQ(end.output, "");
    EXPECT_EQ(stored(path), 0);
}

TEST(Kill, AfterTheCommitAllOfItIsThere) {
    const TemporaryFolder folder;
    const auto path = folder.file("hub.db");
    const auto end = run_helper({"write", path}, "store.after_commit:2");
    EXPECT_TRUE(end.killed);
    EXPECT_GT(stored(path), acknowledged(end.output)) << "committed, not yet acknowledged";
}

#endif

}  // namespace orderhub::test
