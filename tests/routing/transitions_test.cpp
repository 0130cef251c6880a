#include "hub/routing/transitions.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace orderhub::routing {

namespace {

using std::chrono::milliseconds;

Delivery in_flight() {
    Delivery delivery;
    delivery.id = "dl_1";
    delivery.next_at = 5;
    delivery.state = DeliveryState::in_flight;
    delivery.attempts = 1;
    delivery.tried_since = 1'000;
    return delivery;
}

CallResult result(Outcome outcome, const std::string& code = "busy") {
    CallResult called;
    called.outcome = outcome;
    called.code = code;
    called.message = "words of the other side";
    called.result = R"({"number":"7"})";
    return called;
}

const Aftermath kAfter{2'000, milliseconds(500), true};

}  // namespace

TEST(Transitions, WhatWasBegunButNotCalledIsPutBack) {
    Delivery delivery = in_flight();
    EXPECT_FALSE(may_begin(delivery, 9'999));
    EXPECT_EQ(put_back(delivery, 2'000).state, DeliveryState::waiting);
    EXPECT_TRUE(may_begin(put_back(delivery, 2'000), 2'000));
    delivery.attempts = 2;
    EXPECT_EQ(put_back(delivery, 2'000).state, DeliveryState::unknown)
        << "an earlier attempt may have had an effect";
}

TEST(Transitions, EachOutcomeHasItsState) {
    const auto done = settled(in_flight(), result(Outcome::done), kAfter, {});
    EXPECT_EQ(done.state, DeliveryState::done);
    EXPECT_EQ(done.result, R"({"number":"7"})");
    EXPECT_EQ(done.error_code, "");
    const auto retry = settled(in_flight(), result(Outcome::retry), kAfter, {});
    EXPECT_EQ(retry.state, DeliveryState::waiting);
    EXPECT_EQ(retry.next_at, 2'500);
    EXPECT_EQ(retry.failures, 1U);
    EXPECT_EQ(retry.error_message, "words of the other side");
    const auto rejected = settled(in_flight(), result(Outcome::rejected), kAfter, {});
    EXPECT_EQ(rejected.state, DeliveryState::parked);
    const auto unknown = settled(in_flight(), result(Outcome::unknown), kAfter, {});
    EXPECT_EQ(unknown.state, DeliveryState::unknown);
    EXPECT_EQ(unknown.next_at, 2'500);
}

TEST(Transitions, TooManyFailuresOrTooLongPark) {
    Delivery tired = in_flight();
    tired.failures = 19;
    EXPECT_EQ(settled(tired, result(Outcome::retry), kAfter, {}).state, DeliveryState::parked);
    tired.failures = 18;
    EXPECT_EQ(settled(tired, result(Outcome::unknown), kAfter, {}).state, DeliveryState::unknown);
    const Aftermath next_day{1'000 + 24 * 3'600'000, milliseconds(1), true};
    EXPECT_EQ(settled(in_flight(), result(Outcome::retry), next_day, {}).state,
              DeliveryState::parked);
}

TEST(Transitions, AFailureOfTheConnectorKeepsTheDeliverysPlace) {
    Delivery tired = in_flight();
    tired.failures = 19;
    const auto after = settled(tired, result(Outcome::retry, "unreachable"),
                               {2'000, milliseconds(500), false}, {});
    EXPECT_EQ(after.state, DeliveryState::waiting);
    EXPECT_EQ(after.next_at, 5);
    EXPECT_EQ(after.failures, 19U);
}

TEST(Transitions, OnlyTheWholeSystemsFailuresAreConnectorWide) {
    for (const char* code : {"unreachable", "no_answer", "throttled", "unauthorized"}) {
        EXPECT_TRUE(is_connector_wide(result(Outcome::retry, code)));
        EXPECT_FALSE(is_connector_wide(result(Outcome::rejected, code)));
    }
    EXPECT_FALSE(is_connector_wide(result(Outcome::retry, "busy")));
}

TEST(Transitions, HistoryKeepsTheFirstAndTheLastFiftyAttempts) {
    Delivery delivery = in_flight();
    for (int i = 0; i < 80; ++i)
        delivery = settled(delivery, result(Outcome::retry, "c" + std::to_string(i)), kAfter, {});
    const auto history = boost::json::parse(delivery.history).as_array();
    ASSERT_EQ(history.size(), 50U);
    EXPECT_EQ(history.front().at("code"), "c0");
    EXPECT_EQ(history.back().at("code"), "c79");
    EXPECT_EQ(history.back().at("at"), "1970-01-01T00:00:02.000Z");
    EXPECT_EQ(history.back().at("outcome"), "retry");
}

TEST(Transitions, LongWordsAreCutBetweenCharacters) {
    CallResult called = result(Outcome::retry);
    called.message.clear();
    for (int i = 0; i < 3'000; ++i)
        called.message += "\xc3\xa4";
    const auto after = settled(in_flight(), called, kAfter, {});
    EXPECT_LT(after.error_message.size(), 2'010U);
    EXPECT_EQ(after.error_message.size() % 2, 1U) << "whole characters and three dots";
}

TEST(Transitions, AskingAgainForgetsFailuresAndLooksFirstIfItMayHaveHappened) {
    const auto parked = settled(in_flight(), result(Outcome::rejected), kAfter, {});
    const auto again = asked_again(parked, 7'000);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->state, DeliveryState::waiting);
    EXPECT_EQ(again->next_at, 7'000);
    EXPECT_EQ(again->failures, 0U);
    EXPECT_EQ(again->tried_since, 0);
    EXPECT_EQ(again->attempts, 1U) << "the connector must know that it was tried before";
    Delivery tired = in_flight();
    tired.failures = 19;
    const auto unknown = settled(tired, result(Outcome::unknown), kAfter, {});
    ASSERT_EQ(unknown.state, DeliveryState::parked);
    EXPECT_EQ(asked_again(unknown, 7'000)->state, DeliveryState::unknown);
}

TEST(Transitions, OperatorsCannotTouchWhatIsTriedOrOver) {
    Delivery over = in_flight();
    for (const auto state :
         {DeliveryState::in_flight, DeliveryState::done, DeliveryState::dropped}) {
        over.state = state;
        EXPECT_EQ(asked_again(over, 1).error().kind, ErrorKind::Conflict);
        EXPECT_EQ(set_aside(over).error().kind, ErrorKind::Conflict);
        EXPECT_EQ(given_up(over, "no").error().kind, ErrorKind::Conflict);
    }
    over.state = DeliveryState::parked;
    EXPECT_EQ(given_up(over, "not needed")->error_message, "not needed");
}

TEST(Transitions, AMessageIsParkedWhenRejectedOrTriedTooOften) {
    InboxMessage message;
    message.attempts = 3;
    const auto waiting = settled(message, result(Outcome::retry), kAfter, {});
    EXPECT_EQ(waiting.state, InboxState::waiting);
    EXPECT_EQ(waiting.next_at, 2'500);
    EXPECT_EQ(settled(message, result(Outcome::rejected), kAfter, {}).state, InboxState::parked);
    message.attempts = 20;
    EXPECT_EQ(settled(message, result(Outcome::retry), kAfter, {}).state, InboxState::parked);
}

TEST(Transitions, WhatTakesItsConnectorDownThreeTimesIsParked) {
    auto crashed = result(Outcome::retry, "connector_died");
    InboxMessage message;
    message = settled(message, crashed, kAfter, {});
    EXPECT_EQ(message.state, InboxState::waiting);
    EXPECT_EQ(message.next_at, 2'500);
    message = settled(message, crashed, kAfter, {});
    EXPECT_EQ(message.state, InboxState::waiting);
    message = settled(message, crashed, kAfter, {});
    EXPECT_EQ(message.state, InboxState::parked);
    EXPECT_EQ(message.error_code, "crash_loop");

    Delivery delivery = in_flight();
    crashed.outcome = Outcome::unknown;
    for (int i = 0; i < 2; ++i) {
        delivery = settled(delivery, crashed, kAfter, {});
        EXPECT_EQ(delivery.state, DeliveryState::unknown);
    }
    delivery = settled(delivery, crashed, kAfter, {});
    EXPECT_EQ(delivery.state, DeliveryState::parked);
    EXPECT_EQ(delivery.error_code, "crash_loop");
    EXPECT_EQ(asked_again(delivery, 7'000)->crashes, 0U) << "an operator begins the count again";
}

}  // namespace orderhub::routing
