// Fulfilment orders: units that leave, and leave again.
#pragma once

#include "hub/domain/plan.hpp"

namespace orderhub::domain {

/// The one table of moves; checked at compile time.
bool may_become(FulfilmentState from, FulfilmentState to);

struct FulfilInput {
    std::vector<UnitsOfLine> lines = {};
    std::string reason = {};
    bool draft = false;  ///< created only; nothing is allocated yet
    std::string carrier = {}, tracking_number = {};
};

/// Allocates units that are neither allocated nor cancelled. Errors: Invalid with the pointer of
/// the input's field; see check_open().
Result<Plan> plan_fulfil(Order order, const FulfilInput& input, const Context& context);

/// Sends fulfilled units again at no charge: a fulfilment order of kind reship, never more than was
/// fulfilled and is neither reshipped nor on its way back. Needs a reason.
Result<Plan> plan_reship(Order order, const FulfilInput& input, const Context& context);

struct UpdateFulfilmentInput {
    std::string fulfilment = {};  ///< our id
    FulfilmentState state = FulfilmentState::shipped;
    std::string carrier = {}, tracking_number = {}, tracking_url = {};  ///< empty: as it was
    std::string reason = {};
};

/// Moves it on: draft, pending, shipped, delivered, in this order and without going back (what is
/// handed over may skip shipped); cancelled from draft and pending. The state that a pending or
/// shipped one has already stands for a correction of its tracking. Cancelling frees its units; it
/// does not cancel the order's lines. Errors: NotFound; Conflict "bad_state"; Invalid
/// "too_many_units" (a draft's units went elsewhere meanwhile).
Result<Plan> plan_update_fulfilment(Order order, const UpdateFulfilmentInput& input,
                                    const Context& context);

/// Sets the lines' allocated, fulfilled and reshipped from the fulfilment orders, and a bundle's
/// counters from its parts'. A fulfilment order that names a bundle's line stands for its parts.
void count_units(Order& order);

/// Sets a bundle's counters from its parts': as many whole bundles as all parts allow.
void count_bundles(Order& order);

}  // namespace orderhub::domain
