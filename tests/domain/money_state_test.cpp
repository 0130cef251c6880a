#include "hub/domain/money_state.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace orderhub::domain {
namespace {

constexpr MoneyState kAll[] = {MoneyState::intent,  MoneyState::reserved, MoneyState::sent,
                               MoneyState::unknown, MoneyState::pending,  MoneyState::succeeded,
                               MoneyState::failed};

std::set<MoneyState> next_of(MoneyState from) {
    std::set<MoneyState> next;
    for (const MoneyState to : kAll)
        if (may_become(from, to)) next.insert(to);
    return next;
}

TEST(MoneyState, MovesAsTheTableSaysAndNoOtherWay) {
    using enum MoneyState;
    EXPECT_EQ(next_of(intent), (std::set{reserved}));
    EXPECT_EQ(next_of(reserved), (std::set{sent, pending, succeeded, failed}));
    EXPECT_EQ(next_of(sent), (std::set{reserved, unknown, pending, succeeded, failed}));
    EXPECT_EQ(next_of(unknown), (std::set{sent, pending, succeeded, failed}));
    EXPECT_EQ(next_of(pending), (std::set{succeeded, failed}));
    EXPECT_EQ(next_of(succeeded), (std::set<MoneyState>{}));
    EXPECT_EQ(next_of(failed), (std::set<MoneyState>{}));
}

// A card refund that was accepted may be sent back by the card's bank.
TEST(MoneyState, OnlyWhatHadArrivedBounces) {
    for (const MoneyState from : kAll)
        for (const MoneyState to : kAll)
            EXPECT_EQ(may_bounce(from, to),
                      from == MoneyState::succeeded && to == MoneyState::failed);
}

// Published as Medusa 16681: after a gateway's timeout the refund was forgotten and made again
// under a new key.
TEST(MoneyState, WhatIsUnknownIsNeverPlannedAnew) {
    EXPECT_FALSE(may_become(MoneyState::unknown, MoneyState::intent));
    EXPECT_FALSE(may_become(MoneyState::unknown, MoneyState::reserved));
    EXPECT_TRUE(holds(MoneyState::unknown));
    EXPECT_TRUE(is_open(MoneyState::unknown));
}

// Published as WooCommerce Stripe 838: the provider's webhook races the answer to the call.
TEST(MoneyState, AWebhookMayOvertakeTheAnswer) {
    EXPECT_TRUE(may_become(MoneyState::reserved, MoneyState::succeeded));
    EXPECT_FALSE(may_become(MoneyState::succeeded, MoneyState::pending));
}

TEST(MoneyState, OnlyWhatFailedLetsGoOfItsAmount) {
    for (const MoneyState state : kAll)
        EXPECT_EQ(holds(state), state != MoneyState::failed);
    for (const MoneyState state : kAll)
        EXPECT_EQ(is_open(state), state != MoneyState::failed && state != MoneyState::succeeded);
}

}  // namespace
}  // namespace orderhub::domain
