// Money without a change of the order's lines.
#pragma once

#include "hub/domain/plan.hpp"
#include "hub/domain/tenders.hpp"

namespace orderhub::domain {

/// Captured money that no line answers for: paid twice, or left over.
Minor excess_funds(const Order& order);

struct RefundInput {
    RefundKind kind = RefundKind::excess;  ///< excess or goodwill
    std::optional<Minor> amount;           ///< excess: default all of it; goodwill: required
    std::string reason;
    TenderWish tenders;
};
/// Errors: Invalid "too_much"; Denied "over_limit" (goodwill).
Result<Plan> plan_refund(Order order, const RefundInput& input, const Context& context);

/// In the place of a failed refund: another one with a key of its own, to the same payment or to
/// those of `wish`.
Result<Plan> plan_retry_refund(Order order, std::string_view refund, const TenderWish& wish,
                               const Context& context);

struct CaptureInput {
    std::string payment;          ///< external id; empty: the oldest authorized ones
    std::optional<Minor> amount;  ///< default: what is shipped and not yet captured
    std::string reason;
};
/// Takes authorized money (pay as shipped). Errors: Invalid "too_much", "nothing_due".
Result<Plan> plan_capture(Order order, const CaptureInput& input, const Context& context);
/// What the units that were shipped cost, with the delivery charges of their groups and all fees,
/// less what is captured.
Minor capture_due(const Order& order);

/// Gives up authorizations beyond what the order still needs. Errors: Invalid "nothing_to_reverse".
Result<Plan> plan_reverse_authorization(Order order, std::string_view payment,
                                        const std::string& reason, const Context& context);

struct RecordPaymentInput {
    std::string method;
    std::string reference;  ///< the provider's or the terminal's
    Minor amount;
    std::string reason;
};
/// Money that was taken by other means for a balance that is due.
Result<Plan> plan_record_payment(Order order, const RecordPaymentInput& input,
                                 const Context& context);

/// Stops everything else for this order until the exception is resolved.
Result<Plan> plan_suspend(Order order, const std::string& reason, const Context& context);
/// `ignore`: it no longer counts but is not mended.
Result<Plan> plan_resolve_exception(Order order, std::string_view exception, bool ignore,
                                    const std::string& reason, const Context& context);

}  // namespace orderhub::domain
