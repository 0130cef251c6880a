// A short fingerprint of what can change on an order. Vendure does not move `updatedAt` for
// payments, fulfilments, refunds and state changes, so the fingerprint is the only cheap way to see
// them. Pure.
#pragma once

#include <string>

#include "fields.hpp"

namespace orderhub::vendure {

/// 16 hex digits over state, updatedAt, total, payments, refunds, fulfilments and the number of
/// history entries. The same for a row of the order list and for the full order. Throws
/// MappingError.
std::string digest_of(const json::object& order);

}  // namespace orderhub::vendure
