// What an agent can do to an order: planned as pure values first, so that preview is a plan and
// submit a plan applied.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hub/domain/order.hpp"

namespace orderhub::domain {

struct UnitsOfLine {
    std::string line_id;
    std::int64_t quantity = 0;
};

struct PlannedRefund {
    std::string payment;  ///< external id
    Minor amount;
};

/// One action, worked out against one version of an order. Ids and times are still missing.
struct Plan {
    ChangeOrder change;
    std::vector<PlannedRefund> refunds;
    bool credit_memo = false;
};

/// Cancels units that are neither allocated nor fulfilled. Captured money that is then owed back is
/// refunded; no credit memo, because nothing was invoiced for them. Errors: Invalid with the
/// pointer of the input's line.
Result<Plan> plan_cancel(const Order& order, const std::vector<UnitsOfLine>& units,
                         std::string reason);

/// Takes fulfilled units back and refunds at once; a credit memo goes to the financial system.
Result<Plan> plan_return(const Order& order, const std::vector<UnitsOfLine>& units,
                         std::string reason);

/// Splits what is to be given back over the order's payments: one that matches exactly, else the
/// smallest that covers it alone, else the largest first. Ties go to the older payment, then to the
/// smaller id. Parts add up to the smaller of `amount` and what all payments still hold.
std::vector<PlannedRefund> plan_tenders(const Order& order, Minor amount);

/// Carries out the order's side of a plan: counters, pools, change order. The caller has set id,
/// key and times in it.
void apply_change(Order& order, const ChangeOrder& change);

}  // namespace orderhub::domain
