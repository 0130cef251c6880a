// Giving other goods for units of an order.
#pragma once

#include "hub/domain/removal.hpp"

namespace orderhub::domain {

struct ExchangeItem {
    std::string sku;
    std::string name;
    std::int64_t quantity = 1;
    /// Of one unit; for all items or for none. Without one the exchange is even: all items together
    /// cost exactly what the units that are given back are worth, spread evenly over the items'
    /// units; delivery charges and fees play no part in it.
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

/// A new order summary for the items, linked both ways. Units that are not yet allocated are
/// cancelled first, then fulfilled ones returned, by one change order each. What is owed for them
/// goes to the new order first (Refund of kind transfer, plan.transfers); what is left over is
/// refunded; what lacks is the new order's balance (balance_due). If nothing is left over, the
/// wish for tenders says whose money goes to the new order first.
///
/// With `inspect` fulfilled units come back by an approved return order, which takes the delivery
/// rule and the fees with it; their value is reserved until it closes, then it pays for the new
/// order (see plan_close_return).
///
/// plan.exchange holds its transfers as payments already. Its lines are "l1", "l2", ...; their
/// taxes are those of the units given back, in the same proportion. The caller fills in the new
/// order's id, number and external_id, and with its id: the old order's last entry of `related`,
/// `order` of the refunds of kind transfer, `exchange_order` of a new return order. Errors:
/// Invalid.
Result<Plan> plan_exchange(Order order, const ExchangeInput& input, const Context& context);

/// What an order still lacks: its total less the money that is kept for it (money_kept), not below
/// 0. Authorized money still lacks.
Minor balance_due(const Order& order);

/// Books money that came from another order: a captured payment of the source's method, external id
/// "transfer:<source payment>", with "#2", "#3", ... if the order has one of that name.
void add_transfer(Order& exchange, const Transfer& transfer, const std::string& from_order,
                  std::int64_t now);

}  // namespace orderhub::domain
