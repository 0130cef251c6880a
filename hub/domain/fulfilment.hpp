// Fulfilment orders: units that leave, and leave again.
#pragma once

#include "hub/domain/plan.hpp"

namespace orderhub::domain {

struct FulfilInput {
    std::vector<UnitsOfLine> lines;
    std::string reason;
    bool draft = false;  ///< created only; nothing is allocated yet
    std::string carrier, tracking_number;
};

/// Allocates units that are neither allocated nor cancelled.
Result<Plan> plan_fulfil(Order order, const FulfilInput& input, const Context& context);

/// Sends fulfilled units again at no charge: a fulfilment order of kind reship, never more than was
/// fulfilled and is neither reshipped nor on its way back. Needs a reason.
Result<Plan> plan_reship(Order order, const FulfilInput& input, const Context& context);

struct UpdateFulfilmentInput {
    std::string fulfilment;  ///< our id
    FulfilmentState state = FulfilmentState::shipped;
    std::string carrier, tracking_number, tracking_url;
    std::string reason;
};

/// Moves it on: draft, pending, shipped, delivered, in this order and without going back; cancelled
/// from draft and pending. Cancelling frees its units; it does not cancel the order's lines.
Result<Plan> plan_update_fulfilment(Order order, const UpdateFulfilmentInput& input,
                                    const Context& context);

/// Sets the lines' allocated, fulfilled and reshipped from the fulfilment orders, and a bundle's
/// counters from its parts'.
void count_units(Order& order);

}  // namespace orderhub::domain
