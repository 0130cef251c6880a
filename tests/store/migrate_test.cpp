#include "hub/store/sqlite/migrate.hpp"

#include <gtest/gtest.h>

#include "tests/store/kill_helper.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

using store::Connection;
using store::Migration;
using store::OpenMode;

namespace {

const std::vector<Migration> kTwo = {
    {1, "0001_one", "sum1", "CREATE TABLE one (x); INSERT INTO one VALUES (1);"},
    {2, "0002_two", "sum2", "CREATE TABLE two (x);"}};

std::string refusal(Connection& db, const std::vector<Migration>& migrations) {
    try {
        store::migrate(db, migrations);
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

std::int64_t count(Connection& db, const std::string& table) {
    auto query = db.query("SELECT count(*) FROM " + table);
    query.step();
    return query.integer(0);
}

}  // namespace

TEST(Migrate, RunsEachStepOnce) {
    const TemporaryFolder folder;
    Connection db(folder.file("m.db"), OpenMode::read_write, "");
    store::migrate(db, std::span(kTwo).first(1));
    store::migrate(db, kTwo);
    store::migrate(db, kTwo);
    EXPECT_EQ(count(db, "one"), 1);
    EXPECT_EQ(count(db, "schema_migrations"), 2);
}

TEST(Migrate, RefusesAStepThatWasChangedAfterItRan) {
    const TemporaryFolder folder;
    Connection db(folder.file("m.db"), OpenMode::read_write, "");
    store::migrate(db, kTwo);
    auto changed = kTwo;
    changed[1].checksum = "other";
    EXPECT_NE(refusal(db, changed).find("0002_two was changed after it ran"), std::string::npos);
}

TEST(Migrate, RefusesADatabaseOfANewerRelease) {
    const TemporaryFolder folder;
    Connection db(folder.file("m.db"), OpenMode::read_write, "");
    store::migrate(db, kTwo);
    const std::vector<Migration> older(kTwo.begin(), kTwo.begin() + 1);
    EXPECT_NE(refusal(db, older).find("newer release (it has 0002_two)"), std::string::npos);
}

TEST(Migrate, ADatabaseThatStillServesTheOlderReleaseIsTaken) {
    const TemporaryFolder folder;
    Connection db(folder.file("m.db"), OpenMode::read_write, "");
    auto newer = kTwo;
    newer[1].sql = "-- serves: 1\n" + newer[1].sql;
    newer.push_back({3, "0003_three", "sum3", "-- serves: 2\nCREATE TABLE three (x);"});
    const std::vector<Migration> older(kTwo.begin(), kTwo.begin() + 1);
    store::migrate(db, std::span(newer).first(2));
    EXPECT_EQ(refusal(db, older), "");
    store::migrate(db, newer);
    EXPECT_NE(refusal(db, older).find("newer release (it has 0003_three)"), std::string::npos);
}

TEST(Migrate, AFailingStepLeavesNothing) {
    const TemporaryFolder folder;
    Connection db(folder.file("m.db"), OpenMode::read_write, "");
    auto broken = kTwo;
    broken[1].sql = "CREATE TABLE two (x); INSERT INTO nowhere VALUES (1);";
    EXPECT_NE(refusal(db, broken).find("0002_two failed"), std::string::npos);
    EXPECT_EQ(refusal(db, kTwo), "");
    EXPECT_EQ(count(db, "two"), 0);
}

#ifdef ORDERHUB_CRASH_POINTS
TEST(Migrate, MayBeKilledInTheMiddleOfAnyStep) {
    const auto steps = store::embedded_migrations().size();
    ASSERT_GE(steps, 3U);
    for (std::size_t step = 1; step <= steps; ++step) {
        const TemporaryFolder folder;
        const auto path = folder.file("hub.db");
        EXPECT_TRUE(run_helper({"open", path}, "migration.middle:" + std::to_string(step)).killed);
        Connection db(path, OpenMode::read_write, "");
        EXPECT_EQ(count(db, "schema_migrations"), static_cast<std::int64_t>(step) - 1);
        EXPECT_EQ(run_helper({"open", path}, "").exit_code, 0);
        EXPECT_EQ(count(db, "schema_migrations"), static_cast<std::int64_t>(steps));
    }
}
#endif

TEST(Migrate, ChecksumsAreThoseOfTheFiles) {
    for (const auto& migration : store::embedded_migrations()) {
        EXPECT_EQ(migration.checksum.size(), 64U);
        const std::string number = std::to_string(10'000 + migration.number).substr(1);
        EXPECT_TRUE(migration.name.starts_with(number + "_")) << migration.name;
    }
}

}  // namespace orderhub::test
