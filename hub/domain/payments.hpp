// Money without a change of the order's lines.
#pragma once

#include "hub/domain/plan.hpp"
#include "hub/domain/tenders.hpp"

namespace orderhub::domain {

/// Captured money that no line answers for: paid twice, or left over. Never below 0:
///
///   min(captured - given back - total.inc, held)
///
/// - given back: all refunds that happened or may still happen, but gifts (goodwill). A gift is on
///   top: it does not lower what the customer is owed for units that come back later.
/// - What somebody else refunded counts, also without a reason: it may be for the very money that
///   is left over, and what is paid twice does not come back. So does what went to other orders.
/// - held: captured less all refunds, gifts too. Where a gift has taken what the payments had,
///   nothing is left to be owed, so a gift is never given back a second time.
Minor excess_funds(const Order& order);

/// What of the customer's money stands for the order's lines: captured, less what was given back,
/// taken back by a bank, or went to another order. Gifts stay kept: nobody is asked to pay a gift
/// back. So does what somebody else refunded beyond what they took off the lines: other than
/// excess_funds(), which must not pay twice, this must not ask for money twice.
Minor money_kept(const Order& order);

struct RefundInput {
    RefundKind kind = RefundKind::excess;  ///< excess or goodwill
    std::optional<Minor> amount;           ///< excess: default all of it; goodwill: required
    std::string reason;
    TenderWish tenders;
};
/// No change order and no credit memo: the lines stay as they are. All gifts of an order together
/// stay within the policy's part of its original total. Errors: Invalid "too_much" (more than is
/// left over, or than the payments hold), "nothing_due"; Denied "over_limit" (goodwill).
Result<Plan> plan_refund(Order order, const RefundInput& input, const Context& context);

/// In the place of a failed refund: another one with a key of its own, to the same payment or to
/// those of `wish`. The failed one's exception is resolved. plan.subject is the failed one's id.
/// Errors: Invalid "unknown_refund"; Conflict "bad_state" (not failed, or not the hub's),
/// "already_replaced"; Invalid "too_much": so much is no longer owed, or no longer held.
Result<Plan> plan_retry_refund(Order order, std::string_view refund, const TenderWish& wish,
                               const Context& context);

struct CaptureInput {
    std::string payment;          ///< external id; empty: the oldest authorized ones
    std::optional<Minor> amount;  ///< default: what is shipped and not yet captured, as far as it
                                  ///< is authorized
    std::string reason;
};
/// Takes authorized money (pay as shipped): an operation for each payment that it comes from.
/// Errors: Invalid "unknown_payment"; "too_much": more than is authorized, or than the order still
/// lacks; "nothing_due".
Result<Plan> plan_capture(Order order, const CaptureInput& input, const Context& context);
/// What the units that were shipped and are not back cost, with the delivery charges of their
/// groups and all fees, less the money kept for the order. Not below 0. A line's units are counted
/// by cumulative shares, so that captures one by one sum up to the line.
Minor capture_due(const Order& order);

/// Gives up authorizations beyond what the order still needs (balance_due): whole payments that are
/// not needed first, the youngest first, then part of the youngest that is left; of `payment` alone
/// if it is given. Errors: Invalid "unknown_payment", "nothing_to_reverse".
Result<Plan> plan_reverse_authorization(Order order, std::string_view payment,
                                        const std::string& reason, const Context& context);

struct RecordPaymentInput {
    std::string method;
    std::string reference;  ///< the provider's or the terminal's
    Minor amount;
    std::string reason;
};
/// Money that was taken by other means for a balance that is due: a captured payment with the
/// external id "recorded:1", "recorded:2", ... of the order. Errors: Invalid "no_method",
/// "bad_amount", "too_much".
Result<Plan> plan_record_payment(Order order, const RecordPaymentInput& input,
                                 const Context& context);

/// Stops everything else for this order until the exception is resolved. Errors: Invalid
/// "no_reason"; Conflict "suspended".
Result<Plan> plan_suspend(Order order, const std::string& reason, const Context& context);
/// `ignore`: it no longer counts but is not mended; the hub does not raise it again. Errors:
/// Invalid "no_reason", "unknown_exception"; Conflict "bad_state".
Result<Plan> plan_resolve_exception(Order order, std::string_view exception, bool ignore,
                                    const std::string& reason, const Context& context);

}  // namespace orderhub::domain
