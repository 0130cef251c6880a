// Storage trouble: nothing is acknowledged that is not on disk, and the store goes on by itself
// when the trouble ends.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "hub/store/store.hpp"
#include "tests/store/fault_vfs.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

using store::Transaction;

namespace {

class Outage : public testing::Test {
protected:
    void SetUp() override {
        end_faults();
        store_ = store::open_sqlite({.path = folder_.file("hub.db"), .vfs = "orderhub-fault"});
    }
    void TearDown() override {
        end_faults();
        store_->stop();
    }
    void end_faults() {
        faults_.disk_full = faults_.write_fails = faults_.read_only = faults_.sync_fails = false;
    }

    Result<void> put(const std::string& key) {
        return store_->write([&](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", key, std::string(20'000, 'x'));
            return {};
        });
    }
    bool has(const std::string& key) {
        bool there = false;
        const auto result = store_->read([&](Transaction& unit) -> Result<void> {
            there = !unit.connector_state("shop", key).empty();
            return {};
        });
        EXPECT_TRUE(result);
        return there;
    }
    bool healthy_within(std::chrono::seconds limit) {
        const auto deadline = std::chrono::steady_clock::now() + limit;
        while (!store_->health().writable) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }
    void expect_outage_then_recovery(std::atomic<bool>& fault) {
        ASSERT_TRUE(put("before"));
        fault = true;
        const auto failed = put("during");
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().kind, ErrorKind::Unavailable);
        EXPECT_FALSE(store_->health().writable);
        EXPECT_NE(store_->health().reason, "");
        EXPECT_TRUE(has("before")) << "reading goes on";
        fault = false;
        EXPECT_TRUE(healthy_within(std::chrono::seconds(120))) << "nobody needs to write for that";
        EXPECT_TRUE(put("after"));
        EXPECT_TRUE(has("after"));
        EXPECT_FALSE(has("during"));
    }

    Faults& faults_ = fault_vfs();
    TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_;
};

}  // namespace

TEST_F(Outage, DiskFullThenSpaceAgain) {
    expect_outage_then_recovery(faults_.disk_full);
}

TEST_F(Outage, WritesFailThenWorkAgain) {
    expect_outage_then_recovery(faults_.write_fails);
}

TEST_F(Outage, ReadOnlyThenWritableAgain) {
    expect_outage_then_recovery(faults_.read_only);
}

TEST_F(Outage, AllUnitsOfAFailedCommitHearOfIt) {
    std::promise<void> entered;
    std::promise<void> go_on;
    store_->write(
        [&](Transaction&) -> Result<void> {
            entered.set_value();
            go_on.get_future().wait();
            return {};
        },
        {});
    entered.get_future().wait();
    constexpr int kUnits = 40;
    std::atomic<int> unavailable{0};
    for (int i = 0; i < kUnits; ++i)
        store_->offer(
            100,
            [i](Transaction& unit) -> Result<void> {
                unit.set_connector_state("shop", "together", std::to_string(i));
                return {};
            },
            [&](const Result<void>& result) {
                if (!result && result.error().kind == ErrorKind::Unavailable) ++unavailable;
            });
    faults_.sync_fails = true;
    go_on.set_value();
    EXPECT_FALSE(put("behind them"));
    EXPECT_EQ(unavailable, kUnits);
    EXPECT_FALSE(store_->health().takes_new_work);
    end_faults();
    EXPECT_TRUE(put("after"));
    EXPECT_FALSE(has("together"));
}

TEST_F(Outage, FsyncFailsThenWorksAgain) {
    expect_outage_then_recovery(faults_.sync_fails);
}

TEST_F(Outage, WritingWorksAtOnceWhenTheTroubleIsOver) {
    faults_.disk_full = true;
    ASSERT_FALSE(put("during"));
    faults_.disk_full = false;
    EXPECT_TRUE(put("after"));
    EXPECT_TRUE(store_->health().writable);
}

TEST_F(Outage, EachCommitIsSynced) {
    const auto syncs = faults_.syncs.load();
    const auto commits = store_->stats().commits;
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(put(std::to_string(i)));
    EXPECT_EQ(store_->stats().commits - commits, 10U);
    EXPECT_GE(faults_.syncs - syncs, 10U);
}

TEST_F(Outage, AUnitThatWritesNothingCostsNoSync) {
    ASSERT_TRUE(put("first"));
    const auto syncs = faults_.syncs.load();
    ASSERT_TRUE(store_->write([](Transaction& unit) -> Result<void> {
        unit.due_deliveries("erp", 0, 10);
        return {};
    }));
    EXPECT_EQ(faults_.syncs, syncs);
}

}  // namespace orderhub::test
