// Returns that are checked before money moves (RMA).
//
// Units of one order line that come back together are worth their average: which of them was
// cheaper cannot be told when they lie on the table.
#pragma once

#include "hub/domain/removal.hpp"

namespace orderhub::domain {

/// The one table of moves; checked at compile time.
bool may_become(ReturnState from, ReturnState to);

/// Something can arrive: approved, partly received, or received (more units than expected).
bool may_receive(ReturnState state);

/// Units of a line were booked; it does not change any more.
bool is_frozen(const ReturnLine& line);

std::int64_t accepted_units(const ReturnOrder& return_order);

struct OpenReturnInput {
    std::vector<UnitsOfLine> lines = {};
    std::vector<std::string> reasons = {};  ///< one for each line; empty: `reason`
    std::string reason = {};
    ReturnState state = ReturnState::approved;  ///< draft, submitted or approved
    DeliveryRule delivery = DeliveryRule::keep;
    std::vector<Fee> fees = {};
};

/// Expects fulfilled units back: return_initiated rises, their price is held. No money moves.
/// Errors: Invalid with the pointer of the input's field (fees: more than all units are worth); see
/// check_open().
Result<Plan> plan_open_return(Order order, const OpenReturnInput& input, const Context& context);

/// submit_return, approve_return: the return order's next state. Errors: NotFound; Conflict
/// "bad_state".
Result<Plan> plan_move_return(Order order, std::string_view return_order, ReturnState to,
                              const Context& context);

struct Receipt {
    /// Id of a return line that is not frozen. If nothing is expected any more for its order line,
    /// a frozen one stands for more units of the same. Given again in the same input, it stands for
    /// the units that its first receipt left: so units of one line can differ in condition.
    std::string return_line = {};
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::string condition = {};         ///< of the accepted units, a word of the policy
    std::string rejection_reason = {};  ///< required if something is rejected
};
struct ReceiveInput {
    std::string return_order = {};
    std::vector<Receipt> receipts = {};
    std::string reason = {};
};

/// Books what arrived and was inspected. The line is frozen with it; units that are still missing
/// go on as a new line. More units than expected are taken into the same return order as far as the
/// order's line has fulfilled units that are not on their way back; others are an error. No money
/// moves. Errors: NotFound; Conflict "bad_state"; Invalid "unknown_return_line", "frozen_line",
/// "bad_quantity", "too_many_units", "unknown_condition", "no_rejection_reason".
Result<Plan> plan_receive_return(Order order, const ReceiveInput& input, const Context& context);

struct CloseReturnInput {
    std::string return_order = {};
    std::string reason = {};
    std::optional<std::vector<Fee>> fees = {};  ///< instead of the return order's
    TenderWish tenders = {};
};

/// Ends it: a change order and a credit memo for what was accepted, each line at the policy's part
/// for its condition (the rest of its value stays on the order), refund, fees. Rejected and missing
/// units are the customer's again. `exchange_due`: what the return order's exchange order still
/// lacks; that much goes there. How many receipts it took does not change the figures. If nothing
/// was accepted no money moves and nothing is charged. Errors: NotFound; Conflict "bad_state" (also
/// if nothing arrived: that is to be cancelled), "unknown_condition"; Invalid under /fees,
/// /tenders.
Result<Plan> plan_close_return(Order order, const CloseReturnInput& input, const Context& context,
                               Minor exchange_due = {});

/// Gives it up: all its units are the customer's again, at the price that they had. Conflict
/// "units_accepted", "bad_state".
Result<Plan> plan_cancel_return(Order order, std::string_view return_order,
                                const std::string& reason, const Context& context);

/// For the actions on a return order. Error: NotFound.
Result<ReturnOrder*> known_return_order(Order& order, std::string_view id);

}  // namespace orderhub::domain
