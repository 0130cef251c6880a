// Messages run again: a dry run shows what would change and keeps nothing; a real one goes the way
// of every message.
#include "hub/runtime/replayer.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <filesystem>
#include <thread>

namespace orderhub::runtime {
namespace {

namespace json = boost::json;

json::object triple(const char* ex, const char* tax, const char* inc) {
    return {{"ex", ex}, {"tax", tax}, {"inc", inc}};
}

/// One mug at 12.00 for a customer of that name, as a storefront shows it.
json::object mug(const std::string& id, const std::string& name, const std::string& observed_at) {
    const json::object line{
        {"external_id", "l-" + id},
        {"sku", "MUG-1"},
        {"name", "Mug"},
        {"quantity", 1},
        {"unit_price", triple("10.00", "2.00", "12.00")},
        {"list", triple("10.00", "2.00", "12.00")},
        {"total", triple("10.00", "2.00", "12.00")},
        {"taxes", json::array{json::object{{"label", "VAT"}, {"rate", "20"}, {"amount", "2.00"}}}}};
    return {{"source", {{"external_id", id}, {"observed_at", observed_at}}},
            {"number", "T-" + id},
            {"currency", "EUR"},
            {"tax_locale", "gross"},
            {"state", "open"},
            {"placed_at", "2026-11-21T10:00:00Z"},
            {"customer", {{"name", name}, {"email", "ann@example.com"}}},
            {"lines", json::array{line}},
            {"totals", triple("10.00", "2.00", "12.00")},
            {"payments", json::array{}},
            {"fulfilments", json::array{}}};
}

/// Understands a message as the order of that id, named as the test says.
class Shop : public connectors::Instance {
public:
    const std::string& name() const override { return name_; }
    const connectors::Manifest& manifest() const override { return manifest_; }
    void check(Done done) override { done({}); }
    void receive(connectors::InboundMessage message, Done done) override {
        connectors::CallResult result;
        if (message.body == "garbage") {
            result.outcome = connectors::Outcome::rejected;
            result.code = "not_understood";
            result.message = "It says nothing.";
        } else {
            result.records.push_back(
                {"order", message.body,
                 json::serialize(mug(message.body, called, "2026-11-22T11:00:00Z"))});
        }
        done(std::move(result));
    }
    void poll(std::string, Done done) override { done({}); }
    void execute(connectors::CommandCall, Done done) override { done({}); }
    Result<std::string> verify(const std::vector<connectors::Header>&, const std::string&,
                               std::int64_t) const override {
        return std::string();
    }

    std::string called = "Ann";

private:
    const std::string name_ = "shop";
    connectors::Manifest manifest_;
};

class OneShop : public connectors::Host {
public:
    Result<connectors::Manifest> inspect(const std::string&) override { return {}; }
    Result<void> add(connectors::InstanceSettings) override { return {}; }
    connectors::Instance* find(const std::string& name) override {
        return name == "shop" ? &shop : nullptr;
    }
    std::vector<connectors::Instance*> instances() override { return {&shop}; }
    void stop() override {}

    Shop shop;
};

class ReplayerTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("orderhub-replayer-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        servicing::Settings settings;
        settings.make_id = [this](std::string_view prefix) { return make_id(prefix); };
        settings.route = [](std::string_view kind) {
            return kind == "order.forward" ? "" : "shop";
        };
        settings.can_execute = [](std::string_view, std::string_view) { return true; };
        service_ = std::make_unique<servicing::Service>(std::move(settings));
        open();
    }
    void TearDown() override {
        close();
        std::filesystem::remove_all(folder_);
    }
    void open() {
        store_ = store::open_sqlite({(folder_ / "hub.db").string(), 1});
        replayer_ = std::make_unique<Replayer>(
            *store_, host_, *service_, [this](std::string_view prefix) { return make_id(prefix); },
            [this] {
                ++looks_;
                return now_.load();
            });
    }
    void close() {
        replayer_.reset();
        if (store_) store_->stop();
        store_.reset();
    }
    std::string make_id(std::string_view prefix) {
        return std::string(prefix) + "_" + std::to_string(100'000 + ++ids_);
    }

    /// A message that was received at an instant, and applied if it could be.
    void have(const std::string& id, const std::string& body, std::int64_t at) {
        ASSERT_TRUE(store_->write([&](store::Transaction& unit) -> Result<void> {
            routing::InboxMessage message;
            message.connector = "shop";
            message.message_id = id;
            message.headers = "{}";
            message.body = body;
            message.received_at = at;
            message.state = routing::InboxState::done;
            unit.accept(message);
            return {};
        }));
    }
    void apply(const std::string& order, const std::string& name) {
        ASSERT_TRUE(store_->write([&](store::Transaction& unit) {
            return service_->apply_record(
                unit, {"connector:shop", "t", now_.load()}, "shop", "order",
                json::serialize(mug(order, name, "2026-11-22T10:00:00Z")));
        }));
    }
    static routing::Replay wanted(const std::string& connector) {
        routing::Replay replay;
        replay.connector = connector;
        replay.to = 1'000'000;
        replay.actor = "agent:kim";
        return replay;
    }
    std::string start(bool dry_run, std::int64_t from = 0, std::int64_t to = 1'000'000) {
        auto replay = wanted("shop");
        replay.from = from;
        replay.to = to;
        replay.dry_run = dry_run;
        const auto started = replayer_->start(std::move(replay), {"agent:kim", "192.0.2.7"});
        EXPECT_TRUE(started);
        return started ? started->id : std::string();
    }
    routing::Replay replay(const std::string& id) {
        std::optional<routing::Replay> found;
        EXPECT_TRUE(store_->read([&](store::Transaction& unit) -> Result<void> {
            found = unit.replay(id);
            return {};
        }));
        return found.value_or(routing::Replay{});
    }
    routing::Replay ended(const std::string& id) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (replay(id).state == "running" && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return replay(id);
    }
    template <class Look>
    void look(const Look& work) {
        ASSERT_TRUE(store_->read([&](store::Transaction& unit) -> Result<void> {
            work(unit);
            return {};
        }));
    }
    std::size_t waiting() {
        std::size_t count = 0;
        look([&](store::Transaction& unit) {
            count = unit.due_messages("shop", now_, 1'000).size();
        });
        return count;
    }

    std::filesystem::path folder_;
    std::atomic<std::int64_t> now_ = 1'795'000'000'000;
    std::atomic<int> ids_ = 0;
    std::atomic<int> looks_ = 0;  ///< of the replayer, at the clock
    OneShop host_;
    std::unique_ptr<servicing::Service> service_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Replayer> replayer_;
};

TEST_F(ReplayerTest, ADryRunShowsWhatWouldChangeAndKeepsNothing) {
    apply("1", "Ann");
    apply("2", "Ann");
    have("m1", "1", 10);
    have("m2", "2", 20);
    have("m3", "3", 30);
    have("m4", "garbage", 40);
    have("late", "1", 50);
    host_.shop.called = "Ann";
    const auto same = ended(start(true, 10, 30));
    EXPECT_EQ(same.state, "done");
    EXPECT_EQ(same.messages, 2U);
    EXPECT_EQ(same.differences, "[]");
    host_.shop.called = "Ben";
    const auto run = ended(start(true, 20, 50));
    EXPECT_EQ(run.messages, 3U);
    EXPECT_EQ(run.failed, 1U);
    const auto found = json::parse(run.differences).as_array();
    ASSERT_EQ(found.size(), 3U) << run.differences;
    EXPECT_EQ(found[0].at("number"), "T-2");
    EXPECT_EQ(found[0].at("is_new"), false);
    ASSERT_EQ(found[0].at("changes").as_array().size(), 1U) << run.differences;
    EXPECT_EQ(found[0].at("changes").at(0).at("before"), "Ann");
    EXPECT_EQ(found[0].at("changes").at(0).at("value"), "Ben");
    EXPECT_EQ(found[1].at("is_new"), true);
    EXPECT_EQ(found[2].at("error").at("code"), "not_understood");
    EXPECT_EQ(waiting(), 0U);
    look([](store::Transaction& unit) {
        EXPECT_FALSE(unit.order_by_source("shop", "3"));
        EXPECT_EQ(unit.order_by_source("shop", "2")->version, 1);
    });
}

TEST_F(ReplayerTest, AReplayMakesTheMessagesOfItsPeriodDueAgain) {
    have("m1", "1", 10);
    have("m2", "2", 20);
    have("m3", "3", 30);
    const auto run = ended(start(false, 10, 30));
    EXPECT_EQ(run.state, "done");
    EXPECT_EQ(run.messages, 2U);
    look([&](store::Transaction& unit) {
        const auto due = unit.due_messages("shop", now_, 10);
        ASSERT_EQ(due.size(), 2U);
        EXPECT_EQ(due[0].message_id, "m1");
        EXPECT_EQ(due[0].attempts, 0U);
    });
}

TEST_F(ReplayerTest, WaitsForLiveMessagesAndIsCancelled) {
    for (int i = 0; i < 50; ++i)
        have("m" + std::to_string(i), "1", 10);
    const auto id = start(false);
    // The first twenty are due now, and nobody works on them.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (replay(id).messages == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    const int looks = looks_;
    while (looks_ < looks + 3 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    EXPECT_GE(looks_, looks + 3) << "it looks again and again";
    EXPECT_EQ(replay(id).messages, 20U);
    EXPECT_EQ(replayer_->start(wanted("shop"), {"agent:kim"}).error().code, "running");
    EXPECT_TRUE(replayer_->cancel(id, {"agent:kim"}));
    EXPECT_TRUE(replayer_->cancel(id, {"agent:kim"}));
    EXPECT_EQ(replay(id).state, "cancelled");
    EXPECT_EQ(waiting(), 20U);
    store::AuditPage log;
    EXPECT_TRUE(store_->read([&](store::Transaction& unit) -> Result<void> {
        store::AuditQuery started;
        started.type = "replay.started";
        log = unit.audit(started);
        return {};
    }));
    EXPECT_EQ(log.events.at(0).address, "192.0.2.7");
    EXPECT_EQ(replayer_->cancel("rp_none", {"agent:kim"}).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(replayer_->start(wanted("desk"), {"agent:kim"}).error().kind, ErrorKind::NotFound);
}

TEST_F(ReplayerTest, GoesOnAfterARestart) {
    for (int i = 0; i < 30; ++i)
        have("m" + std::to_string(i), "1", 10);
    const auto id = start(false);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (replay(id).messages == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    close();
    open();
    EXPECT_EQ(replay(id).state, "running");
    ASSERT_TRUE(store_->write([&](store::Transaction& unit) -> Result<void> {
        for (auto message : unit.due_messages("shop", now_, 100)) {
            message.state = routing::InboxState::done;
            unit.update(message);
        }
        return {};
    }));
    replayer_->resume();
    EXPECT_EQ(ended(id).state, "done");
    EXPECT_EQ(replay(id).messages, 30U) << "each once";
}

}  // namespace
}  // namespace orderhub::runtime
