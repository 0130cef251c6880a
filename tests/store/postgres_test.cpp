// What only the PostgreSQL store promises.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <future>
#include <thread>

#include "hub/secrets/keyring.hpp"
#include "hub/store/postgres/migrate.hpp"
#include "hub/store/store.hpp"
#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/postgres_server.hpp"

namespace orderhub::test {

using store::Transaction;

namespace {

constexpr std::chrono::seconds kPatience{120};

bool comes_true(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

class Postgres : public testing::Test {
protected:
    void SetUp() override { store_ = store::open_postgres({.url = url_}); }
    void TearDown() override { store_->stop(); }

    static store::Store::Work putting(const std::string& key) {
        return [key](Transaction& unit) -> Result<void> {
            unit.set_connector_state("shop", key, "x");
            return {};
        };
    }
    Result<void> put(const std::string& key) { return store_->write(putting(key)); }
    Result<void> look(const std::string& key, bool& is_there) {
        return store_->read([&](Transaction& unit) -> Result<void> {
            is_there = !unit.connector_state("shop", key).empty();
            return {};
        });
    }
    bool has(const std::string& key) {
        bool is_there = false;
        EXPECT_TRUE(look(key, is_there));
        return is_there;
    }
    /// Cuts off the connections of the store that wait for this, or all if it is empty.
    void cut_off(const std::string& waiting_for) {
        PostgresOperator(url_).run(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = 'orderhub' AND datname = current_database()" +
            (waiting_for.empty() ? "" : " AND wait_event = '" + waiting_for + "'"));
    }

    PostgresServer& server_ = PostgresServer::shared();
    const std::string url_ = server_.make_database();
    std::unique_ptr<store::Store> store_;
};

std::string refusal(const std::string& url) {
    try {
        store::open_postgres({.url = url});
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

}  // namespace

TEST_F(Postgres, SecretsAreSealedWhereTheyLie) {
    ASSERT_TRUE(put("cursor"));
    store_->stop();
    const auto key = secrets::parse_key(secrets::new_key()).value();
    const auto keyring = std::make_shared<const secrets::Keyring>(std::vector<secrets::Key>{key});
    store_ = store::open_postgres({.url = url_, .keyring = keyring});
    ASSERT_TRUE(store_->write([](Transaction& unit) -> Result<void> {
        routing::Subscription row;
        row.id = "sub_1";
        row.secret = "whsec_first";
        unit.save_subscription(row);
        EXPECT_EQ(unit.secrets_state().left, 1U) << "the state from before";
        const auto sealed = unit.seal_secrets(10);
        EXPECT_EQ(sealed.done, 1U);
        EXPECT_EQ(sealed.left, 0U);
        EXPECT_TRUE(unit.missing_secret_keys().empty());
        EXPECT_EQ(unit.connector_state("shop", "cursor"), "x");
        EXPECT_EQ(unit.subscription("sub_1")->secret, "whsec_first");
        return {};
    }));
    PostgresOperator other(url_);
    EXPECT_EQ(other.run("SELECT value FROM connector_state").substr(0, 26), keyring->mark());
    EXPECT_EQ(other.run("SELECT secret FROM subscriptions").substr(0, 26), keyring->mark());
}

TEST_F(Postgres, ABodyKeepsItsBytesAndNoTextIsRefusedForItsBytes) {
    auto message = conformance::inbox_message("m1");
    message.body = std::string("\xff\0\xc3(", 4);
    message.content_type = std::string("t\0\xff\xc3\xbc", 5);
    ASSERT_TRUE(store_->write([&](Transaction& unit) -> Result<void> {
        unit.accept(message);
        return {};
    }));
    ASSERT_TRUE(store_->read([&](Transaction& unit) -> Result<void> {
        const auto read = unit.due_messages("shop", 5, 1).at(0);
        EXPECT_EQ(read.body, message.body);
        EXPECT_EQ(read.content_type, "t\xef\xbf\xbd\xef\xbf\xbd\xc3\xbc");
        return {};
    }));
}

TEST_F(Postgres, GoesOnByItselfWhenTheDatabaseIsBack) {
    ASSERT_TRUE(put("before"));
    ASSERT_TRUE(has("before"));
    server_.stop(SIGQUIT);
    const auto failed = put("during");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::Unavailable);
    EXPECT_FALSE(store_->health().writable);
    EXPECT_NE(store_->health().reason, "");
    bool is_there = false;
    const auto unread = look("before", is_there);
    ASSERT_FALSE(unread);
    EXPECT_EQ(unread.error().kind, ErrorKind::Unavailable);
    server_.start();
    EXPECT_TRUE(comes_true([&] { return store_->health().writable; }))
        << "nobody needs to write for that";
    EXPECT_TRUE(has("before"));
    EXPECT_FALSE(has("during"));
    EXPECT_TRUE(put("after"));
    EXPECT_TRUE(has("after"));
}

TEST_F(Postgres, AnIdleHubSeesThatTheDatabaseIsGone) {
    ASSERT_TRUE(put("before"));
    server_.stop(SIGINT);
    EXPECT_TRUE(comes_true([&] { return !store_->health().writable; }));
    server_.start();
    EXPECT_TRUE(comes_true([&] { return store_->health().writable; }));
}

TEST_F(Postgres, ConnectionsThatWereCutOffAreMadeAgainUnnoticed) {
    ASSERT_TRUE(put("before"));
    ASSERT_TRUE(has("before"));
    cut_off("");
    EXPECT_TRUE(put("after"));
    EXPECT_TRUE(has("after"));
}

TEST_F(Postgres, ACommitWhoseAnswerIsLostIsKnownToBeDone) {
    ASSERT_TRUE(put("before"));
    PostgresOperator person(url_);
    const auto set_standby = [&](const std::string& name) {
        person.run("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        person.run("SELECT pg_reload_conf()");
        return comes_true([&] { return person.run("SHOW synchronous_standby_names") == name; });
    };
    // A commit then waits for a standby that is not there: it is on disk and not answered.
    ASSERT_TRUE(set_standby("nobody"));
    auto written = std::async(std::launch::async, [&] { return put("doubtful"); });
    EXPECT_TRUE(comes_true([&] {
        return person.run(
                   "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND"
                   " datname = current_database()") == "1";
    }));
    cut_off("SyncRep");
    EXPECT_TRUE(written.get());
    EXPECT_TRUE(has("doubtful"));
    EXPECT_TRUE(set_standby(""));
}

TEST_F(Postgres, ACommitThatWasNotDoneIsNotAcknowledged) {
    PostgresOperator person(url_);
    person.run(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
    person.run(
        "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON connector_state"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()");
    const auto written = put("doubtful");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Unavailable);
    EXPECT_FALSE(has("doubtful"));
    person.run("DROP TRIGGER at_commit ON connector_state");
    EXPECT_TRUE(put("after"));
}

TEST_F(Postgres, AFailedStatementThatAUnitIgnoresUndoesIt) {
    const auto result = store_->write([](Transaction& unit) -> Result<void> {
        unit.set_connector_state("shop", "lost", "x");
        unit.save_answer({.key = "k"});
        try {
            unit.save_answer({.key = "k"});
        } catch (const std::exception&) {
        }
        return {};
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Bug);
    EXPECT_FALSE(has("lost"));
}

TEST_F(Postgres, AHubThatWasTakenForDeadEntersAnew) {
    store_->stop();
    std::string told;
    store_ = store::open_postgres({.url = url_,
                                   .lease = std::chrono::minutes(1),
                                   .report = [&](std::string_view words) { told = words; }});
    ASSERT_TRUE(put("before"));
    PostgresOperator(url_).run("DELETE FROM hubs");
    const auto late = put("late");
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Unavailable);
    EXPECT_FALSE(has("late"));
    EXPECT_EQ(store_->stats().fenced, 1U);
    EXPECT_NE(told.find("another hub has taken over"), std::string::npos);
    EXPECT_TRUE(put("after"));
    EXPECT_TRUE(store_->health().writable);
    store_->stop();
}

TEST_F(Postgres, RefusesADatabaseThatAcknowledgesTooEarly) {
    store_->stop();
    PostgresOperator person(url_);
    person.run(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
        " current_database()); END $$");
    EXPECT_NE(refusal(url_).find("not on disk"), std::string::npos);
}

TEST(PostgresMigrate, HubsThatStartTogetherRunEachStepOnce) {
    const auto url = PostgresServer::shared().make_database();
    std::vector<std::future<void>> hubs;
    for (int hub = 0; hub < 4; ++hub)
        hubs.push_back(std::async(std::launch::async, [&] {
            store::PostgresConnection db(url);
            store::migrate(db, store::embedded_postgres_migrations());
        }));
    for (auto& hub : hubs)
        EXPECT_NO_THROW(hub.get());
    EXPECT_EQ(PostgresOperator(url).run("SELECT count(*) FROM schema_migrations"),
              std::to_string(store::embedded_postgres_migrations().size()));
}

TEST(PostgresMigrate, AFailingStepLeavesNothing) {
    const auto url = PostgresServer::shared().make_database();
    store::PostgresConnection db(url);
    const std::vector<store::Migration> broken{
        {1, "0001_one", "sum", "CREATE TABLE one (x int); INSERT INTO nowhere VALUES (1);"}};
    try {
        store::migrate(db, broken);
        FAIL() << "it ran";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("0001_one failed"), std::string::npos);
    }
    EXPECT_EQ(PostgresOperator(url).run("SELECT count(*) FROM pg_class WHERE relname = 'one'"),
              "0");
}

TEST(PostgresParameters, AreNumberedAsInSqlite) {
    EXPECT_EQ(store::with_numbered_parameters("a = ? AND b = ?"), "a = $1 AND b = $2");
    EXPECT_EQ(store::with_numbered_parameters("?3, ?1, ?, ?"), "$3, $1, $4, $5");
    EXPECT_EQ(store::with_numbered_parameters("'is it?' || ?12"), "'is it?' || $12");
}

TEST(PostgresParameters, TextIsMadeStorable) {
    const std::string mark = "\xef\xbf\xbd";
    EXPECT_EQ(store::storable_text("Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80"),
              "Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80");
    EXPECT_EQ(store::storable_text("\xc0\xaf"), mark + mark);             // too long a form
    EXPECT_EQ(store::storable_text("\xed\xa0\x80"), mark + mark + mark);  // a surrogate
    EXPECT_EQ(store::storable_text("a\xe2\x82"), "a" + mark + mark);      // cut short
    EXPECT_EQ(store::storable_text(std::string("a\0b", 3)), "a" + mark + "b");
}

}  // namespace orderhub::test
