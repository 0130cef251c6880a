// A Vendure order as an order record. Pure: no I/O, no clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fields.hpp"

namespace orderhub::vendure {

/// Addresses for people; empty ones are left out of the record.
struct Links {
    std::string order_url;     ///< {id} and {code} are filled in
    std::string tracking_url;  ///< {tracking} is filled in
};

/// False for carts and drafts: they are no orders yet.
bool is_placed(const json::object& order);

/// The order (member `order` of the answer to the full query) as
/// sdk/schemas/records/order.schema.json. `observed_at_ms`: taken before the order was asked for.
/// Throws MappingError; the order must be placed.
json::object to_record(const json::object& order, const Links& links, std::int64_t observed_at_ms);

/// pending, succeeded or failed. A state that a shop added to the process counts as pending.
std::string_view refund_state(std::string_view vendure_state);

/// The refund row of any payment whose reason carries `key`; null if none does. Borrowed from
/// `order`.
const json::object* find_refund(const json::object& order, std::string_view key);

/// The history entry of the cancellation whose reason carries `key`; null if none does. Borrowed
/// from `order`.
const json::object* find_cancellation(const json::object& order, std::string_view key);

}  // namespace orderhub::vendure
