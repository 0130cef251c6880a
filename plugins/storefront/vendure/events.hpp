// What happened to a Vendure order: payments, refunds, cancellations, fulfilments. Pure; all throw
// MappingError.
#pragma once

#include "fields.hpp"

namespace orderhub::vendure {

/// The entries of the order's history, oldest first. Borrowed from `order`.
const json::array& history_of(const json::object& order);

/// Every attempt is a row, declined ones too.
json::array map_payments(const json::object& order);

/// The refunds of all payments, with the command key that their reason carries.
json::array map_refunds(const json::object& order);

/// Cancellations as the history tells them; the external id is the history entry's.
json::array map_cancellations(const json::object& order);

/// With the command key that a note before them announced (see notes.hpp).
json::array map_fulfilments(const json::object& order, std::string_view tracking_url);

/// pending, shipped, delivered or cancelled. A state that a shop added counts as pending.
std::string_view fulfilment_state(std::string_view vendure_state);

}  // namespace orderhub::vendure
