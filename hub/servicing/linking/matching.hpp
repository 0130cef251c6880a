// Internal to servicing: orders and cases as the matcher takes them, and what they are found by.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"
#include "hub/linking/match.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

/// By a person or a flow: the hub leaves it so.
bool was_decided(const domain::Case& support_case);

linking::Order matchable(const domain::Order& order);
linking::Ticket matchable(const domain::Case& support_case);

/// OrderRow::match_keys of an order.
std::vector<std::int64_t> match_keys(const domain::Order& order, const linking::Settings& settings);
/// CaseRow::match_keys: none of a case that waits for no order.
std::vector<std::int64_t> match_keys(const domain::Case& support_case,
                                     const linking::Settings& settings);

/// What the orders of the store say of a case. Orders are looked up by keys alone.
linking::Verdict match(const Work& work, const domain::Case& support_case);

/// Sends what the desk shows of an order to all open cases that are linked to it, if it has
/// changed. While an earlier one is on its way to a case, the change waits and goes with the next.
void refresh_links(const Work& work, const domain::Order& order);
/// Tells desks what had to wait, at most `limit` cases; gives how many it looked at.
std::size_t refresh_due(const Work& work, std::uint32_t limit);
/// A case.link was carried out, parked or dropped.
void link_was_shown(const Work& work, const DeliveryProgress& progress);

}  // namespace orderhub::servicing
