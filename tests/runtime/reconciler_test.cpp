// A run asks each connector to the end, applies nothing, and names whom it could not ask.
#include "hub/runtime/reconciler.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <deque>
#include <filesystem>

namespace orderhub::runtime {
namespace {

namespace json = boost::json;
using connectors::CallResult;
using connectors::Outcome;

/// Answers each poll with what a test has written down; after that with an empty page.
class Scripted : public connectors::Instance {
public:
    Scripted(std::string name, std::vector<std::string> records, std::vector<std::string> commands)
        : name_(std::move(name)) {
        manifest_.records = std::move(records);
        manifest_.commands = std::move(commands);
        manifest_.poll_interval = std::chrono::seconds(60);
    }

    const std::string& name() const override { return name_; }
    const connectors::Manifest& manifest() const override { return manifest_; }
    void check(Done done) override { done({}); }
    void receive(connectors::InboundMessage, Done done) override { done({}); }
    void execute(connectors::CommandCall, Done done) override { done({}); }
    Result<std::string> verify(const std::vector<connectors::Header>&, const std::string&,
                               std::int64_t) const override {
        return std::string();
    }
    void poll(std::string cursor, Done done) override {
        cursors.push_back(cursor);
        CallResult answer;
        answer.cursor = cursor;
        if (!answers.empty()) {
            answer = answers.front();
            answers.pop_front();
        }
        done(std::move(answer));
    }

    connectors::Manifest manifest_;
    std::deque<CallResult> answers;
    std::vector<std::string> cursors;

private:
    std::string name_;
};

class Scene : public connectors::Host {
public:
    Result<connectors::Manifest> inspect(const std::string&) override { return {}; }
    Result<void> add(connectors::InstanceSettings) override { return {}; }
    connectors::Instance* find(const std::string& name) override {
        for (Scripted* each : all)
            if (each->name() == name) return each;
        return nullptr;
    }
    std::vector<connectors::Instance*> instances() override { return {all.begin(), all.end()}; }
    void stop() override {}

    Scripted shop{"shop", {"order"}, {"refund.create"}};
    Scripted books{"books", {"posting"}, {"credit_memo.post"}};
    Scripted desk{"desk", {"case"}, {"case.note"}};
    std::vector<Scripted*> all{&shop, &books, &desk};
};

json::object posting(const std::string& id) {
    return {{"source", {{"external_id", id}, {"observed_at", "2026-11-22T10:00:00Z"}}},
            {"kind", "credit_memo"},
            {"reference", "CM-00000" + id},
            {"posted_number", "CRN-" + id},
            {"state", "posted"},
            {"date", "2026-11-20"},
            {"currency", "EUR"},
            {"totals", {{"ex", "10.00"}, {"tax", "2.00"}, {"inc", "12.00"}}}};
}

CallResult page(const std::vector<std::string>& ids, std::string cursor) {
    CallResult result;
    for (const std::string& id : ids)
        result.records.push_back({"posting", id, json::serialize(posting(id))});
    result.cursor = std::move(cursor);
    result.state = {{"seen", "all"}};
    return result;
}

class ReconcilerTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("orderhub-reconciler-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        store_ = store::open_sqlite({(folder_ / "hub.db").string(), 1});
        reconciler_ = std::make_unique<Reconciler>(
            *store_, scene_, std::vector<std::string>{"CM-", "IN-"},
            [this](std::string_view prefix) {
                return std::string(prefix) + "_" + std::to_string(++ids_);
            });
    }
    void TearDown() override {
        reconciler_.reset();
        store_->stop();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    /// Of 20 November 2026, to its end.
    json::object run(const std::string& connector = {}) {
        const auto begun = reconciler_->start(kPeriod, connector);
        EXPECT_TRUE(begun) << begun.error().message;
        if (!begun) return {};
        reconciler_->wait();
        return *reconciler_->find(std::string(begun->at("id").as_string()));
    }
    static std::string error(const json::object& run) {
        return std::string(run.at("error").at("message").as_string());
    }

    static constexpr domain::Period kPeriod{1'795'132'800'000, 1'795'219'200'000};
    Scene scene_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Reconciler> reconciler_;

private:
    std::filesystem::path folder_;
    int ids_ = 0;
};

TEST_F(ReconcilerTest, ReadsPageByPageUntilNothingIsNew) {
    scene_.books.answers = {page({"1", "2"}, "a"), page({"3"}, "b"), page({"3"}, "c")};
    const auto done = run();
    EXPECT_EQ(done.at("state"), "done");
    EXPECT_EQ(scene_.books.cursors,
              (std::vector<std::string>{R"({"from":"2026-11-19T00:00:00Z"})", "a", "b"}));
    EXPECT_EQ(
        done.at("asked"),
        json::parse(R"([{"connector":"shop","records":0},{"connector":"books","records":4}])"));
    EXPECT_EQ(done.at("counts").at("missing"), 3) << json::serialize(done);
    EXPECT_EQ(done.at("items").at(0).at("code"), "unknown_in_hub");
    EXPECT_TRUE(scene_.desk.cursors.empty());
}

TEST_F(ReconcilerTest, RemembersNothingForTheConnector) {
    scene_.books.answers = {page({"1"}, "a")};
    run();
    const auto read = store_->read([](store::Transaction& transaction) -> Result<void> {
        EXPECT_EQ(transaction.connector_state("books", "seen"), "");
        EXPECT_EQ(transaction.backlog("books").messages, 0U);
        return {};
    });
    EXPECT_TRUE(read);
}

TEST_F(ReconcilerTest, ABusyConnectorIsAskedAgain) {
    CallResult busy;
    busy.outcome = Outcome::retry;
    busy.retry_after = std::chrono::milliseconds(1);
    scene_.books.answers = {busy, busy, page({"1"}, "a")};
    const auto done = run("books");
    EXPECT_EQ(done.at("state"), "done");
    EXPECT_EQ(scene_.books.cursors.size(), 4U);
    EXPECT_TRUE(scene_.shop.cursors.empty());
}

TEST_F(ReconcilerTest, AConnectorThatFailsFailsTheRunByName) {
    CallResult refused;
    refused.outcome = Outcome::rejected;
    refused.code = "forbidden";
    refused.message = "no right";
    scene_.shop.answers = {refused};
    const auto failed = run();
    EXPECT_EQ(failed.at("state"), "failed");
    EXPECT_EQ(error(failed), "shop could not be read: forbidden: no right");
    EXPECT_TRUE(failed.at("counts").is_null());
}

TEST_F(ReconcilerTest, WhoCannotBeAskedIsNamedAndNotLeftOut) {
    scene_.books.manifest_.records.clear();
    const auto silent = reconciler_->start(kPeriod, "");
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, "cannot_be_asked");
    EXPECT_NE(silent.error().message.find("books"), std::string::npos);
    scene_.shop.manifest_.poll_interval.reset();
    EXPECT_NE(reconciler_->start(kPeriod, "shop").error().message.find("shop"), std::string::npos);
    EXPECT_EQ(reconciler_->start(kPeriod, "desk").error().code, "cannot_be_asked");
    EXPECT_EQ(reconciler_->start(kPeriod, "nobody").error().code, "no_such_connector");
}

TEST_F(ReconcilerTest, ARunThatIsNotKeptIsNotFound) {
    EXPECT_EQ(reconciler_->find("rc_9").error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace orderhub::runtime
