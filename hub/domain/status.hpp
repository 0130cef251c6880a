// Statuses and totals: derived in one place from counters and amounts, never set by hand.
#pragma once

#include <string_view>

#include "hub/domain/order.hpp"

namespace orderhub::domain {

enum class LineStatus {
    ordered,
    partially_allocated,
    allocated,
    partially_fulfilled,
    fulfilled,
    return_initiated,
    reshipped,
    returned,
    cancelled
};

enum class OrderStatus {
    ordered,
    allocated,
    partially_fulfilled,
    fulfilled,
    partially_returned,
    returned,
    cancelled
};

enum class PaymentStatus { none, authorized, partly_captured, captured, partly_refunded, refunded };

LineStatus status(const Line& line);
OrderStatus status(const Order& order);
PaymentStatus payment_status(const Order& order);

/// The order's total now: original + change orders.
Amount total(const Order& order);
Amount original_total(const Order& order);

Minor captured(const Order& order);
Minor authorized(const Order& order);
/// Refunds that happened or may still happen: all but failed ones.
Minor refunded(const Order& order);
/// What may still be given back on a payment: captured less refunds, pending ones counted.
Minor available_to_refund(const Order& order, const Payment& payment);

std::string_view to_text(LineStatus status);
std::string_view to_text(OrderStatus status);
std::string_view to_text(PaymentStatus status);

}  // namespace orderhub::domain
