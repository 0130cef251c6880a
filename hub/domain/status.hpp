// Statuses and totals: derived in one place from counters and amounts, never set by hand.
#pragma once

#include <string_view>
#include <vector>

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
enum class FulfilmentStatus { none, allocated, partly_fulfilled, fulfilled, delivered };
enum class ReturnStatus { none, initiated, partly_returned, returned };

LineStatus status(const Line& line);
OrderStatus status(const Order& order);
PaymentStatus payment_status(const Order& order);
FulfilmentStatus fulfilment_status(const Order& order);
ReturnStatus return_status(const Order& order);

/// One row of a status table: the first whose condition holds gives the status.
struct StatusRule {
    std::string_view status;
    std::string_view condition;  ///< in words, as the documentation shows it
};
/// The tables that the functions above go by, in their order, by the name of what they are of:
/// "line", "order", "payment", "fulfilment", "return".
std::vector<StatusRule> status_table(std::string_view of);

/// The order's total now: original + change orders.
Amount total(const Order& order);
Amount original_total(const Order& order);

/// Taken or being taken (pending captures count).
Minor captured(const Payment& payment);
Minor captured(const Order& order);
/// Authorized, not captured and not given up.
Minor available_to_capture(const Payment& payment);
Minor authorized(const Order& order);
/// Refunds that happened or may still happen, and what went to exchange orders: all but failed
/// ones.
Minor refunded(const Order& order);
/// What may still be given back on a payment: captured less refunds, pending ones counted.
Minor available_to_refund(const Order& order, const Payment& payment);

std::string_view to_text(LineStatus status);
std::string_view to_text(OrderStatus status);
std::string_view to_text(PaymentStatus status);
std::string_view to_text(FulfilmentStatus status);
std::string_view to_text(ReturnStatus status);

}  // namespace orderhub::domain
