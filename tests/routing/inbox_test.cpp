#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

namespace {

/// Answers a message with one order record that is its body.
void echo(const InboxMessage& message, const Caller::Done& done) {
    CallResult result;
    result.records.push_back({"order", message.message_id, message.body});
    done(result);
}

}  // namespace

TEST_F(RouterTest, AMessageIsReceivedAndItsRecordsApplied) {
    shop_.on_receive = echo;
    start();
    EXPECT_TRUE(intake("m1", "first"));
    EXPECT_TRUE(soon([&] { return is_applied("order", "first"); }));
    EXPECT_TRUE(soon([&] { return router_->metrics("shop")->applied == 1; }));
}

TEST_F(RouterTest, ADuplicateIsAcceptedWithoutEffect) {
    shop_.on_receive = echo;
    start();
    EXPECT_TRUE(intake("m1", "first"));
    EXPECT_TRUE(intake("m1", "first"));
    EXPECT_TRUE(intake("m2", "second"));
    EXPECT_TRUE(
        soon([&] { return is_applied("order", "second") && is_applied("order", "first"); }));
    EXPECT_EQ(router_->metrics("shop")->accepted, 2U);
    EXPECT_EQ(router_->metrics("shop")->duplicates, 1U);
    EXPECT_EQ(notes().size(), 2U);
}

TEST_F(RouterTest, AMessageForNobodyIsNotAccepted) {
    start();
    std::promise<Result<void>> outcome;
    router_->intake("nobody", {"m1", "{}", "text/plain", ""},
                    [&](Result<void> result) { outcome.set_value(std::move(result)); });
    EXPECT_EQ(outcome.get_future().get().error().kind, ErrorKind::NotFound);
}

TEST_F(RouterTest, TheAttemptAtAMessageIsOnDiskBeforeTheConnectorSeesIt) {
    std::atomic<bool> counted = false;
    shop_.on_receive = [&](const InboxMessage& message, const Caller::Done& done) {
        const auto read = store_->read([&](store::Transaction& unit) -> Result<void> {
            const auto stored = unit.message(message.sequence);
            counted = stored && stored->state == InboxState::working && stored->attempts == 1;
            return {};
        });
        EXPECT_TRUE(read);
        done({});
    };
    start();
    EXPECT_TRUE(intake("m1", "x"));
    EXPECT_TRUE(soon([&] { return router_->metrics("shop")->applied == 1; }));
    EXPECT_TRUE(counted);
}

TEST_F(RouterTest, AMessageIsRetriedUntilItWorks) {
    std::atomic<int> tries = 0;
    shop_.on_receive = [&](const InboxMessage& message, const Caller::Done& done) {
        if (++tries < 3)
            done(failure(Outcome::retry, "busy"));
        else
            echo(message, done);
    };
    start();
    EXPECT_TRUE(intake("m1", "first"));
    EXPECT_TRUE(soon([&] { return is_applied("order", "first"); }));
    EXPECT_EQ(tries, 3);
}

TEST_F(RouterTest, WhatCannotBeUnderstoodIsParkedWithTheReason) {
    shop_.on_receive = [](const InboxMessage& message, const Caller::Done& done) {
        if (message.body == "garbage")
            done(failure(Outcome::rejected, "not_json"));
        else
            echo(message, done);
    };
    start();
    EXPECT_TRUE(intake("m1", "garbage"));
    EXPECT_TRUE(intake("m2", "bad"));
    EXPECT_TRUE(intake("m3", "good"));
    EXPECT_TRUE(soon([&] { return parked_messages().size() == 2 && is_applied("order", "good"); }));
    std::map<std::string, InboxMessage> parked;
    for (const auto& message : parked_messages())
        parked[message.message_id] = message;
    EXPECT_EQ(parked["m1"].error_code, "not_json");
    EXPECT_EQ(parked["m1"].body, "garbage");
    EXPECT_EQ(parked["m2"].error_code, "wrong_total");
    EXPECT_EQ(parked["m2"].error_message, "/total: no total");
    EXPECT_EQ(event_types(), (Keys{"message.parked", "message.parked"}));
}

TEST_F(RouterTest, AllRecordsOfAMessageAreAppliedOrNone) {
    shop_.on_receive = [](const InboxMessage&, const Caller::Done& done) {
        CallResult result;
        result.records.push_back({"order", "1", "fine"});
        result.records.push_back({"order", "2", "bad"});
        result.state.emplace_back("seen", "1");
        done(result);
    };
    start();
    EXPECT_TRUE(intake("m1", "x"));
    EXPECT_TRUE(soon([&] { return parked_messages().size() == 1; }));
    EXPECT_FALSE(is_applied("order", "fine"));
}

TEST_F(RouterTest, AConflictInApplyingIsTriedAgain) {
    shop_.on_receive = echo;
    start();
    EXPECT_TRUE(intake("m1", "busy"));
    EXPECT_TRUE(soon([&] { return is_applied("order", "busy"); }));
    EXPECT_TRUE(parked_messages().empty());
}

TEST_F(RouterTest, NoMoreMessagesAtOnceThanSet) {
    settings_.inbox_concurrency = 3;
    std::mutex mutex;
    std::vector<Caller::Done> held;
    shop_.on_receive = [&](const InboxMessage&, Caller::Done done) {
        const std::scoped_lock lock(mutex);
        held.push_back(std::move(done));
    };
    start();
    for (int i = 0; i < 10; ++i)
        EXPECT_TRUE(intake("m" + std::to_string(i), "x"));
    for (std::size_t ended = 0; ended < 10;) {
        EXPECT_TRUE(soon([&] {
            const std::scoped_lock lock(mutex);
            return held.size() == std::min<std::size_t>(3, 10 - ended);
        }));
        Caller::Done done;
        {
            const std::scoped_lock lock(mutex);
            ASSERT_LE(held.size(), 3U);
            ASSERT_FALSE(held.empty());
            done = std::move(held.front());
            held.erase(held.begin());
        }
        done({});
        ++ended;
    }
    EXPECT_TRUE(soon([&] { return router_->metrics("shop")->applied == 10; }));
}

}  // namespace orderhub::routing
