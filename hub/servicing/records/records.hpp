// Canonical records (sdk/schemas/records) as values of the domain.
#pragma once

#include <string_view>

#include "hub/domain/case.hpp"
#include "hub/domain/snapshot.hpp"

namespace orderhub::servicing {

/// Errors: Invalid with the JSON Pointer of the first field that is wrong.
Result<domain::Snapshot> read_order_record(std::string_view json);
/// Only what the desk says; the link is left empty.
Result<domain::Case> read_case_record(std::string_view json);

struct Work;
/// Apply a record; see Service::apply_record.
Result<void> apply_order_record(const Work& work, std::string_view connector,
                                std::string_view json);
/// Sends an order that has just come in and was saved to the connector that order.forward is routed
/// to, if there is one.
void forward(const Work& work, const domain::Order& order);
/// Moves the refund with that key as its provider says. One that the hub did not ask this connector
/// for changes nothing.
Result<void> apply_refund_record(const Work& work, std::string_view connector,
                                 std::string_view json);
Result<void> apply_case_record(const Work& work, std::string_view connector, std::string_view json);

}  // namespace orderhub::servicing
