// The write-ahead log keeps to its limit, and what may come later is refused before.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <thread>

#include "hub/store/store.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

using store::Transaction;

namespace {

constexpr std::uint64_t kLimit = 8ULL << 20;
constexpr std::chrono::seconds kPatience{120};
constexpr std::size_t kUnitBytes = 100'000;
/// What one unit adds to the log at most: its pages, and those that lead to them.
constexpr std::uint64_t kUnitInLog = 2 * kUnitBytes;

class LogLimit : public testing::Test {
protected:
    void TearDown() override { store_->stop(); }

    // Never the same twice: pages that do not change are not logged.
    store::Store::Work put(int key) {
        const auto filling = static_cast<char>('a' + puts_++ % 26);
        return [key, filling](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", std::to_string(key), std::string(kUnitBytes, filling));
            return {};
        };
    }
    Result<void> write(int key) { return store_->write(put(key)); }
    Result<void> offer(int key) {
        std::promise<Result<void>> outcome;
        store_->offer(kUnitBytes, put(key),
                      [&](Result<void> result) { outcome.set_value(std::move(result)); });
        return outcome.get_future().get();
    }
    std::uint64_t log_file() const { return std::filesystem::file_size(path_ + "-wal"); }

    bool within(std::chrono::seconds limit, const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + limit;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }

    std::atomic<int> puts_{0};
    TemporaryFolder folder_;
    std::string path_ = folder_.file("hub.db");
    std::unique_ptr<store::Store> store_ =
        store::open_sqlite({.path = path_, .log_limit_bytes = kLimit});
};

/// A reader that holds on to its snapshot until it is let go.
class LongRead {
public:
    explicit LongRead(store::Store& store)
        : thread_([this, &store] {
              outcome_ = store.read([this](Transaction& unit) -> Result<void> {
                  unit.connector_state("shop", "0");
                  begun_.set_value();
                  go_on_.get_future().wait();
                  return {};
              });
          }) {
        begun_.get_future().wait();
    }
    ~LongRead() { let_go(); }
    void let_go() {
        if (!thread_.joinable()) return;
        go_on_.set_value();
        thread_.join();
        EXPECT_TRUE(outcome_);
    }

private:
    std::promise<void> begun_;
    std::promise<void> go_on_;
    Result<void> outcome_;
    std::thread thread_;
};

}  // namespace

TEST_F(LogLimit, AStopLeavesNothingInTheLog) {
    ASSERT_TRUE(write(0));
    // A reader's connection stays open for longer than the writer's.
    ASSERT_TRUE(store_->read([](Transaction& unit) -> Result<void> {
        EXPECT_FALSE(unit.connector_state("shop", "0").empty());
        return {};
    }));
    EXPECT_GT(log_file(), 0U);
    store_->stop();
    EXPECT_EQ(log_file(), 0U) << "the next start would have to read it";
}

TEST_F(LogLimit, SteadyLoadKeepsToIt) {
    constexpr int kWriters = 4;
    constexpr int kUnits = 200;  // of each: ten times the limit in all
    std::atomic<std::uint64_t> largest{0};
    std::atomic<int> stored{0};
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < kUnits; ++i) {
                const bool taken = within(kPatience, [&] {
                    const auto result = offer((writer * kUnits + i) % 8);
                    EXPECT_TRUE(result || result.error().kind == ErrorKind::Throttled);
                    largest = std::max(largest.load(), log_file());
                    return result.has_value();
                });
                if (taken) ++stored;
            }
        });
    writers.clear();
    EXPECT_LE(largest, kLimit);
    EXPECT_EQ(stored, kWriters * kUnits) << "the log starts over under load";
}

TEST_F(LogLimit, AReaderThatHoldsTheLogMakesNewWorkWaitAndThenAllWork) {
    ASSERT_TRUE(write(0));
    LongRead reader(*store_);
    int taken = 0;
    Result<void> refused;
    for (; taken < 1'000 && refused; ++taken)
        refused = offer(taken % 4);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Throttled);
    EXPECT_EQ(refused.error().code, "store_busy");
    EXPECT_TRUE(refused.error().retry_after);
    EXPECT_GT(taken, 10);

    const auto pressed = store_->health();
    EXPECT_TRUE(pressed.writable);
    EXPECT_FALSE(pressed.takes_new_work);
    EXPECT_LE(pressed.log_limit_bytes, kLimit);
    EXPECT_GE(pressed.log_bytes, kLimit / 2);

    int ended = 0;
    for (refused = {}; ended < 1'000 && refused; ++ended)
        refused = write(ended % 4);
    ASSERT_FALSE(refused) << "the limit holds for all work";
    EXPECT_EQ(refused.error().kind, ErrorKind::Throttled);
    EXPECT_GT(ended, 3) << "what ends work goes on for a while";
    EXPECT_LE(log_file(), kLimit + kUnitInLog);

    reader.let_go();
    EXPECT_TRUE(within(kPatience, [&] { return store_->health().takes_new_work; }))
        << "nobody needs to write for that";
    EXPECT_TRUE(offer(1));
    EXPECT_LT(store_->health().log_bytes, kLimit / 2);
}

TEST_F(LogLimit, ALogThatStartedOverIsRecoveredLikeAnyOther) {
    for (int i = 0; i < 300; ++i)
        // A checkpoint that is starved lets the log fill up meanwhile.
        ASSERT_TRUE(within(kPatience, [&] { return write(i).has_value(); })) << i;
    store_->stop();
    store_.reset();
    store_ = store::open_sqlite({.path = path_, .log_limit_bytes = kLimit});
    ASSERT_TRUE(store_->read([](Transaction& unit) -> Result<void> {
        for (int i = 0; i < 300; ++i)
            EXPECT_EQ(unit.connector_state("shop", std::to_string(i)).size(), kUnitBytes);
        return {};
    }));
}

TEST_F(LogLimit, WhatWaitsIsBoundedByItsBytes) {
    std::promise<void> go_on;
    std::promise<void> begun;
    store_->write(
        [&](Transaction&) -> Result<void> {
            begun.set_value();
            go_on.get_future().wait();
            return {};
        },
        {});
    begun.get_future().wait();
    const auto nothing = [](Transaction&) -> Result<void> { return {}; };
    std::atomic<int> done{0};
    std::optional<Error> refused;
    int offered = 0;
    for (; offered < 1'000 && !refused; ++offered)
        store_->offer(1U << 20, nothing, [&](const Result<void>& result) {
            if (result)
                ++done;
            else
                refused = result.error();
        });
    EXPECT_EQ(offered, 65);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, "store_busy");
    EXPECT_EQ(store_->health().waiting_bytes, 64ULL << 20);
    EXPECT_EQ(store_->health().waiting_units, 64U);
    std::promise<void> ended;
    store_->write(nothing, [&](const Result<void>& result) {
        EXPECT_TRUE(result) << "what ends work still goes";
        ended.set_value();
    });
    go_on.set_value();
    ended.get_future().wait();
    EXPECT_TRUE(within(kPatience, [&] { return done == 64; }));
    EXPECT_TRUE(within(kPatience, [&] { return store_->health().waiting_bytes == 0; }));
}

}  // namespace orderhub::test
