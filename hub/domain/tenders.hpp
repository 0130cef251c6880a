// Which payments a refund goes to.
#pragma once

#include <string>
#include <vector>

#include "hub/domain/order.hpp"
#include "hub/domain/policy.hpp"

namespace orderhub::domain {

struct Tender {
    std::string payment;    ///< external id
    std::string operation;  ///< id of the capture, if the payment has several
    Minor amount;
};

/// What a person has said about where the money goes: these first, in this order, each at most its
/// amount. Unless `partial`, what is then still due follows the policy.
struct TenderWish {
    std::vector<Tender> sequence;
    bool partial = false;
};

/// Splits what is to be given back. Methods that the policy puts first, then others, then its last
/// ones; among methods one that matches exactly, else the smallest that covers the rest alone, else
/// the largest first; inside a method its payments and captures by the same rule. Ties go to the
/// older one, then to the smaller id. The parts add up to the smaller of `amount` and what all
/// payments hold. Error: Invalid (pointer under /tenders) for a wish that cannot be met.
Result<std::vector<Tender>> plan_tenders(const Order& order, Minor amount, const Policy& policy,
                                         const TenderWish& wish = {});

/// Adds the refunds to the order, state intent, without id and key.
void add_refunds(Order& order, const std::vector<Tender>& tenders, RefundKind kind,
                 std::string reason, std::int64_t now);

}  // namespace orderhub::domain
