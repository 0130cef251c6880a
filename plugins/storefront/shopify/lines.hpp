// Items, delivery and fees of an order as lines that add up to what it costs. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "amounts.hpp"

namespace orderhub::shopify {

/// Units of a line that are gone by one refund.
struct GoneUnits {
    std::string line;  ///< number
    std::int64_t units;
    Sum value;
    bool cancelled;  ///< they had not been sent; otherwise they came back
};

/// Units by line that left in a fulfilment that was not cancelled.
std::map<std::string, std::int64_t> units_sent(const Json& order);

/// What the refunds of an order took off its lines. A unit without a word of where it went
/// (NO_RESTOCK) was cancelled if nothing of its line was sent.
std::vector<GoneUnits> gone_units(const Json& order, const Terms& terms);

struct Lines {
    std::vector<sdk::OrderLine> lines;
    Sum live;       ///< what they cost
    Sum cancelled;  ///< what their cancelled units cost
    std::int64_t delivery_tax = 0;
};

/// Units that came back count as sold, cancelled ones do not. `is_cancelled`: no unit is left, and
/// no delivery unless the hub cancelled the order: it takes the charge off by itself. Throws
/// std::exception for amounts that are none.
Lines to_lines(const Json& order, const Terms& terms, bool is_cancelled);

/// Duties and additional fees as lines, as far as they are what `rest` lacks: the shop counts
/// duties among the fees here and apart there.
std::vector<sdk::OrderLine> fee_lines(const Json& order, const Terms& terms, std::int64_t rest);

}  // namespace orderhub::shopify
