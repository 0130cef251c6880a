// What stores promise that several hubs have opened on one PostgreSQL database.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/postgres_server.hpp"

namespace orderhub::test {

using routing::Delivery;
using routing::DeliveryState;
using routing::InboxState;
using store::Store;
using store::Transaction;

namespace {

constexpr std::chrono::seconds kPatience{120};
constexpr std::int64_t kLater = 4'000'000'000'000;

class SeveralHubs : public testing::Test {
protected:
    /// Both longer than a thread may be away that is only starved.
    Store& open(std::chrono::milliseconds lease = std::chrono::seconds(60),
                std::chrono::milliseconds pause = std::chrono::seconds(60)) {
        hubs_.push_back(
            store::open_postgres({.url = url_, .lease = lease, .transaction_pause = pause}));
        return *hubs_.back();
    }
    void open(int count) {
        for (int i = 0; i < count; ++i)
            open();
    }
    void TearDown() override {
        for (const auto& hub : hubs_)
            hub->stop();
    }

    template <class Work>
    static void change(Store& hub, Work work) {
        const auto outcome = hub.write([&](Transaction& unit) -> Result<void> {
            work(unit);
            return {};
        });
        EXPECT_TRUE(outcome) << outcome.error().message;
    }
    /// Runs `work` for each hub on a thread of its own, until all have ended.
    void at_once(const std::function<void(Store&, std::size_t)>& work) {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < hubs_.size(); ++i)
            threads.emplace_back([&, i] { work(*hubs_[i], i); });
    }
    static bool comes_true(const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }
    std::string ask(const std::string& sql) { return PostgresOperator(url_).run(sql); }

    const std::string url_ = PostgresServer::shared().make_database();
    std::vector<std::unique_ptr<Store>> hubs_;
};

servicing::OrderRow next_version(Transaction& unit, const std::string& id) {
    auto known = unit.order_by_source("shop", "ext-1");
    auto row = known ? *known : conformance::order_row(id, "1");
    if (known) ++row.version;
    return row;
}

}  // namespace

TEST_F(SeveralHubs, OpenAnEmptyDatabaseTogether) {
    std::vector<std::future<std::unique_ptr<Store>>> opened;
    for (int i = 0; i < 4; ++i)
        opened.push_back(std::async(std::launch::async, [&] {
            return store::open_postgres({.url = url_, .lease = std::chrono::seconds(60)});
        }));
    for (auto& one : opened)
        hubs_.push_back(one.get());
    at_once([](Store& hub, std::size_t) {
        change(hub, [](Transaction& unit) { unit.next_number("N"); });
    });
    EXPECT_EQ(ask("SELECT value FROM counters"), "4");
    EXPECT_EQ(ask("SELECT count(*) FROM hubs"), "4");
    for (const auto& hub : hubs_) {
        EXPECT_TRUE(hub->shared());
        hub->stop();
    }
    EXPECT_EQ(ask("SELECT count(*) FROM hubs"), "0");
}

TEST_F(SeveralHubs, NoMessageIsBegunTwice) {
    constexpr int kMessages = 120;
    open(4);
    change(*hubs_[0], [](Transaction& unit) {
        for (int i = 0; i < kMessages; ++i)
            unit.accept(conformance::inbox_message("m" + std::to_string(i)));
    });
    std::mutex mutex;
    std::multiset<std::int64_t> begun;
    at_once([&](Store& hub, std::size_t) {
        for (bool any = true; any;) {
            std::vector<routing::InboxMessage> mine;
            change(hub, [&](Transaction& unit) { mine = unit.begin_messages("shop", kLater, 5); });
            any = !mine.empty();
            const std::scoped_lock lock(mutex);
            for (const auto& message : mine)
                begun.insert(message.sequence);
        }
    });
    EXPECT_EQ(begun.size(), static_cast<std::size_t>(kMessages));
    EXPECT_EQ(std::set(begun.begin(), begun.end()).size(), begun.size());
}

// Each hub adds to all lines and works on all lines. What is done in a line must be done one after
// the other, in the order in which it was added.
TEST_F(SeveralHubs, ALineGoesOnInItsOrderWhoeverAddsAndWorks) {
    constexpr int kSends = 40;
    constexpr int kLines = 4;
    constexpr const char* kBrokenLines =
        "SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE open = 1"
        " GROUP BY connector, order_key HAVING sum(head) <> 1) AS broken";
    open(3);
    std::mutex mutex;
    std::map<std::string, std::string> done;
    std::set<std::string> under_way;
    std::atomic<int> left = kSends * 3;
    const auto work = [&](Store& hub) {
        std::vector<Delivery> mine;
        change(hub, [&](Transaction& unit) { mine = unit.begin_deliveries("erp", kLater, 2, ""); });
        for (auto& delivery : mine) {
            {
                const std::scoped_lock lock(mutex);
                EXPECT_TRUE(under_way.insert(delivery.order_key).second) << delivery.order_key;
                done[delivery.order_key] += delivery.key + " ";
                under_way.erase(delivery.order_key);
            }
            delivery.state = DeliveryState::done;
            change(hub, [&](Transaction& unit) { EXPECT_TRUE(unit.settle(delivery)); });
            --left;
        }
    };
    at_once([&](Store& hub, std::size_t number) {
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        for (int i = 0; i < kSends; ++i) {
            const std::string key = std::to_string(number) + "-" + std::to_string(i);
            change(hub, [&](Transaction& unit) {
                unit.send(conformance::command("line" + std::to_string(i % kLines), key));
            });
            work(hub);
            if (i % 10 == 0) EXPECT_EQ(ask(kBrokenLines), "0");
        }
        while (left > 0 && std::chrono::steady_clock::now() < deadline)
            work(hub);
    });
    EXPECT_EQ(left, 0);
    for (const auto& [line, keys] : done)
        EXPECT_EQ(keys, ask("SELECT string_agg(key, ' ' ORDER BY sequence) || ' ' FROM deliveries"
                            " WHERE order_key = '" +
                            line + "'"));
}

TEST_F(SeveralHubs, WhoFollowsTheJournalMissesNothing) {
    constexpr int kUnits = 50;
    open(3);
    std::atomic<int> writing = 3;
    std::set<std::string> seen;
    std::int64_t last = 0;
    const auto follow = [&] {
        EXPECT_TRUE(hubs_[0]->read([&](Transaction& unit) -> Result<void> {
            for (const auto& event : unit.events(last, 1'000, "")) {
                EXPECT_GT(event.sequence, last);
                last = event.sequence;
                seen.insert(event.id);
            }
            return {};
        }));
    };
    std::jthread reader([&] {
        while (writing > 0)
            follow();
    });
    at_once([&](Store& hub, std::size_t number) {
        for (int i = 0; i < kUnits; ++i)
            change(hub, [&](Transaction& unit) {
                const std::string id = std::to_string(number) + "-" + std::to_string(i);
                unit.append({.id = id + "a"});
                unit.set_connector_state("shop", id, "x");
                unit.append({.id = id + "b"});
            });
        --writing;
    });
    reader.join();
    follow();
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(3 * 2 * kUnits));
}

TEST_F(SeveralHubs, TheFirstOfAnOrderAndItsChangesAreNotLost) {
    constexpr int kChanges = 25;
    open(4);
    at_once([&](Store& hub, std::size_t number) {
        for (int i = 0; i < kChanges; ++i)
            change(hub, [&](Transaction& unit) {
                unit.save_order(next_version(unit, "os_" + std::to_string(number)));
            });
    });
    EXPECT_EQ(ask("SELECT version FROM orders"), std::to_string(4 * kChanges));
}

TEST_F(SeveralHubs, UnitsThatWaitForEachOtherAreRunAgain) {
    open(2);
    change(*hubs_[0], [](Transaction& unit) {
        unit.save_order(conformance::order_row("os_a", "1"));
        unit.save_order(conformance::order_row("os_b", "2"));
    });
    std::latch both_hold_one(2);
    const auto take = [&](Store& hub, const std::string& first, const std::string& second) {
        bool is_first_run = true;
        change(hub, [&](Transaction& unit) {
            unit.next_number(first);
            auto one = *unit.order(first);
            if (std::exchange(is_first_run, false)) both_hold_one.arrive_and_wait();
            auto other = *unit.order(second);
            ++one.version;
            ++other.version;
            unit.save_order(one);
            unit.save_order(other);
        });
    };
    at_once([&](Store& hub, std::size_t number) {
        number == 0 ? take(hub, "os_a", "os_b") : take(hub, "os_b", "os_a");
    });
    EXPECT_EQ(ask("SELECT min(version) FROM orders"), "3");
    EXPECT_EQ(ask("SELECT string_agg(value::text, ',') FROM counters"), "1,1");
    EXPECT_GE(hubs_[0]->stats().retried + hubs_[1]->stats().retried, 1U);
}

// The first hub is stopped in the middle of a transaction, with a row locked that the second one
// needs, for longer than its lease.
TEST_F(SeveralHubs, AHubThatWasStoppedForTooLongDoesNoHarm) {
    constexpr std::chrono::seconds kLease{4};
    constexpr std::chrono::seconds kPause{2};
    Store& stopped = open(kLease, kPause);
    Store& lively = open(kLease, kPause);
    Delivery begun;
    change(stopped, [&](Transaction& unit) {
        EXPECT_TRUE(unit.hold_lease("poll:shop"));
        unit.send(conformance::command("line", "k1"));
        begun = unit.begin_deliveries("erp", kLater, 1, "").at(0);
    });
    change(lively, [](Transaction& unit) { EXPECT_FALSE(unit.hold_lease("poll:shop")); });
    std::promise<void> wake;
    auto woken = wake.get_future().share();
    std::promise<Result<void>> ended;
    stopped.write(
        [woken](Transaction& unit) -> Result<void> {
            unit.next_number("N");
            woken.wait();
            return {};
        },
        [&](Result<void> result) { ended.set_value(std::move(result)); });
    EXPECT_TRUE(comes_true([&] {
        std::uint32_t taken = 0;
        change(lively, [&](Transaction& unit) { taken = unit.recover(kLater); });
        return taken == 1;
    }));
    change(lively, [](Transaction& unit) {
        EXPECT_EQ(unit.next_number("N"), 1);
        EXPECT_TRUE(unit.hold_lease("poll:shop"));
    });
    EXPECT_FALSE(stopped.surely_owns(begun.owner));
    wake.set_value();
    const auto outcome = ended.get_future().get();
    EXPECT_TRUE(outcome || outcome.error().kind == ErrorKind::Unavailable);
    EXPECT_TRUE(comes_true([&] { return stopped.health().writable; }));
    EXPECT_EQ(stopped.stats().fenced, 1U);
    begun.state = DeliveryState::done;
    change(stopped, [&](Transaction& unit) {
        EXPECT_FALSE(unit.settle(begun));
        EXPECT_FALSE(unit.hold_lease("poll:shop"));
    });
    // It lives again, but not as the hub that had begun it.
    EXPECT_FALSE(stopped.surely_owns(begun.owner));
    change(lively, [&](Transaction& unit) {
        auto mine = unit.begin_deliveries("erp", kLater, 5, "");
        ASSERT_EQ(mine.size(), 1U);
        EXPECT_EQ(mine[0].crashes, 1U);
        mine[0].state = DeliveryState::done;
        EXPECT_TRUE(unit.settle(mine[0]));
    });
}

TEST_F(SeveralHubs, WhatALivingHubHasBegunIsLeftToIt) {
    open(2);
    Delivery begun;
    change(*hubs_[0], [&](Transaction& unit) {
        unit.send(conformance::command("line", "k1"));
        unit.accept(conformance::inbox_message("m1"));
        begun = unit.begin_deliveries("erp", kLater, 1, "").at(0);
        EXPECT_EQ(unit.begin_messages("shop", kLater, 1).size(), 1U);
    });
    EXPECT_TRUE(hubs_[0]->surely_owns(begun.owner));
    EXPECT_FALSE(hubs_[1]->surely_owns(begun.owner));
    change(*hubs_[1], [](Transaction& unit) { EXPECT_EQ(unit.recover(kLater), 0U); });
    hubs_[0]->stop();
    change(*hubs_[1], [](Transaction& unit) { EXPECT_EQ(unit.recover(kLater), 2U); });
}

}  // namespace orderhub::test
