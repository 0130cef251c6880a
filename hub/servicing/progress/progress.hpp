// Internal to servicing: what an outside system answered, moved into the order.
#pragma once

#include <boost/json.hpp>

#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

/// Each moves its own part of the order, if the delivery is about one. Twice changes nothing more.
/// Errors: Invalid for a result that cannot be read.
Result<void> progress_refund(const Work& work, domain::Order& order,
                             const DeliveryProgress& progress);
Result<void> progress_operation(const Work& work, domain::Order& order,
                                const DeliveryProgress& progress);
Result<void> progress_document(const Work& work, domain::Order& order,
                               const DeliveryProgress& progress);
/// What the books took, against ours: posted, or differs with an exception for a person.
void settle_document(const Work& work, domain::Order& order, domain::Document& document,
                     const domain::Amount& posted, bool memo);
Result<void> progress_fulfilment(const Work& work, domain::Order& order,
                                 const DeliveryProgress& progress);
Result<void> progress_cancel(const Work& work, domain::Order& order,
                             const DeliveryProgress& progress);
Result<void> progress_notice(const Work& work, domain::Order& order,
                             const DeliveryProgress& progress);

/// A parked step shows on the order until it is done or dropped.
void mark_parked(const Work& work, domain::Order& order, const DeliveryProgress& progress,
                 std::string category);

Result<boost::json::object> result_of(const DeliveryProgress& progress);

}  // namespace orderhub::servicing
