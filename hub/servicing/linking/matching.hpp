// Internal to servicing: orders and cases as the matcher takes them, and what they are found by.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"
#include "hub/linking/match.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

linking::Order matchable(const domain::Order& order);
linking::Ticket matchable(const domain::Case& support_case);

/// What the orders of the store say of a case. Orders are looked up by keys alone.
linking::Verdict match(const Work& work, const domain::Case& support_case);

}  // namespace orderhub::servicing
