#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using store::Transaction;

namespace {

/// Holds the writer's thread inside a unit until it is let go, so that later units wait together.
class Gate {
public:
    store::Store::Work unit() {
        return [this](Transaction&) -> Result<void> {
            entered_.set_value();
            open_.get_future().wait();
            return {};
        };
    }
    void wait_until_entered() { entered_.get_future().wait(); }
    void open() { open_.set_value(); }

private:
    std::promise<void> entered_;
    std::promise<void> open_;
};

/// To be called with what became of a unit; the future hears of it.
std::pair<store::Store::Done, std::future<Result<void>>> answer() {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto future = promise->get_future();
    return {[promise](Result<void> result) { promise->set_value(std::move(result)); },
            std::move(future)};
}

}  // namespace

TEST_P(StoreConformance, AFailingUnitIsUndoneAndHurtsNoNeighbour) {
    Gate gate;
    store_->write(gate.unit(), [](const Result<void>&) {});
    gate.wait_until_entered();
    std::vector<std::future<Result<void>>> results;
    const auto add = [&](const store::Store::Work& work) {
        auto [done, result] = answer();
        results.push_back(std::move(result));
        store_->write(work, std::move(done));
    };
    for (int i = 0; i < 30; ++i)
        add([i](Transaction& unit) -> Result<void> {
            unit.save_order(order_row("os_" + std::to_string(i), std::to_string(i)));
            if (i % 3 == 1) return fail(ErrorKind::Invalid, "bad", "refused");
            if (i % 3 == 2) throw std::runtime_error("a bug");
            return {};
        });
    gate.open();
    for (int i = 0; i < 30; ++i) {
        const auto result = results[static_cast<std::size_t>(i)].get();
        EXPECT_EQ(result.has_value(), i % 3 == 0) << i;
        if (i % 3 == 1) EXPECT_EQ(result.error().code, "bad");
        if (i % 3 == 2) EXPECT_EQ(result.error().kind, ErrorKind::Bug);
    }
    look([&](Transaction& unit) {
        for (int i = 0; i < 30; ++i)
            EXPECT_EQ(unit.order("os_" + std::to_string(i)).has_value(), i % 3 == 0) << i;
    });
}

TEST_P(StoreConformance, UnitsThatWaitTogetherShareACommit) {
    Gate gate;
    const auto before = store_->stats();
    store_->write(gate.unit(), [](const Result<void>&) {});
    gate.wait_until_entered();
    constexpr int kUnits = 100;
    std::promise<void> all_done;
    std::atomic<int> done = 0;
    for (int i = 0; i < kUnits; ++i)
        store_->write(
            [i](Transaction& unit) -> Result<void> {
                unit.set_connector_state("shop", std::to_string(i), "x");
                return {};
            },
            [&](const Result<void>& result) {
                EXPECT_TRUE(result);
                if (++done == kUnits) all_done.set_value();
            });
    gate.open();
    all_done.get_future().wait();
    const auto after = store_->stats();
    EXPECT_GE(after.units - before.units, static_cast<std::uint64_t>(kUnits));
    EXPECT_LE(after.commits - before.commits, 2U);
}

TEST_P(StoreConformance, WhatIsOfferedWhileAnotherUnitRunsSharesItsCommit) {
    Gate gate;
    const auto before = store_->stats();
    const auto gated = gate.unit();
    auto [held_done, held] = answer();
    store_->write(
        [&](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", "held", "x");
            return gated(unit);
        },
        std::move(held_done));
    gate.wait_until_entered();
    auto [offered_done, offered] = answer();
    store_->offer(
        1,
        [](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", "offered", "x");
            return {};
        },
        std::move(offered_done));
    gate.open();
    EXPECT_TRUE(held.get());
    EXPECT_TRUE(offered.get());
    store_->stop();
    EXPECT_EQ(store_->stats().units - before.units, 2U);
    EXPECT_EQ(store_->stats().commits - before.commits, 1U);
}

TEST_P(StoreConformance, WhatIsOfferedWhileAnotherUnitRunsFailsAlone) {
    // The held unit is run again without the other, so its gate opens once only.
    Gate gate;
    auto gated = std::make_shared<store::Store::Work>(gate.unit());
    auto [held_done, held] = answer();
    store_->write(
        [gated](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", "held", "x");
            return *gated ? std::exchange(*gated, nullptr)(unit) : Result<void>{};
        },
        std::move(held_done));
    gate.wait_until_entered();
    auto [offered_done, offered] = answer();
    store_->offer(
        1,
        [](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", "offered", "x");
            return fail(ErrorKind::Invalid, "bad", "refused");
        },
        std::move(offered_done));
    gate.open();
    EXPECT_TRUE(held.get());
    EXPECT_EQ(offered.get().error().code, "bad");
    look([](Transaction& unit) {
        EXPECT_EQ(unit.connector_state("shop", "held"), "x");
        EXPECT_EQ(unit.connector_state("shop", "offered"), "");
    });
}

TEST_P(StoreConformance, DoneRunsAfterTheCommit) {
    std::promise<bool> seen;
    store_->write(
        [](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", "k", "v");
            return {};
        },
        [&](const Result<void>&) {
            bool there = false;
            const auto result = store_->read([&](Transaction& unit) -> Result<void> {
                there = unit.connector_state("shop", "k") == "v";
                return {};
            });
            seen.set_value(result && there);
        });
    EXPECT_TRUE(seen.get_future().get());
}

TEST_P(StoreConformance, ReadsCannotWriteAndPassErrorsOn) {
    const auto write_in_read = store_->read([](Transaction& unit) -> Result<void> {
        EXPECT_ANY_THROW(unit.set_connector_state("shop", "k", "v"));
        return fail(ErrorKind::NotFound, "gone", "not here");
    });
    ASSERT_FALSE(write_in_read);
    EXPECT_EQ(write_in_read.error().code, "gone");
    look([](Transaction& unit) { EXPECT_EQ(unit.connector_state("shop", "k"), ""); });
}

TEST_P(StoreConformance, ManyThreadsReadAndWrite) {
    constexpr int kThreads = 8;
    constexpr int kRounds = 25;
    std::vector<std::jthread> threads;
    std::atomic<int> good = 0;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&] {
            for (int round = 0; round < kRounds; ++round) {
                const auto written = store_->write([](Transaction& unit) -> Result<void> {
                    unit.next_number("n");
                    return {};
                });
                const auto read = store_->read([](Transaction& unit) -> Result<void> {
                    unit.find_orders({});
                    return {};
                });
                if (written && read) ++good;
            }
        });
    threads.clear();
    EXPECT_EQ(good, kThreads * kRounds);
    change([&](Transaction& unit) { EXPECT_EQ(unit.next_number("n"), kThreads * kRounds + 1); });
}

TEST_P(StoreConformance, TheWatcherHearsOfWorkThatIsCommitted) {
    std::mutex mutex;
    std::multiset<routing::NewWork> heard;
    store_->watch([&](const routing::NewWork& work) {
        const std::scoped_lock lock(mutex);
        heard.insert(work);
    });
    change([](Transaction& unit) {
        unit.send(command("a", "a1"));
        unit.send(command("a", "a2"));
        unit.accept(inbox_message("m1"));
        unit.set_connector_state("quiet", "k", "v");
    });
    EXPECT_FALSE(store_->write([](Transaction& unit) -> Result<void> {
        unit.send(command("a", "a3", "undone"));
        return fail(ErrorKind::Invalid, "no", "no");
    }));
    store_->stop();
    using routing::Direction;
    EXPECT_EQ(heard,
              (std::multiset<routing::NewWork>{{"erp", Direction::out}, {"shop", Direction::in}}));
}

TEST_P(StoreConformance, ACompanionJoinsTheTransactionThatMadeTheWork) {
    using routing::Direction;
    std::vector<routing::NewWork> asked;  // both on the writer's thread, before stop() returns
    std::vector<routing::NewWork> heard;
    std::vector<routing::Delivery> begun;
    Result<void> refused;
    store_->watch([&](const routing::NewWork& work) { heard.push_back(work); });
    store_->accompany([&](const routing::NewWork& work) -> std::optional<store::Store::Companion> {
        asked.push_back(work);
        if (work.direction == Direction::in) return std::nullopt;
        if (work.connector == "erp")
            return store::Store::Companion{[&](Transaction& unit) -> Result<void> {
                                               begun = unit.begin_deliveries("erp", now_ms_, 5, "");
                                               return {};
                                           },
                                           [](const Result<void>& result) { EXPECT_TRUE(result); }};
        return store::Store::Companion{
            [&](Transaction& unit) -> Result<void> {
                EXPECT_EQ(unit.begin_deliveries("shop", now_ms_, 5, "").size(), 1U);
                return fail(ErrorKind::Conflict, "no", "it does not begin");
            },
            [&](Result<void> result) { refused = std::move(result); }};
    });
    const auto before = store_->stats();
    change([](Transaction& unit) {
        unit.send(command("a", "a1"));
        auto other = command("a", "a2");
        other.connector = "shop";
        unit.send(other);
        unit.accept(inbox_message("m1"));
    });
    store_->accompany(nullptr);
    change([](Transaction& unit) { unit.send(command("b", "b1")); });
    store_->stop();
    EXPECT_EQ(asked,
              (std::vector<routing::NewWork>{
                  {"erp", Direction::out}, {"shop", Direction::in}, {"shop", Direction::out}}));
    EXPECT_EQ(heard,
              (std::vector<routing::NewWork>{{"shop", Direction::in}, {"erp", Direction::out}}));
    EXPECT_EQ(store_->stats().commits - before.commits, 2U);
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun[0].key, "a1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "no");
}

TEST_P(StoreConformance, ACompanionThatFailsTakesNothingElseWithIt) {
    Result<void> refused;
    store_->accompany([&](const routing::NewWork&) -> std::optional<store::Store::Companion> {
        return store::Store::Companion{
            [&](Transaction& unit) -> Result<void> {
                EXPECT_EQ(unit.begin_deliveries("erp", now_ms_, 5, "").size(), 1U);
                return fail(ErrorKind::Conflict, "no", "it does not begin");
            },
            [&](Result<void> result) { refused = std::move(result); }};
    });
    change([](Transaction& unit) { unit.send(command("a", "a1")); });
    store_->accompany(nullptr);
    std::vector<routing::Delivery> begun;
    change([&](Transaction& unit) { begun = unit.begin_deliveries("erp", now_ms_, 5, ""); });
    ASSERT_FALSE(refused);
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun[0].key, "a1");
    EXPECT_EQ(begun[0].attempts, 1U);
}

TEST_P(StoreConformance, StopFinishesWhatIsQueuedAndRefusesMore) {
    std::atomic<int> committed = 0;
    for (int i = 0; i < 50; ++i)
        store_->write(
            [](Transaction& unit) -> Result<void> {
                unit.next_number("n");
                return {};
            },
            [&](const Result<void>& result) { committed += result ? 1 : 0; });
    store_->stop();
    EXPECT_EQ(committed, 50);
    const auto late = store_->write([](Transaction&) -> Result<void> { return {}; });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Unavailable);
}

}  // namespace orderhub::conformance
