// Lowering the price of units that stay.
#pragma once

#include "hub/domain/plan.hpp"
#include "hub/domain/tenders.hpp"

namespace orderhub::domain {

enum class DiscountBasis { amount_with_tax, amount_without_tax, percentage };
/// What happens to units that are allocated but not fulfilled: left out, discounted with those
/// before fulfilment, or in a change order of their own.
enum class InFulfilment { disallowed, pre_fulfilment, in_fulfilment };

struct DiscountInput {
    std::vector<std::string> line_ids;  ///< empty: the whole order, delivery charges left out
    DiscountBasis basis = DiscountBasis::percentage;
    std::int64_t value = 0;  ///< positive: minor units, or hundredths of a percent
    InFulfilment in_fulfilment = InFulfilment::disallowed;
    std::string reason;
    TenderWish tenders;
};

/// Spreads a discount over units that are not cancelled, returned or on their way back: an amount
/// over lines in proportion to what their eligible units cost, within a line evenly over units. Up
/// to three change orders, one for each stage. A discount only ever lowers the price. Errors:
/// Invalid with the input's field.
Result<Plan> plan_discount(Order order, const DiscountInput& input, const Context& context);

/// A discount of fulfilled units only, to make good for something. Its reason is one of the
/// policy's codes, and all appeasements of an order together stay within the policy's limit. Error:
/// Denied "over_limit".
Result<Plan> plan_appeasement(Order order, const DiscountInput& input, const Context& context);

}  // namespace orderhub::domain
