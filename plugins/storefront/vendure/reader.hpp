// Reads an order and hands its record over; remembers what was handed over.
#pragma once

#include <optional>
#include <string_view>

#include "client.hpp"
#include "known_orders.hpp"

namespace orderhub::vendure {

/// Emits the order as read, and notes its digest in `known` (the caller saves) as seen by sweep
/// number `sweep`, or by the sweep that saw it before. Orders that are not placed yet are passed
/// over. Throws sdk::Stop rejected "unmappable_order" for a document that makes no record.
void emit_order(sdk::Call& call, const Config& config, KnownOrders& known, const ReadOrder& read,
                std::optional<std::int64_t> sweep = std::nullopt);

/// Notes the order, or row of the order list, as emitted. Throws MappingError.
void note(const Config& config, KnownOrders& known, const json::object& order, std::int64_t sweep);

}  // namespace orderhub::vendure
