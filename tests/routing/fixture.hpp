// A router over a real SQLite store, with connectors that the test plays.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/routing/router.hpp"
#include "tests/routing/store_units.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::routing {

/// A connector whose answers the test gives. Calls are answered at once, unless the script keeps
/// `done` for later.
class FakeCaller : public Caller {
public:
    explicit FakeCaller(std::string name) : name_(std::move(name)) {}

    std::function<void(const InboxMessage&, Done)> on_receive;
    std::function<void(const std::string&, Done)> on_poll;
    std::function<void(const Delivery&, Done)> on_execute = [](const Delivery&, const Done& done) {
        done({});
    };
    std::uint32_t calls_at_once = 8;
    std::optional<std::chrono::milliseconds> interval;

    std::string name() const override { return name_; }
    std::uint32_t concurrency() const override { return calls_at_once; }
    std::optional<std::chrono::milliseconds> poll_interval() const override { return interval; }
    void receive(const InboxMessage& message, Done done) override {
        on_receive(message, std::move(done));
    }
    void poll(const std::string& cursor, Done done) override { on_poll(cursor, std::move(done)); }
    void execute(const Delivery& delivery, Done done) override {
        {
            const std::scoped_lock lock(mutex_);
            executed_.push_back(delivery.key);
        }
        on_execute(delivery, std::move(done));
    }
    /// The keys of all attempts so far, in order.
    std::vector<std::string> executed() const {
        const std::scoped_lock lock(mutex_);
        return executed_;
    }

private:
    const std::string name_;
    mutable std::mutex mutex_;
    std::vector<std::string> executed_;
};

inline CallResult failure(Outcome outcome, const std::string& code,
                          std::optional<std::chrono::milliseconds> after = {}) {
    CallResult result;
    result.outcome = outcome;
    result.code = code;
    result.message = "words";
    result.retry_after = after;
    return result;
}

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        settings_.backoff = {std::chrono::milliseconds(1), std::chrono::milliseconds(4)};
        settings_.store_retry = std::chrono::milliseconds(5);
        settings_.seed = 1;
        open_store();
    }
    ~RouterTest() override { close_all(); }

    void open_store() { store_ = store::open_sqlite({.path = folder_.file("hub.db")}); }
    void start() {
        units_ = std::make_unique<store::RoutingUnits>(
            *store_,
            store::RoutingCallbacks{
                [this](store::Transaction& unit, const Request&, std::string_view,
                       std::string_view kind, std::string_view json) {
                    return apply_record(unit, std::string(kind), std::string(json));
                },
                [this](store::Transaction&, const Request&, const Delivery& delivery) {
                    note("told " + delivery.key + " " + std::string(to_text(delivery.state)));
                    return on_delivery ? on_delivery(delivery) : Result<void>{};
                },
                [this](std::string_view prefix) {
                    return std::string(prefix) + "_" + std::to_string(++ids_);
                }});
        router_ = std::make_unique<Router>(*units_, std::vector<Caller*>{&shop_, &erp_}, settings_);
        const auto started = router_->start();
        ASSERT_TRUE(started) << started.error().message;
    }
    void close_all() {
        if (router_) router_->stop();
        if (store_) store_->stop();
        router_.reset();
        units_.reset();
        store_.reset();
    }

    /// Queues commands "key" for the order key that is the key's first letter.
    void send(const std::vector<std::string>& keys, const std::string& connector = "erp") {
        const auto result = store_->write([&](store::Transaction& unit) -> Result<void> {
            for (const auto& key : keys) {
                servicing::OutgoingCommand command;
                command.connector = connector;
                command.order_key = key.substr(0, 1);
                command.kind = "case.note";
                command.key = key;
                command.payload = "{}";
                unit.send(command);
            }
            return {};
        });
        ASSERT_TRUE(result) << result.error().message;
    }
    Result<void> intake(const std::string& id, const std::string& body) {
        std::promise<Result<void>> outcome;
        router_->intake("shop", {id, "{}", "application/json", body},
                        [&](Result<void> result) { outcome.set_value(std::move(result)); });
        return outcome.get_future().get();
    }
    Delivery delivery(const std::string& key) {
        Delivery found;
        const auto result = store_->read([&](store::Transaction& unit) -> Result<void> {
            for (auto& row : unit.find_deliveries({.limit = 1'000}))
                if (row.key == key) found = row;
            return {};
        });
        EXPECT_TRUE(result);
        return found;
    }
    bool is(const std::string& key, DeliveryState state) { return delivery(key).state == state; }
    std::vector<InboxMessage> parked_messages() {
        std::vector<InboxMessage> parked;
        const auto result = store_->read([&](store::Transaction& unit) -> Result<void> {
            parked = unit.parked_messages(100);
            return {};
        });
        EXPECT_TRUE(result);
        return parked;
    }
    std::vector<std::string> addresses() {
        std::vector<std::string> found;
        const auto result = store_->read([&](store::Transaction& unit) -> Result<void> {
            for (const auto& event : unit.audit(store::AuditQuery()).events)
                found.push_back(event.address);
            return {};
        });
        EXPECT_TRUE(result);
        return found;
    }
    std::vector<std::string> event_types() {
        std::vector<std::string> types;
        const auto result = store_->read([&](store::Transaction& unit) -> Result<void> {
            for (const auto& event : unit.events(0, 100, ""))
                types.push_back(event.type);
            return {};
        });
        EXPECT_TRUE(result);
        return types;
    }

    void note(const std::string& line) {
        {
            const std::scoped_lock lock(mutex_);
            notes_.push_back(line);
        }
        noted_.notify_all();
    }
    std::vector<std::string> notes() {
        const std::scoped_lock lock(mutex_);
        return notes_;
    }
    /// Polls a condition until it holds; false if it does not within two minutes.
    template <class Condition>
    bool soon(const Condition& condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        std::unique_lock lock(mutex_);
        for (;;) {
            lock.unlock();
            if (condition()) return true;
            lock.lock();
            if (std::chrono::steady_clock::now() > deadline) return false;
            noted_.wait_for(lock, std::chrono::milliseconds(2));
        }
    }

    /// Servicing, as the router sees it: notes the record; "bad" is never valid, "busy" is refused
    /// once.
    Result<void> apply_record(store::Transaction& unit, const std::string& kind,
                              const std::string& json) {
        if (json == "bad") return fail(ErrorKind::Invalid, "wrong_total", "no total", "/total");
        if (json == "busy" && ++busy_ == 1) return fail(ErrorKind::Conflict, "changed", "again");
        unit.next_number("applied");
        unit.set_connector_state("test", kind + " " + json, "applied");
        note("applied " + kind + " " + json);
        return {};
    }
    bool is_applied(const std::string& kind, const std::string& json) {
        bool there = false;
        const auto result = store_->read([&](store::Transaction& unit) -> Result<void> {
            there = !unit.connector_state("test", kind + " " + json).empty();
            return {};
        });
        EXPECT_TRUE(result);
        return there;
    }

    test::TemporaryFolder folder_;
    Settings settings_;
    FakeCaller shop_{"shop"};
    FakeCaller erp_{"erp"};
    std::function<Result<void>(const Delivery&)> on_delivery;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<store::RoutingUnits> units_;
    std::unique_ptr<Router> router_;

private:
    std::mutex mutex_;
    std::condition_variable noted_;
    std::vector<std::string> notes_;
    std::atomic<int> busy_ = 0;
    std::atomic<int> ids_ = 0;
};

using Keys = std::vector<std::string>;

}  // namespace orderhub::routing
