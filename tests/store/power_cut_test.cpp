// After a power cut at any call, whatever the disk kept of what was not synced: each unit that was
// called done is there, each other one is there whole or not at all. ORDERHUB_LONG=1 tries far more
// places and seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>

#include "hub/store/sqlite/migrate.hpp"
#include "tests/store/power_vfs.hpp"
#include "tests/store/power_workload.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

namespace {

const bool kIsLong = std::getenv("ORDERHUB_LONG") != nullptr;
/// So short that the log starts over all the time.
constexpr std::uint64_t kShortLog = 1ULL << 20;

struct Cut {
    std::uint64_t at_call;
    Survival survival;
    std::uint64_t seed;
};

std::string words(const Cut& cut) {
    return "power cut at call " + std::to_string(cut.at_call) + ", survival " +
           std::to_string(static_cast<int>(cut.survival)) + ", seed " + std::to_string(cut.seed);
}

/// Opens the store, puts `rounds` of units into it and cuts the power on the way, or at the end.
/// Returns how many calls were made.
std::uint64_t work_until(std::uint64_t at_call, PowerWorkload& work, const std::string& path,
                         int rounds, int width) {
    auto& power = PowerVfs::instance();
    power.begin(at_call);
    try {
        const auto store = store::open_sqlite(
            {.path = path, .log_limit_bytes = kShortLog, .vfs = "orderhub-power"});
        work.run(*store, rounds, width);
        power.cut();
        store->stop();
    } catch (const std::runtime_error&) {
        EXPECT_TRUE(power.is_out()) << "it does not open";
    }
    return power.calls();
}

/// Thousands of databases are opened: where syncing costs nothing, if there is such a place.
std::filesystem::path quick_place() {
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

void expect_kept_after(const Cut& cut, const PowerWorkload& work) {
    SCOPED_TRACE(words(cut));
    const TemporaryFolder found(quick_place());
    PowerVfs::instance().restore(cut.survival, cut.seed, found.file(""));
    work.expect_kept(found.file("hub.db"));
}

void try_all_survivals(std::uint64_t at_call, std::uint64_t seed, const PowerWorkload& work) {
    expect_kept_after({at_call, Survival::nothing, 0}, work);
    expect_kept_after({at_call, Survival::everything, 0}, work);
    for (std::uint64_t i = 0; i < (kIsLong ? 8U : 1U); ++i)
        expect_kept_after({at_call, Survival::some, seed + i}, work);
}

std::uint64_t seed_of_this_run() {
    const char* given = std::getenv("ORDERHUB_SEED");
    const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device{}();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    return seed;
}

/// A database without the newest `steps` migrations, with something in it.
void make_older(const std::string& path, std::size_t steps) {
    const auto& all = store::embedded_migrations();
    store::Connection db(path, store::OpenMode::read_write, "");
    db.execute("PRAGMA journal_mode = WAL");
    store::migrate(db, std::span(all).first(all.size() - steps));
    db.execute(
        "INSERT INTO connector_state (connector, key, value) VALUES ('shop', 'kept', 'seen')");
}

/// Runs `work` in a copy of the database `from` until the power fails at `at_call`.
std::uint64_t work_in_copy(const std::string& from, std::uint64_t at_call, PowerWorkload& work,
                           int rounds, int width) {
    const TemporaryFolder folder(quick_place());
    const auto path = folder.file("hub.db");
    std::filesystem::copy_file(from, path);
    return work_until(at_call, work, path, rounds, width);
}

/// Where to cut: at each call, or in the normal run at some hundred of them.
std::uint64_t stride(std::uint64_t calls, std::uint64_t wanted) {
    return kIsLong ? 1 : std::max<std::uint64_t>(calls / wanted, 1);
}

}  // namespace

TEST(PowerCut, AtEveryCallOfASmallWorkload) {
    constexpr int kRounds = 4;
    constexpr int kWidth = 3;
    const TemporaryFolder origin(quick_place());
    make_older(origin.file("hub.db"), 0);
    PowerWorkload undisturbed;
    const auto calls = work_in_copy(origin.file("hub.db"), 0, undisturbed, kRounds, kWidth);
    EXPECT_EQ(undisturbed.acknowledged(), kRounds * kWidth - 1U);
    // How many units share a commit is chance; each round has one of its own, a write and a sync.
    ASSERT_GE(calls, 2U * kRounds);
    const auto seed = seed_of_this_run();
    std::size_t acknowledged = 0;
    for (std::uint64_t at = 1; at <= calls && !testing::Test::HasFailure(); ++at) {
        PowerWorkload work;
        work_in_copy(origin.file("hub.db"), at, work, kRounds, kWidth);
        try_all_survivals(at, seed + at, work);
        acknowledged += work.acknowledged();
    }
    EXPECT_GT(acknowledged, calls) << "most cuts come after something was called done";
}

TEST(PowerCut, SomewhereInALongWorkloadWhoseLogStartsOver) {
    constexpr int kRounds = 150;
    constexpr int kWidth = 8;
    const TemporaryFolder origin(quick_place());
    make_older(origin.file("hub.db"), 0);
    PowerWorkload undisturbed;
    const auto calls = work_in_copy(origin.file("hub.db"), 0, undisturbed, kRounds, kWidth);
    // Every seventh unit fails; a few are refused if the log fills up within their round.
    EXPECT_GT(undisturbed.acknowledged(), kRounds * kWidth / 2U);
    ASSERT_GT(calls, 1'000U);
    const auto seed = seed_of_this_run();
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<std::uint64_t> anywhere(1, calls);
    for (int i = 0; i < (kIsLong ? 1'000 : 20) && !testing::Test::HasFailure(); ++i) {
        const auto at = anywhere(random);
        PowerWorkload work;
        work_in_copy(origin.file("hub.db"), at, work, kRounds, kWidth);
        try_all_survivals(at, random(), work);
    }
}

TEST(PowerCut, WhileANewDatabaseIsMade) {
    const auto make = [](std::uint64_t at) {
        const TemporaryFolder folder(quick_place());
        PowerWorkload nothing;
        return work_until(at, nothing, folder.file("hub.db"), 0, 0);
    };
    const auto calls = make(0);
    const auto seed = seed_of_this_run();
    for (std::uint64_t at = 1 + seed % stride(calls, 100);
         at <= calls && !testing::Test::HasFailure(); at += stride(calls, 100)) {
        make(at);
        try_all_survivals(at, seed + at, PowerWorkload());
    }
}

TEST(PowerCut, WhileADatabaseInUseIsMigrated) {
    const TemporaryFolder origin(quick_place());
    make_older(origin.file("hub.db"), 2);
    PowerWorkload nothing;
    const auto calls = work_in_copy(origin.file("hub.db"), 0, nothing, 0, 0);
    const auto seed = seed_of_this_run();
    for (std::uint64_t at = 1 + seed % stride(calls, 100);
         at <= calls && !testing::Test::HasFailure(); at += stride(calls, 100)) {
        work_in_copy(origin.file("hub.db"), at, nothing, 0, 0);
        for (const auto survival : {Survival::nothing, Survival::everything, Survival::some}) {
            const Cut cut{at, survival, seed + at};
            SCOPED_TRACE(words(cut));
            const TemporaryFolder found(quick_place());
            PowerVfs::instance().restore(survival, cut.seed, found.file(""));
            const auto store = store::open_sqlite({.path = found.file("hub.db")});
            EXPECT_TRUE(store->read([](store::Transaction& unit) -> Result<void> {
                EXPECT_EQ(unit.connector_state("shop", "kept"), "seen");
                return {};
            }));
        }
    }
}

// The model itself: were the store to call units done before they are synced, it would show.
TEST(PowerCut, WhatIsNotSyncedIsLost) {
    PowerDisk disk;
    disk.know("/d/file", std::nullopt);
    disk.write("/d/file", 0, "synced");
    disk.sync("/d/file");
    EXPECT_TRUE(disk.after_cut(Survival::nothing, 0).empty()) << "nor is its name durable";
    disk.sync_folder();
    disk.write("/d/file", 6, std::string(4'096, 'x'));
    EXPECT_EQ(disk.after_cut(Survival::nothing, 0).at("/d/file"), "synced");
    EXPECT_EQ(disk.after_cut(Survival::everything, 0).at("/d/file").size(), 4'102U);
    std::set<std::string> kinds;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        kinds.insert(disk.after_cut(Survival::some, seed).at("/d/file"));
    EXPECT_GT(kinds.size(), 10U);
}

}  // namespace orderhub::test
