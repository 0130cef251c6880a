// Returns that are checked before money moves (RMA).
#pragma once

#include "hub/domain/removal.hpp"

namespace orderhub::domain {

/// The one table of moves; checked at compile time.
bool may_become(ReturnState from, ReturnState to);

struct OpenReturnInput {
    std::vector<UnitsOfLine> lines;
    std::vector<std::string> reasons;  ///< one for each line; empty: `reason`
    std::string reason;
    ReturnState state = ReturnState::approved;  ///< draft, submitted or approved
    DeliveryRule delivery = DeliveryRule::keep;
    std::vector<Fee> fees;
};

/// Expects fulfilled units back: return_initiated rises, their price is held. No money moves.
Result<Plan> plan_open_return(Order order, const OpenReturnInput& input, const Context& context);

/// submit_return, approve_return: the return order's next state. Errors: NotFound; Conflict
/// "bad_state".
Result<Plan> plan_move_return(Order order, std::string_view return_order, ReturnState to,
                              const Context& context);

struct Receipt {
    std::string return_line;  ///< id of an open (not frozen) return line
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::string condition;         ///< of the accepted units, a word of the policy
    std::string rejection_reason;  ///< required if something is rejected
};
struct ReceiveInput {
    std::string return_order;
    std::vector<Receipt> receipts;
    std::string reason;
};

/// Books what arrived and was inspected. The line is frozen with it; units that are still missing
/// go on as a new line. More units than expected are taken into the same return order as far as the
/// order's line has fulfilled units that are not on their way back; others are an error. No money
/// moves.
Result<Plan> plan_receive_return(Order order, const ReceiveInput& input, const Context& context);

struct CloseReturnInput {
    std::string return_order;
    std::string reason;
    std::optional<std::vector<Fee>> fees;  ///< instead of the return order's
    TenderWish tenders;
};

/// Ends it: a change order and a credit memo for what was accepted, each line at the policy's part
/// for its condition (the rest of its value stays on the order), refund, fees. Rejected and missing
/// units are the customer's again. `exchange_due`: what the return order's exchange order still
/// lacks; that much goes there.
Result<Plan> plan_close_return(Order order, const CloseReturnInput& input, const Context& context,
                               Minor exchange_due = {});

/// Gives it up: all units that were not accepted are the customer's again. Conflict if some were
/// accepted.
Result<Plan> plan_cancel_return(Order order, std::string_view return_order,
                                const std::string& reason, const Context& context);

}  // namespace orderhub::domain
