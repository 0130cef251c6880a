// What the mapping tests of storefronts share. Needs GoogleTest; nothing of it is in a connector.
#pragma once

#include <gtest/gtest.h>

#include <orderhub/price.hpp>
#include <orderhub/records/order.hpp>
#include <string>

#include "testing/documents.hpp"

namespace orderhub::testing {

/// With tax; exclusive and tax must add up to it.
inline sdk::Amount inc_that_adds_up(const sdk::Money& money, const std::string& currency) {
    const sdk::Amount inc = sdk::inc_of(money, currency);
    EXPECT_EQ(inc, sdk::tax_of(money, currency) + sdk::Amount(money.ex, currency));
    return inc;
}

/// Lines are their list price with its adjustments, their taxes by rate are their tax, and the
/// order's totals are its lines, each to the last unit.
inline void expect_to_add_up(const sdk::Order& order) {
    const std::string& currency = order.currency;
    const sdk::Amount nothing("0", currency);
    sdk::Amount all = nothing;
    sdk::Amount tax = nothing;
    for (const sdk::OrderLine& line : order.lines) {
        sdk::Amount total = inc_that_adds_up(line.list, currency);
        for (const auto& each : line.adjustments)
            total += inc_that_adds_up(each.amount, currency);
        EXPECT_EQ(total, inc_that_adds_up(line.total, currency)) << line.external_id;
        sdk::Amount by_rate = nothing;
        for (const sdk::OrderLineTax& each : line.taxes)
            by_rate += sdk::Amount(each.amount, currency);
        if (!line.taxes.empty())
            EXPECT_EQ(by_rate, sdk::tax_of(line.total, currency)) << line.external_id;
        all += total;
        tax += sdk::tax_of(line.total, currency);
    }
    EXPECT_EQ(all, inc_that_adds_up(order.totals, currency));
    EXPECT_EQ(tax, sdk::tax_of(order.totals, currency));
}

}  // namespace orderhub::testing
