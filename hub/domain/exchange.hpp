// Giving other goods for units of an order.
#pragma once

#include "hub/domain/removal.hpp"

namespace orderhub::domain {

struct ExchangeItem {
    std::string sku;
    std::string name;
    std::int64_t quantity = 1;
    /// Of one unit. Without one the exchange is even: all items together cost what the units that
    /// are given back are worth, spread evenly over the items' units.
    std::optional<Amount> unit_price;
};

struct ExchangeInput {
    std::vector<UnitsOfLine> lines;  ///< given back: units not yet allocated are cancelled,
                                     ///< fulfilled ones returned
    std::vector<ExchangeItem> items;
    bool inspect = false;  ///< true: fulfilled units come back by a return order first
    std::string reason;
    DeliveryRule delivery = DeliveryRule::keep;
    std::vector<Fee> fees;
    TenderWish tenders;
};

/// A new order summary for the items, linked both ways. What is owed for the units given back goes
/// to it first (Refund of kind transfer, plan.transfers); what is left over is refunded; what lacks
/// is the new order's balance (balance_due). With `inspect` the value is reserved until the return
/// order closes. Errors: Invalid.
Result<Plan> plan_exchange(Order order, const ExchangeInput& input, const Context& context);

/// What an order still lacks: its total less captured money, not below 0.
Minor balance_due(const Order& order);

/// Books money that came from another order.
void add_transfer(Order& exchange, const Transfer& transfer, const std::string& from_order,
                  std::int64_t now);

}  // namespace orderhub::domain
