// What operators change about parked work, with a router at work beside them.
#include "hub/routing/parked_desk.hpp"

#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

class ParkedDeskTest : public RouterTest {
protected:
    void start_desk() {
        start();
        desk_ = std::make_unique<ParkedDesk>(*units_, [] { return Instant{1}; });
    }
    template <class Action>
    static Result<void> wait_for(const Action& action) {
        std::promise<Result<void>> outcome;
        action([&](Result<void> result) { outcome.set_value(std::move(result)); });
        return outcome.get_future().get();
    }
    Result<void> edit(const std::string& key, const std::string& payload) {
        return wait_for([&](auto done) {
            desk_->edit_delivery(delivery(key).id, payload, {"agent:kim"}, done);
        });
    }

    std::unique_ptr<ParkedDesk> desk_;
};

TEST_F(ParkedDeskTest, AnEditedDeliveryIsSentAsItWasChanged) {
    std::mutex mutex;
    Keys payloads;
    erp_.on_execute = [&](const Delivery& delivery, const Caller::Done& done) {
        const std::scoped_lock lock(mutex);
        payloads.push_back(delivery.payload);
        done(delivery.payload == "{}" ? failure(Outcome::rejected, "no_amount") : CallResult{});
    };
    start_desk();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    EXPECT_TRUE(edit("a1", R"({"amount":"1.00"})"));
    EXPECT_TRUE(is("a1", DeliveryState::parked)) << "an edit alone sends nothing";
    EXPECT_TRUE(
        wait_for([&](auto done) { router_->retry(delivery("a1").id, {"agent:kim"}, done); }));
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::done); }));
    EXPECT_EQ(edit("a1", R"({"amount":"2.00"})").error().code, "wrong_state");
    EXPECT_EQ(event_types(), (Keys{"delivery.edited", "delivery.retried"}));
    const std::scoped_lock lock(mutex);
    EXPECT_EQ(payloads, (Keys{"{}", R"({"amount":"1.00"})"}));
}

TEST_F(ParkedDeskTest, ADecisionThatWasMadeAlreadyIsNotMadeAgain) {
    erp_.on_execute = [](const Delivery&, const Caller::Done& done) {
        done(failure(Outcome::rejected, "no"));
    };
    start_desk();
    send({"a1"});
    EXPECT_TRUE(soon([&] { return is("a1", DeliveryState::parked); }));
    const auto id = delivery("a1").id;
    for (int times = 0; times < 2; ++times) {
        EXPECT_TRUE(wait_for([&](auto done) { router_->park(id, {"agent:kim"}, done); }));
    }
    for (int times = 0; times < 2; ++times) {
        EXPECT_TRUE(wait_for([&](auto done) { router_->drop(id, "no", {"agent:kim"}, done); }));
    }
    EXPECT_EQ(event_types(), Keys{"delivery.dropped"});
}

TEST_F(ParkedDeskTest, AnEditedMessageIsUnderstoodAsItWasChanged) {
    shop_.on_receive = [](const InboxMessage& message, const Caller::Done& done) {
        CallResult result;
        result.records.push_back({"order", "1", message.body});
        done(message.body == "garbage" ? failure(Outcome::rejected, "not_json") : result);
    };
    start_desk();
    EXPECT_TRUE(intake("m1", "garbage"));
    EXPECT_TRUE(intake("m2", "garbage"));
    EXPECT_TRUE(soon([&] { return parked_messages().size() == 2; }));
    const auto first = parked_messages().at(0).sequence;
    EXPECT_TRUE(
        wait_for([&](auto done) { desk_->edit_message(first, "mended", {"agent:kim"}, done); }));
    const auto retried = std::make_shared<ParkedDesk::Retried>();
    EXPECT_TRUE(wait_for([&](auto done) {
        desk_->retry_messages({.error_code = "not_json", .limit = 10}, false, {"agent:kim"},
                              retried, done);
    }));
    EXPECT_EQ(retried->count, 2U);
    EXPECT_EQ(retried->next_message, 0);
    EXPECT_TRUE(soon([&] { return is_applied("order", "mended"); }));
    EXPECT_TRUE(soon([&] { return parked_messages().size() == 1; }))
        << "the other one is as it was";
}

}  // namespace orderhub::routing
